"""Play the story: every act by the user whose act it is, through public methods.

An act that an earlier run did is found and left alone.  What somebody changed by
hand since then is told, and no failure.
"""

import base64
from dataclasses import dataclass
from pathlib import Path

from troc_demo import data, deals, tables
from troc_demo.invoices import Invoices
from troc_demo.progress import Phase
from troc_demo.rpc import Refused

FIXTURES = Path(__file__).parent / "fixtures"
FIELDS = (
    "name",
    "state",
    "document_number",
    "move_id",
    "total_amount",
    "actif_share",
    "actif_amount",
    "cash_amount",
    "blocked_reason",
    "decision_reason",
    "entry_date",
    "reversal_date",
    "validated_by_id",
    "reversed_by_id",
)
# What people may have done by hand since, in a demonstration they play with.
LATER = {
    deals.DRAFT: {"submitted", "validated", "refused", "reversed"},
    deals.SUBMITTED: {"validated", "refused", "reversed"},
    deals.BLOCKED: {"submitted", "validated", "refused", "reversed"},
    deals.VALIDATED: {"reversed"},
    deals.REVERSED: set(),
    deals.REFUSED: set(),
}


@dataclass
class Outcome:
    """A deal, its compensation as it stands, and what went wrong, if anything."""

    deal: deals.Deal
    compensation: dict
    problem: str = ""
    changed: bool = False  # by hand, since the story was told


class Story:
    """The deals of the demonstration, on a loaded network."""

    def __init__(self, network):
        self.network = network
        self.server = network.server
        self.manager = self.server.connect(data.MANAGER_LOGIN)
        self.invoices = Invoices(network)

    def play(self):
        """Do what is not done yet; return the outcome of every deal."""
        self._set_limits()
        known = self._compensations()
        with Phase("Histoire", len(deals.DEALS)) as phase:
            return [
                self._play_one(phase, deal, known.get(deal.key)) for deal in deals.DEALS
            ]

    def _set_limits(self):
        members = self.manager["troc.member"]
        with Phase("Découverts accordés", len(deals.LIMITS)) as phase:
            for change in deals.LIMITS:
                member_id = self.network.members[change.member]
                found = members.read([member_id], ["credit_limit"])[0]
                if found["credit_limit"] >= change.credit:
                    phase.skip()
                    continue
                name = data.MEMBERS[change.member].name
                with phase.step(f"{name} : {tables.money(change.credit)}"):
                    members.action_set_limits(
                        [member_id], change.credit, change.balance, change.reason
                    )

    # -- what is there ------------------------------------------------------------

    def _compensations(self, *domain):
        """Return {deal key: latest compensation}, as the manager sees them."""
        domain = [("network_id", "=", self.network.network_id), *domain]
        rows = self.manager["troc.compensation"].search_read(domain, FIELDS, order="id")
        return {self.invoices.key_of(row): row for row in rows}

    def _compensation(self, deal):
        """Return the latest compensation of a deal, empty when there is none."""
        seller = ("seller_id", "=", self.network.members[deal.seller])
        return self._compensations(seller).get(deal.key, {})

    # -- one deal -----------------------------------------------------------------

    def _play_one(self, phase, deal, known):
        if known and self._is_over(deal, known):
            phase.skip()
            return Outcome(deal, known, changed=not _as_told(deal, known))
        seller, buyer = data.MEMBERS[deal.seller], data.MEMBERS[deal.buyer]
        with phase.step(f"{seller.name} → {buyer.name}"):
            try:
                self._act(deal, known)
            except Refused as error:
                return Outcome(deal, self._compensation(deal), str(error))
        found = self._compensation(deal)
        told = found and _as_told(deal, found)
        return Outcome(deal, found, "" if told else "Son état est autre.")

    def _is_over(self, deal, known):
        if known["state"] in LATER[deal.fate]:
            return True
        waits = self.invoices.bill_waits(deal, known["document_number"])
        return _as_told(deal, known) and not waits

    def _act(self, deal, known):
        if not known:
            self._submit(deal)
        found = self._compensation(deal)
        self._decide(deal, found)
        if deal.bill:
            self.invoices.post_bill(deal, found["document_number"])

    def _submit(self, deal):
        if deal.file:
            self._send_file(deal)
        else:
            self.invoices.submit(deal)

    def _send_file(self, deal):
        """The portal member sends the Factur-X file of his own software."""
        content = (FIXTURES / deal.file).read_bytes()
        contact = self.server.connect(data.MEMBERS[deal.seller].login)
        contact["troc.compensation"].submit_document(
            deal.file, base64.b64encode(content).decode()
        )

    def _decide(self, deal, found):
        """An animator of one of the two territories decides."""
        if not deal.by:
            return
        compensations = self.server.connect(deal.by)["troc.compensation"]
        ids = [found["id"]]
        if found["state"] == "submitted":
            if deal.fate == deals.REFUSED:
                compensations.action_refuse(ids, deal.reason)
            else:
                compensations.action_validate(ids)
        if deal.fate == deals.REVERSED:
            compensations.action_reverse(ids, deal.reason)


def _as_told(deal, compensation):
    """Tell whether a compensation is in the state that its deal ends in."""
    if deal.fate == deals.BLOCKED:
        blocked = bool(compensation["blocked_reason"])
        return compensation["state"] == "submitted" and blocked
    return compensation["state"] == deal.fate
