"""What the state of the two sides allows today."""

from ...lib.actif_rules import member_life, parties
from ...tools import dec


class TrocCompensationLife:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _check_states(self):
        """Raise RuleError where a side may not sell, or buy, as it stands now."""
        concludes = self._concludes_deal()
        parties.check_seller(self.seller_id._party(), concludes)
        parties.check_buyer(self.buyer_id._party(), concludes)

    def _concludes_deal(self):
        """Tell whether this was agreed before the departure of a party.

        Only a record of the agreement proves it: the marketplace has deals.
        """
        return False

    def _departure_announced(self):
        """Return when the first of the parties said that it leaves, or None."""
        leaving = self._parties().filtered(lambda m: m.state == "leaving")
        return min((member._announced_on() for member in leaving), default=None)

    def _check_settling(self, accounts):
        """A leaving member's account moves towards zero, never across it."""
        amount = dec(self.actif_amount)
        for member, movement in ((self.buyer_id, -amount), (self.seller_id, amount)):
            if member.state == "leaving":
                balance = accounts[member].balance
                member_life.check_settles(member.name, balance, movement)
