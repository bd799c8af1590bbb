"""A member who fails: the opening judgment is recorded, and his trade stops."""

from odoo import fields
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Day, Text

from ... import exceptions

NO_BLOCK = dict.fromkeys(("blocked_code", "blocked_detail", "blocked_since"), False)


class TrocMemberInsolvency:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_record_judgment(
        self,
        judged_on: Day,
        kind: Text,
        court: Text = "",
        reference: Text = "",
        published_on: Day = False,
    ):
        """Record an opening judgment on this member; who may put him on hold.

        `judged_on` and `published_on` (in the BODACC) are dates, `kind` is safeguard,
        receivership or liquidation.  From that day on, from 0 h, nothing of his is
        compensated; what waits is stopped and says so.  Nothing in the books changes.
        """
        self.ensure_one()
        self._check_life_deciders()
        judged_on = fields.Date.to_date(judged_on)
        self._check_judgment(judged_on)
        self._lock_judgment()
        judgment = sealed(self.env["troc.insolvency"]).create(
            {
                "member_id": self.id,
                "judged_on": judged_on,
                "kind": kind,
                "court": court,
                "reference": reference,
                "published_on": published_on,
                "recorded_by_id": self.env.uid,
            }
        )
        self._log_judgment(judged_on)
        self._follow_judgment()
        judgment._told_deals()
        judgment._ask_to_claim()
        return True

    def _log_judgment(self, judged_on):
        date = exceptions.in_words(self.env, judged_on)
        text = self.env._(
            "Opening judgment of %(date)s recorded: nothing is compensated from that "
            "day on.",
            date=date,
        )
        self._log(text)

    def _check_judgment(self, judged_on):
        """Refuse a day to come, a second judgment, and the network's own account."""
        code = None
        if not judged_on or judged_on > self._today():
            code = "judgment_to_come"
        elif self == self.network_id.own_member_id:
            code = "own_account_stays"
        elif known := self._judgment():
            judged_on, code = known.judged_on, "judgment_known"
        if code:
            error = RuleError(code, date=judged_on or self._today())
            exceptions.refuse(self.env, error, self.name)

    def _lock_judgment(self):
        """Lock as every decision on a membership does, and collide with whoever else
        waits for these members.

        A row is written, not only locked: else a validation that began before would go
        on with what it read then, and post on the day of the judgment.
        """
        self._lock_life()
        # by SQL: the ORM leaves out what it takes for no change
        self.env.cr.execute(
            SQL(
                "UPDATE troc_member SET write_date = now() AT TIME ZONE 'UTC'"
                " WHERE id IN %s",
                tuple(self.ids),
            )
        )

    def _follow_judgment(self):
        """Stop what goes on, or let it go on again, as judgments stand now."""
        # sudo: what goes on of a member whose judgment a manager records
        own_sudo = self.sudo()
        own_sudo._sync_trade()
        own_sudo._waiting_compensations()._refresh_blocked()
        own_sudo._mark_drafts()

    def _mark_drafts(self):
        """Say on drafts that a judgment stops them, or that it does no more."""
        domain = [*self._compensation_domain(), ("state", "=", "draft")]
        for draft in sealed(self.env["troc.compensation"]).search(domain):
            try:
                for party in (draft.seller_id, draft.buyer_id):
                    parties.check_solvent(party._party())
            except RuleError as error:
                draft._block(error)
            else:
                draft.write(NO_BLOCK)

    # -- on screens -----------------------------------------------------------------

    @each_once
    def action_open_judgment(self):
        """Ask for the judgment that is recorded of this member."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opening judgment"),
            "res_model": "troc.judgment",
            "view_mode": "form",
            "target": "new",
            "context": {"default_member_id": self.id},
        }

    @each_once
    def action_open_stopped(self):
        """Open the judgments on this member, with all that they stop."""
        return self.insolvency_ids._get_records_action(name=self.env._("Judgments"))

    @each_once
    def action_print_claim(self):
        """Print the claim of the network on this member, one click after all."""
        self.ensure_one()
        judgment = self.insolvency_ids.filtered(lambda j: j.state == "recorded")
        if not judgment:
            exceptions.refuse(self.env, RuleError("judgment_missing"), self.name)
        return judgment.action_print_claim()
