from odoo import SUPERUSER_ID, api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import schedule as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions
from ...scheduled import each_alone
from ..common.managers import check_managers

STATES = [
    ("draft", "Proposed"),
    ("agreed", "Agreed upon"),
    ("kept", "Kept"),
    ("replaced", "Replaced"),
]


class TrocMemberSchedule(models.Model):
    """How a member below zero comes back to it: sales until some days, in Actifs.

    Agreed upon, it is followed: what his sales brought since, against what is due.  A
    debt is settled by sales, never in euros.
    """

    _name = "troc.member.schedule"
    _description = "Schedule of sales"
    _inherit = ["troc.sealed.mixin", "troc.thread.mixin", "mail.activity.mixin"]
    _order = "agreed_on desc, id desc"

    SEALED_FIELDS = frozenset(("state", "agreed_by_id"))

    member_id = fields.Many2one(
        "troc.member", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    agreed_on = fields.Date(
        "Agreed on",
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="Sales count from this day on.",
    )
    agreed_by_id = fields.Many2one("res.users", "Agreed with", readonly=True)
    note = fields.Text("What was agreed", help="The member reads it.")
    state = fields.Selection(STATES, required=True, default="draft", readonly=True)
    line_ids = fields.One2many("troc.member.schedule.line", "schedule_id", "Steps")
    total = fields.Monetary("To earn", compute="_compute_standing")
    received = fields.Monetary(
        "Earned since", compute="_compute_standing", help="By sales, less reversals."
    )
    due = fields.Monetary("Due by now", compute="_compute_standing")
    progress = fields.Integer(compute="_compute_standing", help="Percent.")
    is_late = fields.Boolean("Late", compute="_compute_standing")

    @api.depends("agreed_on", "state", "line_ids.due_date", "line_ids.amount")
    def _compute_standing(self):
        today = fields.Date.context_today(self)
        for schedule in self:
            steps, received = schedule._steps(), schedule._received()
            told = rules.standings(steps, received, today)
            schedule.total = float(sum(step.amount for step in steps))
            schedule.received = float(received)
            due = [each.due_total for each in told if each.step.due <= today]
            schedule.due = float(due[-1]) if due else 0.0
            schedule.progress = rules.progress(steps, received)
            schedule.is_late = schedule.state == "agreed" and any(
                each.is_late for each in told
            )

    @api.depends("member_id.name", "agreed_on")
    def _compute_display_name(self):
        for schedule in self:
            schedule.display_name = self.env._(
                "Schedule of sales of %s", schedule.member_id.name
            )

    def _sealed_defaults(self, vals):
        return {**super()._sealed_defaults(vals), "state": "draft"}

    def write(self, vals):
        if vals.keys() & {"member_id", "agreed_on", "note", "line_ids"}:
            self._refuse_agreed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._refuse_agreed()

    def _refuse_agreed(self):
        """Refuse to change what was agreed upon: a new schedule replaces it."""
        for schedule in self if not is_sealed(self.env) else ():
            if schedule.state != "draft":
                error = RuleError("schedule_agreed")
                exceptions.refuse(self.env, error, schedule.display_name)

    # -- what is due, what came in --------------------------------------------------

    def _steps(self):
        lines = self.line_ids.filtered("due_date")
        return [rules.Step(line.due_date, dec(line.amount)) for line in lines]

    def _received(self):
        """Return what the member's sales brought since the agreement, net, as Decimal.

        From the register: reversals and credit notes of his sales take it back.
        """
        member = self.member_id
        if not member.id or not self.agreed_on:
            return dec(0)
        # sudo: sums of movements of the member whose schedule the user may read
        rows = (
            self.env["troc.register.item"]
            .sudo()
            ._read_group(
                [
                    ("member_id", "=", member.id),
                    ("date", ">=", self.agreed_on),
                    ("compensation_id.seller_id", "=", member.id),
                ],
                [],
                ["amount:sum"],
            )
        )
        return dec(rows[0][0])

    # -- agreeing -------------------------------------------------------------------

    @each_once
    def action_agree(self):
        """Agree upon drafts as network manager; earlier ones are replaced, and the
        member is told."""
        check_managers(self)
        for schedule in self.filtered(lambda s: s.state == "draft"):
            schedule._check_agreed()
            schedule._agree()
        return True

    def _check_agreed(self):
        try:
            rules.check_agreed(self._steps(), self.agreed_on, dec(self.balance))
        except RuleError as error:
            exceptions.refuse(self.env, error, self.display_name)

    def _agree(self):
        before = self.search(
            [("member_id", "=", self.member_id.id), ("state", "=", "agreed")]
        )
        sealed(before).state = "replaced"
        sealed(self).write({"state": "agreed", "agreed_by_id": self.env.uid})
        self.member_id._log(self.env._("A schedule of sales was agreed upon."))
        self._send("troc_actif.mail_schedule_agreed")

    def _send(self, template):
        # sudo: a template of the network, queued for its members
        self.env.ref(template).sudo().send_mail(self.id)

    # -- following ------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Close schedules that were kept; remind of steps that are late."""
        each_alone(
            sealed(self).search([("state", "=", "agreed")], order="id"),
            lambda schedule: schedule._follow(),
        )

    def _follow(self):
        received, today = self._received(), fields.Date.context_today(self)
        if (
            self.member_id.balance >= 0
            or rules.progress(self._steps(), received) >= 100
        ):
            self.state = "kept"
            self.activity_unlink(["troc_actif.activity_schedule"])
            return
        late = {
            each.step.due
            for each in rules.standings(self._steps(), received, today)
            if each.is_late
        }
        news = self.line_ids.filtered(
            lambda line: line.due_date in late and not line.reminded_on
        )
        if news:
            news.reminded_on = today
            self._remind()

    def _remind(self):
        """Tell the member by mail, and his animators by an activity: once a step."""
        self._send("troc_actif.mail_schedule_late")
        activity_type = self.env.ref("troc_actif.activity_schedule")
        own = self.with_user(SUPERUSER_ID)
        own.activity_unlink(["troc_actif.activity_schedule"])
        for user in self.member_id._admitters():
            own.activity_schedule(
                activity_type_id=activity_type.id,
                user_id=user.id,
                summary=self.member_id.name,
            )
