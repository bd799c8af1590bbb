"""A compensation that bills a deal, and the buyer's word before validation."""

from odoo import fields, models

from .. import exceptions
from ..lib.actif_rules.errors import RuleError
from ..public import each_once
from ..tools import dec
from .seal import sealed
from .troc_introduction_deal import OPEN_FOR_INVOICE


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    introduction_id = fields.Many2one(
        "troc.introduction", "Deal", readonly=True, ondelete="restrict", index=True
    )
    buyer_accepted_by_id = fields.Many2one(
        "res.users", "Accepted by the buyer", readonly=True
    )
    buyer_accepted_on = fields.Datetime("Accepted on", readonly=True)

    # -- the buyer's word ------------------------------------------------------

    @each_once
    def action_accept(self):
        """Accept submitted invoices, as a user of the buyer with the right to trade."""
        for compensation in self:
            compensation.check_access("read")
            compensation._check_buyer(self.env.user)
            if compensation.state != "submitted":
                compensation._refuse_state("submitted")
        todo = sealed(self).filtered(lambda c: not c.buyer_accepted_on)
        todo.write(
            {
                "buyer_accepted_by_id": self.env.uid,
                "buyer_accepted_on": fields.Datetime.now(),
            }
        )
        todo._note(
            lambda c: c.env._("Accepted by %s for the buyer.", self.env.user.name)
        )
        todo._refresh_blocked()
        return True

    def _check_buyer(self, user):
        buyer = self.sudo().buyer_id
        if buyer not in self.env["troc.member"]._of_user(user):
            error = RuleError("not_buyer", user=user.name, buyer=buyer.name)
            exceptions.refuse(self.env, error, self._label())
        buyer.with_env(self.env)._check_trader()

    def _check_rules(self):
        self._check_accepted()
        return super()._check_rules()

    def _check_accepted(self):
        wanted = self.network_id.buyer_acceptance and not self._goes_back()
        if wanted and not (self.buyer_accepted_on or self.is_disputed):
            raise RuleError("not_accepted", buyer=self.buyer_id.name)

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

    def _tell_validated(self):
        deals = sealed(self).introduction_id.filtered(lambda d: d.state == "invoiced")
        deals._release()
        deals.write({"state": "settled", "awaited_id": False})
        return super()._tell_validated()

    def _tell_decided(self):
        """A refused or reversed invoice leaves its deal to be billed again."""
        deals = sealed(self).introduction_id
        deals.filtered(lambda d: d.state in ("invoiced", "settled"))._bill_again()
        return super()._tell_decided()
