"""Posting and reversal of transfers: access > lock > rules > guards > post > tell."""

from odoo import fields
from odoo.exceptions import UserError

from odoo.addons.troc_actif_invoice.lib.actif_rules import rights
from odoo.addons.troc_actif_invoice.lib.actif_rules import transfer as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import unsealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Flag, Text

from ... import exceptions
from ..common.managers import check_managers, check_overriders, other_managers


class TrocTransferPost:
    """A part of TrocTransfer, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_post(self):
        """Post draft transfers in all books, all of them or none; managers only.

        Those already posted are skipped.  From the network's threshold on the first
        call is a signature and the second manager's call posts.  Opening balances pass
        the limits, which is recorded; see `action_post_override` for others.
        """
        self._check_deciders()
        self._post_now()
        return True

    @each_once
    def action_post_override(self, reason: Text):
        """Post beyond the limits, by who may, with his recorded reason."""
        check_overriders(self)
        self._check_decision_reason(reason)
        self._check_deciders()
        self._post_now(reason)
        return True

    @each_once
    def action_reverse(self, reason: Text, override: Flag = False):
        """Reverse posted transfers in all books, with a reason; managers only."""
        self._check_decision_reason(reason)
        self._check_deciders()
        for transfer in self:
            transfer._in_words(rules.check_own_way, transfer.kind)
        if override:
            check_overriders(self)
        taken = self._take("posted")
        for transfer in self - taken:
            transfer._refuse_state("posted")
        taken._reverse_now(reason, override)
        return True

    def _reverse_now(self, reason, override):
        accounts = self._accounts()
        for transfer in self:
            transfer._in_words(transfer._check_ready)
            transfer._in_words(transfer._move_accounts, accounts, override, True)
        self._write_guards(accounts)
        if override:
            self._record_overrides(reason)
        date = fields.Date.context_today(self)
        self.env["troc.posting"]._reverse_transfers(self, date)
        self.write(
            {
                "state": "reversed",
                "reversed_by_id": self.env.uid,
                "reversed_on": fields.Datetime.now(),
                "reversal_date": date,
                "reversal_reason": reason,
            }
        )
        self._notify_both("troc_actif.mail_transfer_reversed")

    # -- access -------------------------------------------------------------------

    def _check_deciders(self):
        """Refuse who is no manager, and who belongs to one of the members."""
        check_managers(self)
        own = self.env["troc.member"]._of_user(self.env.user)
        for transfer in self.sudo():
            # a manager is of the operator's company: he acts for the network there
            parties = transfer._parties() - transfer.network_id.own_member_id
            if parties & own:
                error = RuleError("own_company", user=self.env.user.name)
                exceptions.refuse(self.env, error, transfer._label())

    def _parties(self):
        return self.giver_id | self.taker_id

    def _case(self):
        return rights.Case(
            reference=self.name,
            seller=self.taker_id.id,
            buyer=self.giver_id.id,
            seller_territory=None,
            buyer_territory=None,
            actif_amount=dec(self.amount),
            four_eyes_threshold=dec(self.network_id.four_eyes_threshold),
            first_validator=self.first_validator_id.id or None,
            validator=self.env.uid,
        )

    # -- rules --------------------------------------------------------------------

    def _in_words(self, check, *args):
        """Return what `check` returns; its RuleError is told of this transfer."""
        try:
            return check(*args)
        except RuleError as error:
            return exceptions.refuse(self.env, error, self._label())

    def _check_rules(self):
        rules.check(self._as_rules_see_it())
        self._check_ready()

    def _check_ready(self):
        if not self.loss_id:
            # a loss moves Actifs because of the judgment, not in spite of it
            today = fields.Date.context_today(self)
            self._check_solvent(today, self.entry_date or None)
        self._check_books()
        self._check_dates()

    def _as_rules_see_it(self):
        own = self.network_id.own_member_id
        return rules.Transfer(
            kind=self.kind,
            giver=self.giver_id._party(),
            taker=self.taker_id._party(),
            giver_is_own=self.giver_id == own,
            taker_is_own=self.taker_id == own,
            has_evidence=bool(self.evidence_ids),
        )

    def _move_accounts(self, accounts, override, reverse=False):
        giver, taker = self.giver_id, self.taker_id
        if reverse:
            giver, taker = taker, giver
        self._move_actifs(accounts, giver, taker, dec(self.amount), override)

    # -- post ---------------------------------------------------------------------

    def _post_now(self, override_reason=None):
        taken = self._take("draft")
        for transfer in taken:
            transfer._in_words(transfer._check_rules)
        ready = taken.filtered(lambda t: not t._in_words(t._needs_second))
        for opening, transfers in ready.grouped(lambda t: t.kind == "opening").items():
            reason = override_reason
            if opening and not reason:
                reason = self.env._("Opening balance")
            transfers._post_group(reason)

    def _post_group(self, override_reason):
        accounts = self._accounts()
        for transfer in self:
            transfer._in_words(transfer._move_accounts, accounts, bool(override_reason))
        self._write_guards(accounts)
        date = fields.Date.context_today(self)
        moves = self._posted_entries(date)
        for transfer in self:
            transfer.write(
                {
                    "state": "posted",
                    "register_move_id": moves[transfer].id,
                    "entry_date": date,
                    "posted_by_id": self.env.uid,
                    "posted_on": fields.Datetime.now(),
                }
            )
        if override_reason:
            self._record_overrides(override_reason)
        self._notify_both("troc_actif.mail_transfer_posted")

    def _posted_entries(self, date):
        """Return {transfer: its register entry}; refusals name the transfers."""
        try:
            return self.env["troc.posting"]._post_transfers(self, date)
        except RuleError as error:
            exceptions.refuse(self.env, error, ", ".join(self.mapped("name")))
        except UserError as error:
            told = RuleError("posting_failed", error=str(error))
            exceptions.refuse(self.env, told, ", ".join(self.mapped("name")))

    def _record_overrides(self, reason):
        """Record, on the transfers and on members beyond a limit, who let it pass."""
        self._record_override(reason)
        self._parties().account_id._record_override(reason, self)

    # -- tell ---------------------------------------------------------------------

    def _notify_first_validation(self):
        """Ask the other managers for the second signature."""
        user = self.env.user.name
        self._log(
            self.env._("First signature by %s; a second manager must post it.", user)
        )
        for manager in other_managers(self.env):
            unsealed(self).activity_schedule(
                "troc_actif.activity_validate",
                user_id=manager.id,
                summary=self.display_name,
            )

    def _notify_both(self, template):
        for transfer in self:
            transfer._log(transfer._what_happened())
        unsealed(self).activity_unlink(["troc_actif.activity_validate"])
        # opening balances are told by the invitation of the new network
        told = self.filtered(lambda t: t.kind not in ("opening", "loss"))
        told._send(template)
        self._tell_bearers()

    def _tell_bearers(self):
        """Tell each member the share of a loss that he bears, and nobody else."""
        own = self.network_id.own_member_id
        shares = self.filtered(lambda t: t.loss_id and t.giver_id not in own)
        shares._send("troc_actif.mail_loss_share", lambda t: t.giver_id.partner_id)

    def _what_happened(self):
        user = self.env.user.name
        if self.state == "posted":
            return self.env._("Posted by %s.", user)
        reason = self.reversal_reason
        return self.env._("Reversed by %(user)s: %(reason)s", user=user, reason=reason)

    def _log(self, text):
        self._message_log(body=text, author_id=self.env.user.partner_id.id)
