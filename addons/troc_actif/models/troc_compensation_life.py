"""What the state of the two sides allows today."""

from odoo import models

from ..lib.actif_rules import member_life, parties
from ..tools import dec


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    def _check_states(self):
        """Raise RuleError where a side may not sell, or buy, as it stands now."""
        concludes = self._concludes_deal()
        parties.check_seller(self.seller_id._party(), concludes)
        parties.check_buyer(self.buyer_id._party(), concludes)

    def _concludes_deal(self):
        """Tell whether this bills a deal from before the departure of a party."""
        leaving = self._parties().filtered(lambda m: m.state == "leaving")
        if not leaving:
            return False
        announced = min(member._announced_on() for member in leaving)
        deals = self.introduction_id or self._deals_of_its_total()
        return any(deal.agreed_on < announced for deal in deals)

    def _check_settling(self, accounts):
        """A leaving member's account moves towards zero, never across it."""
        amount = dec(self.actif_amount)
        for member, movement in ((self.buyer_id, -amount), (self.seller_id, amount)):
            if member.state == "leaving":
                balance = accounts[member].balance
                member_life.check_settles(member.name, balance, movement)
