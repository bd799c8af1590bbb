"""Transfers outside invoices: what each kind asks for.

Source: ACCOUNTING.md, "Default network rules" (leaving), and the issue of the network
policy. A transfer is an act of the network's managers, never a trade: it needs a
reason, and where it concerns two members' own rights, evidence.
"""

from dataclasses import dataclass

from . import parties
from .errors import RuleError

# What a member could contest: somebody's word is not enough.
NEED_EVIDENCE = frozenset({"correction", "gift"})
# What moves between a member and the network itself.
WITH_NETWORK = frozenset({"void", "opening"})


@dataclass(frozen=True)
class Transfer:
    """A transfer as the rules see it; `own` is the network's account, if it has one."""

    kind: str
    giver: parties.Party
    taker: parties.Party
    giver_is_own: bool
    taker_is_own: bool
    has_evidence: bool


def check(transfer: Transfer) -> None:
    """Raises `loss_own_document`, `evidence_missing`, `transfer_needs_network`, or, of
    a gift, what the state of a party forbids (`giver_may_not_give`,
    `taker_may_not_take`).
    """
    check_own_way(transfer.kind)
    if transfer.kind in NEED_EVIDENCE and not transfer.has_evidence:
        raise RuleError("evidence_missing")
    own_sides = transfer.giver_is_own + transfer.taker_is_own
    if transfer.kind in WITH_NETWORK and own_sides != 1:
        raise RuleError("transfer_needs_network")
    if transfer.kind == "gift":
        # the network's own account gives and takes whatever its state
        if not transfer.giver_is_own:
            _check_gives(transfer.giver)
        if not transfer.taker_is_own:
            _check_receives(transfer.taker)


def check_own_way(kind: str) -> None:
    """Raises `loss_own_document`: a loss is written, and undone, as a whole alone."""
    if kind == "loss":
        raise RuleError("loss_own_document")


def _check_gives(party):
    if party.state not in parties.BUYER_STATES:
        raise RuleError("giver_may_not_give", member=party.name, state=party.state)


def _check_receives(party):
    if party.state not in parties.SELLER_STATES:
        raise RuleError("taker_may_not_take", member=party.name, state=party.state)
