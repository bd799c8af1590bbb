"""Play the story: every act by the user whose act it is, through public methods.

An act that an earlier run did is found and left alone.  What somebody changed by
hand since then is told, and no failure.
"""

import base64
import datetime
from dataclasses import dataclass
from pathlib import Path

from troc_demo import data, deals, tables
from troc_demo.progress import Phase
from troc_demo.rpc import Refused

FIXTURES = Path(__file__).parent / "fixtures"
FIELDS = (
    "name",
    "state",
    "document_number",
    "seller_id",
    "move_id",
    "bill_id",
    "source",
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
    "invoked_by_id",
)
# What people may have done by hand since, in a demonstration they play with.
LATER = {
    deals.DRAFT: {"submitted", "validated", "refused", "reversed"},
    deals.SUBMITTED: {"validated", "refused", "reversed"},
    deals.BLOCKED: {"validated", "refused", "reversed"},
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
        self.server.connect_all(company.login for company in data.BOOKS)
        self.manager = self.server.connect(data.MANAGER_LOGIN)

    def play(self):
        """Do what is not done yet; return the outcome of every deal."""
        self._set_limits()
        self._invoices = self._known_invoices()
        self._bills = self._known_bills()
        known = self._compensations()
        outcomes = []
        with Phase("Histoire", len(deals.DEALS)) as phase:
            for deal in deals.DEALS:
                outcomes.append(self._play_one(phase, deal, known.get(deal.key)))
        return outcomes

    # -- limits -------------------------------------------------------------------

    def _set_limits(self):
        members = self.manager["troc.member"]
        with Phase(
            "Découverts accordés par la gestionnaire", len(deals.LIMITS)
        ) as phase:
            for change in deals.LIMITS:
                member_id = self.network.members[change.member]
                found = members.read([member_id], ["credit_limit"])[0]
                if found["credit_limit"] == change.credit:
                    phase.skip()
                    continue
                company = data.MEMBERS[change.member]
                credit = tables.money(change.credit)
                with phase.step(f"{company.name} : {credit}"):
                    members.action_set_limits(
                        [member_id], change.credit, change.balance, change.reason
                    )

    # -- what is there ------------------------------------------------------------

    def _known_invoices(self):
        """Return {deal key: posted or draft invoice} of the hosted sellers."""
        found = {}
        for company in data.HOSTED:
            rows = self._accountant(company.key)["account.move"].search_read(
                [("move_type", "=", "out_invoice"), ("invoice_origin", "!=", False)],
                ["invoice_origin", "state"],
            )
            found.update({row["invoice_origin"]: row for row in rows})
        return found

    def _known_bills(self):
        """Return {buyer key: {reference: bill}}."""
        return {company.key: self._bills_of(company.key) for company in data.HOSTED}

    def _bills_of(self, key):
        rows = self._accountant(key)["account.move"].search_read(
            [("move_type", "=", "in_invoice"), ("ref", "!=", False)], ["ref", "state"]
        )
        return {row["ref"]: row for row in rows}

    def _compensations(self, domain=()):
        """Return {deal key: compensation}, as the manager sees them."""
        rows = self.manager["troc.compensation"].search_read(
            [("network_id", "=", self.network.network_id), *domain],
            FIELDS,
            order="id",
        )
        keys = {invoice["id"]: key for key, invoice in self._invoices.items()}
        return {_key_of(row, keys): row for row in rows}

    def _compensation(self, deal):
        """Return the latest compensation of a deal, or nothing."""
        if deal.file:
            seller = self.network.members[deal.seller]
            domain = [("document_number", "=", deal.key), ("seller_id", "=", seller)]
        else:
            invoice = self._invoices.get(deal.key, {"id": 0})
            domain = [("move_id", "=", invoice["id"])]
        return self._compensations(domain).get(deal.key)

    def _accountant(self, key):
        return self.server.connect(data.MEMBERS[key].login)

    # -- one deal -----------------------------------------------------------------

    def _play_one(self, phase, deal, known):
        if self._is_over(deal, known):
            phase.skip()
            return Outcome(deal, known, changed=not _as_told(deal, known))
        seller, buyer = data.MEMBERS[deal.seller], data.MEMBERS[deal.buyer]
        with phase.step(f"{seller.name} → {buyer.name}"):
            try:
                if known is None or known["state"] == "draft" and not deal.file:
                    self._submit(deal)
                self._decide(deal)
                self._post_bill(deal)
            except Refused as error:
                return Outcome(deal, self._compensation(deal) or {}, str(error))
        return self._outcome(deal)

    def _is_over(self, deal, known):
        if known is None:
            return False
        if known["state"] in LATER[deal.fate]:
            return True
        return _as_told(deal, known) and not self._bill_waits(deal, known)

    def _outcome(self, deal):
        found = self._compensation(deal)
        if found and _as_told(deal, found):
            return Outcome(deal, found)
        return Outcome(deal, found or {}, "Ce n'est pas l'état attendu.")

    # -- submission ---------------------------------------------------------------

    def _submit(self, deal):
        if deal.file:
            self._send_file(deal)
        else:
            self._submit_invoice(deal)

    def _send_file(self, deal):
        """The portal member sends the Factur-X file of his own software."""
        content = (FIXTURES / deal.file).read_bytes()
        contact = self.server.connect(data.MEMBERS[deal.seller].login)
        contact["troc.compensation"].submit_document(
            deal.file, base64.b64encode(content).decode()
        )

    def _submit_invoice(self, deal):
        """The seller's accountant makes the invoice, posts and submits it."""
        moves = self._accountant(deal.seller)["account.move"]
        invoice = self._invoices.get(deal.key) or self._create_invoice(moves, deal)
        if invoice["state"] == "draft":
            moves.action_post([invoice["id"]])
        self._invoices[deal.key] = {**invoice, "state": "posted"}
        moves.action_troc_submit([invoice["id"]])

    def _create_invoice(self, moves, deal):
        made = moves.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.network.partners[deal.buyer],
                "invoice_date": _days_ago(deal.days),
                "invoice_origin": deal.key,
                "actif_share": deal.share,
                "invoice_line_ids": self._lines(deal, deal.seller, "sale"),
            }
        )
        return {"id": made, "state": "draft"}

    def _lines(self, deal, key, use):
        taxes = self._accountant(key)["account.tax"]
        ids = {
            name: taxes.search(
                [("name", "=", name), ("type_tax_use", "=", use)], limit=1
            )
            for name in {line.tax for line in deal.lines}
        }
        return [
            (
                0,
                0,
                {
                    "name": line.name,
                    "quantity": line.quantity,
                    "price_unit": line.price,
                    "tax_ids": [(6, 0, ids[line.tax])],
                },
            )
            for line in deal.lines
        ]

    # -- decision -----------------------------------------------------------------

    def _decide(self, deal):
        """An animator of one of the two territories decides."""
        if not deal.by:
            return
        found = self._compensation(deal)
        ids = [found["id"]]
        compensations = self.server.connect(deal.by)["troc.compensation"]
        if found["state"] == "submitted":
            if deal.fate == deals.REFUSED:
                compensations.action_refuse(ids, deal.reason)
            else:
                compensations.action_validate(ids)
        if deal.fate == deals.REVERSED:
            compensations.action_reverse(ids, deal.reason)

    # -- the buyer's bill ---------------------------------------------------------

    def _bill_waits(self, deal, known):
        if not deal.bill:
            return False
        bill = self._bills[deal.buyer].get(known["document_number"])
        return not bill or bill["state"] == "draft"

    def _post_bill(self, deal):
        """The buyer's accountant posts the draft he finds, or his own bill."""
        if not deal.bill:
            return
        number = self._compensation(deal)["document_number"]
        bills = self._accountant(deal.buyer)["account.move"]
        found = self._bills_of(deal.buyer).get(number)
        bill_id = found["id"] if found else self._create_bill(bills, deal, number)
        if not found or found["state"] == "draft":
            bills.action_post([bill_id])

    def _create_bill(self, bills, deal, number):
        return bills.create(
            {
                "move_type": "in_invoice",
                "partner_id": self.network.partners[deal.seller],
                "invoice_date": _days_ago(0),
                "ref": number,
                "invoice_line_ids": self._lines(deal, deal.buyer, "purchase"),
            }
        )


def _as_told(deal, compensation):
    """Tell whether a compensation is in the state that its deal ends in."""
    if deal.fate == deals.BLOCKED:
        blocked = bool(compensation["blocked_reason"])
        return compensation["state"] == "submitted" and blocked
    return compensation["state"] == deal.fate


def _key_of(compensation, keys):
    """Return the key of the deal of a compensation; `keys` by the invoice's id."""
    move_id = compensation["move_id"] and compensation["move_id"][0]
    return keys.get(move_id, compensation["document_number"])


def _days_ago(days):
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    return str(today - datetime.timedelta(days=days))
