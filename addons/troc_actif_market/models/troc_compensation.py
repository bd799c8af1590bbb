"""A compensation that bills a deal of the marketplace."""

from odoo import fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from .troc_introduction_deal import OPEN_FOR_INVOICE


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    introduction_id = fields.Many2one(
        "troc.introduction", "Deal", readonly=True, ondelete="restrict", index=True
    )
    # -- the deal ------------------------------------------------------------

    @each_once
    def action_submit(self):
        drafts = self.sudo().filtered(lambda c: c.state == "draft")
        done = super().action_submit()
        sealed(drafts)._find_deal()
        return done

    def _find_deal(self):
        """Link each to the deal it bills: the same two, the same total, only one."""
        for compensation in self.filtered(lambda c: c.state == "submitted"):
            if compensation.introduction_id or compensation._goes_back():
                continue
            same = compensation._deals_of_its_total()
            if len(same) == 1:
                same._invoiced_by(compensation)

    def _concludes_deal(self):
        if super()._concludes_deal():
            return True
        leaving = self._parties().filtered(lambda m: m.state == "leaving")
        announced = min((m._announced_on() for m in leaving), default=None)
        if not announced:
            return False
        deals = self.introduction_id or self._deals_of_its_total()
        return any(deal.agreed_on < announced for deal in deals)

    def _deals_of_its_total(self):
        """Return the deals between the same two that wait for this total."""
        deals = self.env["troc.introduction"].search(
            [
                ("seller_id", "=", self.seller_id.id),
                ("buyer_id", "=", self.buyer_id.id),
                ("state", "in", OPEN_FOR_INVOICE),
                ("is_helping_hand", "=", False),
            ]
        )
        return deals.filtered(lambda d: dec(d.total_amount) == dec(self.total_amount))

    def _bill(self, introduction):
        """Link to the deal that the member says it bills, or refuse (sealed)."""
        self.ensure_one()
        if self.introduction_id != introduction:
            self._check_deal(introduction)
            self.introduction_id._bill_again()
            introduction._invoiced_by(self)

    def _check_deal(self, introduction):
        """Refuse a deal between others, or one that waits for no invoice (sealed)."""
        same = (introduction.seller_id, introduction.buyer_id) == (
            self.seller_id,
            self.buyer_id,
        )
        if not same:
            error = RuleError(
                "other_deal", seller=self.seller_id.name, buyer=self.buyer_id.name
            )
            exceptions.refuse(self.env, error, introduction.name)
        introduction._check_state(*OPEN_FOR_INVOICE)

    def _move_accounts(self, accounts, override=False, reverse=False):
        """What the deal has set aside is free for its own invoice."""
        deal, buyer = self.introduction_id, self.buyer_id
        if not deal.reserved_amount or reverse or self._goes_back():
            return super()._move_accounts(accounts, override, reverse)
        before = accounts[buyer]
        accounts[buyer] = before.released(dec(deal.reserved_amount))
        try:
            return super()._move_accounts(accounts, override, reverse)
        except RuleError:
            # what stays set aside is not there for the next one of the batch
            accounts[buyer] = before
            raise

    def _notify_validated(self):
        deals = sealed(self).introduction_id.filtered(lambda d: d.state == "invoiced")
        deals._release()
        deals.write({"state": "settled", "awaited_id": False})
        return super()._notify_validated()

    def _notify_decided(self):
        """A refused or reversed invoice leaves its deal to be billed again."""
        deals = sealed(self).introduction_id
        deals.filtered(lambda d: d.state in ("invoiced", "settled"))._bill_again()
        return super()._notify_decided()
