"""Deals of who is leaving: towards zero, as his invoices are."""

from odoo import models

from .. import exceptions
from ..lib.actif_rules import member_life
from ..lib.actif_rules.errors import RuleError
from ..tools import dec


class TrocIntroduction(models.Model):
    _inherit = "troc.introduction"

    def _become_deal(self):
        self._check_parties()
        self._check_settling()
        return super()._become_deal()

    def _check_settling(self):
        """Refuse a deal whose invoice would be refused in the end.

        The words tell nothing of the account: the other side may read them.
        """
        # sudo: a side may not read the other's account
        own = self.sudo()
        amount = dec(own.actif_amount)
        for member, movement in ((own.buyer_id, -amount), (own.seller_id, amount)):
            if member.state != "leaving" or own.is_helping_hand:
                continue
            try:
                member_life.check_settles(member.name, dec(member.balance), movement)
            except RuleError:
                told = {"member": member.name, "amount": amount}
                error = RuleError("leaving_deal_beyond", **told)
                exceptions.refuse(self.env, error, self.name)
