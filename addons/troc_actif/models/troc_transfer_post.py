"""Posting and reversal of transfers: access > lock > rules > guards > post > tell."""

from odoo import fields, models
from odoo.exceptions import UserError

from .. import exceptions
from ..lib.actif_rules import limits, rights
from ..lib.actif_rules import transfer as rules
from ..lib.actif_rules.errors import RuleError
from ..tools import dec
from .seal import sealed, unsealed
from .troc_network_own import MANAGER


class TrocTransfer(models.Model):
    _inherit = "troc.transfer"

    def action_post(self, override_reason=None):
        """Post draft transfers in all books, all of them or none; managers only.

        Those already posted are skipped.  From the network's threshold on the first
        call is a signature and the second manager's call posts.  `override_reason`
        lets the limits be passed, which is recorded; opening balances always may.
        """
        self._check_deciders()
        taken = self._take("draft")
        signed = taken.filtered(lambda t: not t._needs_second())
        signed._post_now(override_reason)
        return True

    def action_reverse(self, reason, override=False):
        """Reverse posted transfers in all books, with a reason; managers only."""
        self._check_decision_reason(reason)
        self._check_deciders()
        taken = self._take("posted")
        for transfer in self - taken:
            transfer._refuse_state("posted")
        accounts = taken._move_all(override, reverse=True)
        taken._write_guards(accounts)
        date = fields.Date.context_today(self)
        self.env["troc.posting"]._reverse_transfers(taken, date)
        taken.write(
            {
                "state": "reversed",
                "reversed_by_id": self.env.uid,
                "reversed_on": fields.Datetime.now(),
                "reversal_date": date,
                "reversal_reason": reason,
            }
        )
        if override:
            taken._record_overrides(reason)
        taken._tell("troc_actif.mail_transfer_reversed")
        return True

    # -- access -------------------------------------------------------------------

    def _check_deciders(self):
        """Refuse who is no manager, and who belongs to one of the members."""
        self.check_access("read")
        user = self.env.user
        for transfer in self.sudo():
            error = None
            if not user.has_group(MANAGER):
                error = RuleError("not_manager", user=user.name)
            elif transfer._parties_but_network() & self.env["troc.member"]._of_user(
                user
            ):
                error = RuleError("own_company", user=user.name)
            if error:
                exceptions.refuse(self.env, error, transfer._label())

    def _parties_but_network(self):
        """Return both members, less the network's own account.

        A manager is of the operator's company: he acts for the network, not for
        himself.
        """
        return (self.giver_id | self.taker_id) - self.network_id.own_member_id

    def _needs_second(self):
        """Record the first of two signatures; tell whether the second is missing."""
        case = rights.Case(
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
        try:
            if not rights.needs_second(case):
                return False
        except RuleError as error:
            error.facts["user"] = self.first_validator_id.name
            exceptions.refuse(self.env, error, self._label())
        self.first_validator_id = self.env.uid
        self._log(
            self.env._(
                "First signature by %s; a second manager must post it.",
                self.env.user.name,
            )
        )
        return True

    # -- lock ---------------------------------------------------------------------

    def _take(self, state):
        """Lock these transfers, then their members; return those in `state`."""
        self._lock("troc_transfer", self.ids)
        self.invalidate_recordset()
        taken = sealed(self).sorted("id").filtered(lambda t: t.state == state)
        members = taken.giver_id | taken.taker_id
        self._lock("troc_member", members.ids)
        members.invalidate_recordset(["balance", "credit_override", "balance_override"])
        return taken

    # -- rules --------------------------------------------------------------------

    def _move_all(self, override, reverse=False):
        """Return the accounts after these transfers; refuse what a rule stops."""
        accounts = {m: m._account() for m in self.giver_id | self.taker_id}
        for transfer in self:
            try:
                transfer._check_rules(reverse)
                transfer._move_accounts(accounts, override, reverse)
            except RuleError as error:
                exceptions.refuse(self.env, error, transfer._label())
        return accounts

    def _check_rules(self, reverse=False):
        if not reverse:
            rules.check(self._as_rules_see_it())
        if not self.network_id.register_ready:
            raise RuleError("register_not_ready", network=self.network_id.name)
        today = fields.Date.context_today(self)
        for company in self._companies():
            if not company.troc_journal_id:
                raise RuleError("books_not_ready", company=company.name)
        for company in self._companies() | self.network_id.company_id:
            locks = company._get_violated_lock_dates(
                today, True, company.troc_journal_id
            )
            if locks:
                raise RuleError(
                    "date_locked",
                    company=company.name,
                    date=today,
                    lock_date=locks[-1][0],
                )

    def _companies(self):
        """Return the companies of this database whose books take an entry."""
        return self.giver_id._books() | self.taker_id._books()

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

    def _move_accounts(self, accounts, override, reverse):
        giver, taker = self.giver_id, self.taker_id
        if reverse:
            giver, taker = taker, giver
        amount = dec(self.amount)
        if not override:
            limits.check_spend(accounts[giver], amount)
            limits.check_earn(accounts[taker], amount)
        accounts[giver] = self._moved(accounts[giver], -amount)
        accounts[taker] = self._moved(accounts[taker], amount)

    # -- post ---------------------------------------------------------------------

    def _post_now(self, override_reason=None):
        if not self:
            return
        opening = all(t.kind == "opening" for t in self)
        if opening and not override_reason:
            override_reason = self.env._("Opening balance")
        accounts = self._move_all(bool(override_reason))
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
        self._tell("troc_actif.mail_transfer_posted")

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
        beyond = (self.giver_id | self.taker_id).filtered(
            lambda m: m.credit_override or m.balance_override
        )
        beyond._record_override(reason)

    # -- tell ---------------------------------------------------------------------

    def _tell(self, template):
        for transfer in self:
            transfer._log(transfer._what_happened())
            transfer._close_activities()
        # opening balances are told by the invitation of the new network
        told = self.filtered(lambda t: t.kind != "opening")
        record = unsealed(self.env.ref(template).sudo())
        for transfer in told:
            record.send_mail(transfer.id)

    def _what_happened(self):
        user = self.env.user.name
        if self.state == "posted":
            return self.env._("Posted by %s.", user)
        reason = self.reversal_reason
        return self.env._("Reversed by %(user)s: %(reason)s", user=user, reason=reason)

    def _log(self, text):
        self._message_log(body=text, author_id=self.env.user.partner_id.id)

    def _close_activities(self):
        # sudo: they may be another manager's
        self.sudo().activity_unlink(["troc_actif.activity_validate"])
