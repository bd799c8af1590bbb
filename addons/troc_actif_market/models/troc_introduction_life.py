"""Deals of who is leaving: towards zero, as his invoices are."""

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules import member_life
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.tools import dec


class TrocIntroductionLife:
    """A part of TrocIntroduction, where its fields stand."""

    __slots__ = ()

    def _check_settling(self):
        """Refuse a deal whose invoice would be refused in the end.

        The words tell nothing of the account: the other side may read them.
        """
        # sudo: a side may not read the other's account
        own_sudo = self.sudo()
        amount = dec(own_sudo.actif_amount)
        for member, movement in (
            (own_sudo.buyer_id, -amount),
            (own_sudo.seller_id, amount),
        ):
            if member.state != "leaving" or own_sudo.is_helping_hand:
                continue
            try:
                member_life.check_settles(member.name, dec(member.balance), movement)
            except RuleError:
                told = {"member": member.name, "amount": amount}
                error = RuleError("leaving_deal_beyond", **told)
                exceptions.refuse(self.env, error, self.name)
