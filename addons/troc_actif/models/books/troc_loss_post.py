"""Posting and reversal of losses: access > lock > rules > guards > post > tell."""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules import losses as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules import rights
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Text

from ... import exceptions
from ..common.managers import check_managers, other_managers


class TrocLossPost:
    """A part of TrocLoss, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_post(self):
        """Post draft losses in all books, all of their shares or none; managers only.

        Those already posted are skipped.  From the network's threshold on the first
        call is a signature and the second manager's call posts.  Limits are passed,
        which is recorded: who bears a share did not choose to spend it.
        """
        self._check_deciders()
        for loss in self._take("draft"):
            loss._in_words(loss._check_rules)
            if not loss._in_words(loss._needs_second):
                loss._post_now()
        return True

    @each_once
    def action_reverse(self, reason: Text):
        """Reverse posted losses, all of their shares at once; managers only."""
        if not self:
            return True
        self._check_decision_reason(reason)
        self._check_deciders()
        taken = self._take("posted")
        for loss in self - taken:
            loss._refuse_state("posted")
        for loss in taken:
            loss._reverse_now(reason.strip())
        return True

    # -- access ---------------------------------------------------------------------

    def _check_deciders(self):
        """Refuse who is no manager, and who belongs to a member who failed.

        Who bears a share may decide: the rule, not he, says how much.
        """
        check_managers(self)
        own = self.env["troc.member"]._of_user(self.env.user)
        for loss in self.sudo().filtered(lambda one: one.member_id in own):
            error = RuleError("own_company", user=self.env.user.name)
            exceptions.refuse(self.env, error, loss._label())

    def _parties(self):
        return self.member_id | self.share_ids.member_id

    def _case(self):
        return rights.Case(
            reference=self.name,
            seller=self.member_id.id,
            buyer=None,
            seller_territory=None,
            buyer_territory=None,
            actif_amount=dec(self.amount),
            four_eyes_threshold=dec(self.network_id.four_eyes_threshold),
            first_validator=self.first_validator_id.id or None,
            validator=self.env.uid,
        )

    # -- rules ----------------------------------------------------------------------

    def _in_words(self, check, *args):
        """Return what `check` returns; its RuleError is told of this loss."""
        try:
            return check(*args)
        except RuleError as error:
            return exceptions.refuse(self.env, error, self._label())

    def _check_rules(self):
        self.insolvency_id._check_recorded()
        rules.check_amount(dec(self.amount), dec(self.member_id.balance))
        if not (self.reason or "").strip():
            raise RuleError("loss_unexplained")
        self._check_shares()
        self._check_books()
        self._check_dates()

    def _check_shares(self):
        """Raise RuleError where the shares that were shown are not those of now."""
        shown = {line.member_id: dec(line.amount) for line in self.share_ids}
        if shown != {who: part for who, (_counts, part) in self._shares().items()}:
            raise RuleError("loss_shares_differ")

    # -- post -----------------------------------------------------------------------

    def _post_now(self):
        transfers = self.env["troc.transfer"].create(
            [self._prepare_transfer(line) for line in self.share_ids]
        )
        transfers._post_group(self._label())
        self.write(
            {
                "state": "posted",
                "entry_date": transfers[:1].entry_date,
                "posted_by_id": self.env.uid,
                "posted_on": fields.Datetime.now(),
            }
        )
        self._tell(self.env._("Posted by %s.", self.env.user.name))

    def _prepare_transfer(self, line):
        return {
            "name": self.env["ir.sequence"].next_by_code("troc.transfer"),
            "kind": "loss",
            "loss_id": self.id,
            "network_id": self.network_id.id,
            "giver_id": line.member_id.id,
            "taker_id": self.member_id.id,
            "amount": line.amount,
            "reason": self.env._(
                "Share of the loss %(name)s on %(member)s: %(reason)s",
                name=self.name,
                member=self.member_id.name,
                reason=self.reason,
            ),
        }

    def _reverse_now(self, reason):
        sealed(self.transfer_ids)._reverse_now(reason, override=True)
        self.write(
            {
                "state": "reversed",
                "reversed_by_id": self.env.uid,
                "reversed_on": fields.Datetime.now(),
                "reversal_date": fields.Date.context_today(self),
                "reversal_reason": reason,
            }
        )
        told = {"user": self.env.user.name, "reason": reason}
        self._tell(self.env._("Reversed by %(user)s: %(reason)s", **told))

    # -- tell -----------------------------------------------------------------------

    def _tell(self, text):
        """Note what happened, on the loss and on the member who failed."""
        unsealed(self).activity_unlink(["troc_actif.activity_validate"])
        self._message_log(body=text, author_id=self.env.user.partner_id.id)
        self.member_id._log(f"{self.name}: {text}")

    def _notify_first_validation(self):
        """Ask the other managers for the second signature."""
        for manager in other_managers(self.env):
            unsealed(self).activity_schedule(
                "troc_actif.activity_validate",
                user_id=manager.id,
                summary=self.display_name,
            )
