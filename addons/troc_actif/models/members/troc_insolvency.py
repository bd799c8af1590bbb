"""An opening judgment on a member, as it was recorded, and the claim it makes."""

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Text

from ... import exceptions
from ..common.managers import all_managers, check_managers

KINDS = [
    ("safeguard", "Safeguard"),
    ("receivership", "Receivership"),
    ("liquidation", "Judicial liquidation"),
]
STATES = [("recorded", "Recorded"), ("lifted", "Lifted")]
# From the publication of the judgment in the BODACC (C. com. R.622-24).
MONTHS_TO_CLAIM = 2
ACTIVITY = "troc_actif.activity_claim"


class TrocInsolvency(models.Model):
    """The opening judgment that stops a member's trade from its day on.

    Recorded by `action_record_judgment` of the member, and lifted by another recorded
    act, with a reason: a mistake, a plan that the court adopted.  It stays as it is.
    """

    _name = "troc.insolvency"
    _description = "Opening judgment"
    _inherit = ["troc.sealed.mixin", "troc.thread.mixin", "mail.activity.mixin"]
    _order = "judged_on desc, id desc"

    SEALED_FIELDS = frozenset(
        (
            "member_id",
            "judged_on",
            "kind",
            "state",
            "recorded_by_id",
            "lifted_by_id",
            "lifted_on",
            "lift_reason",
        )
    )
    DERIVED_FIELDS = frozenset(("network_id", "claim_until"))

    member_id = fields.Many2one(
        "troc.member", required=True, readonly=True, ondelete="restrict", index=True
    )
    network_id = fields.Many2one(related="member_id.network_id", store=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    state = fields.Selection(STATES, required=True, readonly=True, default="recorded")
    judged_on = fields.Date(
        "Date of the judgment",
        required=True,
        readonly=True,
        help="From this day on, from 0 h, nothing of the member is compensated.",
    )
    kind = fields.Selection(KINDS, "Procedure", required=True, readonly=True)
    court = fields.Char(tracking=True)
    reference = fields.Char("Reference of the judgment", tracking=True)
    representative = fields.Char(
        "Court-appointed creditors' representative or liquidator",
        tracking=True,
        help="Whom the claim is sent to.",
    )
    published_on = fields.Date(
        "Published in the BODACC on",
        tracking=True,
        help="The time to declare the claim begins on this day.",
    )
    claim_until = fields.Date(
        "Claim to be declared until",
        compute="_compute_claim_until",
        store=True,
        help="Two months from the publication; as long as that day is not known, from "
        "the judgment, which is earlier.",
    )
    recorded_by_id = fields.Many2one("res.users", readonly=True)
    lifted_by_id = fields.Many2one("res.users", readonly=True)
    lifted_on = fields.Datetime("Lifted on", readonly=True)
    lift_reason = fields.Char("Why it was lifted", readonly=True)
    eve_balance = fields.Monetary(
        "Balance on the eve",
        compute="_compute_eve_balance",
        compute_sudo=True,
        help="Of the day before, from the register; below zero, the claim.",
    )
    stopped_ids = fields.Many2many(
        "troc.compensation", string="What is stopped", compute="_compute_compensations"
    )
    since_ids = fields.Many2many(
        "troc.compensation",
        string="Validated on the day of the judgment or after it",
        compute="_compute_compensations",
        help="Before it was recorded: to be examined with the representative.",
    )
    stopped_deals = fields.Char(
        "Deals that are stopped", compute="_compute_stopped_deals", compute_sudo=True
    )
    loss_ids = fields.One2many("troc.loss", "insolvency_id", "Losses")

    _one_at_a_time = models.UniqueIndex(
        "(member_id) WHERE state = 'recorded'",
        "A judgment on this member is recorded already.",
    )

    @api.depends("published_on", "judged_on")
    def _compute_claim_until(self):
        for judgment in self:
            begins = judgment.published_on or judgment.judged_on
            judgment.claim_until = begins + relativedelta(months=MONTHS_TO_CLAIM)

    def _compute_eve_balance(self):
        for judgment in self:
            rows = self.env["troc.register.item"]._read_group(
                judgment._eve_domain(), [], ["amount:sum"]
            )
            judgment.eve_balance = rows[0][0] or 0.0

    @api.depends("state")
    def _compute_compensations(self):
        for judgment in self:
            own = Domain(judgment.member_id._compensation_domain())
            waits = Domain("state", "in", ("draft", "submitted"))
            since = Domain("state", "=", "validated") & Domain(
                "entry_date", ">=", judgment.judged_on
            )
            find = self.env["troc.compensation"].search
            recorded = judgment.state == "recorded"
            judgment.stopped_ids = find(own & waits) if recorded else False
            judgment.since_ids = find(own & since)

    @api.depends("state")
    def _compute_stopped_deals(self):
        for judgment in self:
            names = judgment.state == "recorded" and judgment._deals()
            judgment.stopped_deals = ", ".join(names or ())

    @api.depends("member_id.name", "judged_on")
    def _compute_display_name(self):
        for judgment in self:
            judgment.display_name = self.env._(
                "Judgment on %s", judgment.member_id.name
            )

    def write(self, vals):
        done = super().write(vals)
        if "published_on" in vals:
            for judgment in self:
                own = judgment.activity_ids.filtered(judgment._asks_to_claim)
                own.date_deadline = judgment.claim_until
        return done

    def _eve_domain(self):
        return [
            ("member_id", "=", self.member_id.id),
            ("date", "<", self.judged_on),
        ]

    def _deals(self):
        """Return the names of deals whose payment in Actifs stops; for other addons."""
        return []

    def _told_deals(self):
        """Tell, where deals are made, what a judgment stops; for other addons."""

    # -- the claim ------------------------------------------------------------------

    def _asks_to_claim(self, activity):
        return activity.activity_type_id == self.env.ref(ACTIVITY)

    def _ask_to_claim(self):
        """Give managers an activity, where the member owes the network something."""
        if dec(self.eve_balance) >= 0:
            return
        own = unsealed(self).with_user(SUPERUSER_ID)
        for user in all_managers(self.env):
            own.activity_schedule(
                ACTIVITY,
                date_deadline=self.claim_until,
                user_id=user.id,
                summary=self.member_id.name,
            )

    def _claim_movements(self):
        """Return (balance brought forward, movements) that make the eve's balance up.

        From the last time the account stood at zero or above: what was earned and
        spent before is settled.
        """
        items = self.env["troc.register.item"].search(
            self._eve_domain(), order="date, id"
        )
        settled = [n for n, item in enumerate(items) if dec(item.balance) >= 0]
        if not settled:
            return 0.0, items
        return items[settled[-1]].balance, items[settled[-1] + 1 :]

    def _claim_fees(self):
        """Return what the member owes the operator in euros; for other addons.

        A list of (document, date, amount incl. VAT), on the eve of the judgment.
        """
        return []

    @each_once
    def action_print_claim(self):
        """Print the statement of the claim that the network declares."""
        report = self.env.ref("troc_actif.action_report_claim")
        return report.report_action(self, config=False)

    # -- lifted ---------------------------------------------------------------------

    @each_once
    def action_lift(self, reason: Text):
        """Let these members trade again, for a recorded reason; managers only.

        A judgment that was recorded by mistake, a plan that the court adopted, the
        consent of the administrator.
        """
        self.check_access("read")
        for judgment in self:
            judgment.member_id._check_life_deciders()
            judgment.member_id._check_reason(reason)
        self.member_id._lock_life()
        for judgment in self.filtered(lambda j: j.state == "recorded"):
            judgment._lift(reason.strip())
        return True

    def _lift(self, reason):
        sealed(self).write(
            {
                "state": "lifted",
                "lifted_by_id": self.env.uid,
                "lifted_on": fields.Datetime.now(),
                "lift_reason": reason,
            }
        )
        self.member_id._log(self.env._("Judgment lifted: %s", reason))
        unsealed(self).sudo().activity_unlink([ACTIVITY])
        self.member_id._follow_judgment()

    # -- the loss -------------------------------------------------------------------

    @each_once
    def action_write_off(self):
        """Open the loss of what the member owes, as a draft; managers only."""
        self.ensure_one()
        check_managers(self)
        draft = self.loss_ids.filtered(lambda loss: loss.state == "draft")[:1]
        loss = draft or self.env["troc.loss"]._begin(self)
        return loss._get_records_action(name=self.env._("Loss"))

    def _check_recorded(self):
        """Refuse what needs a judgment that stands."""
        for judgment in self.filtered(lambda j: j.state != "recorded"):
            error = RuleError("judgment_lifted", date=judgment.judged_on)
            exceptions.refuse(self.env, error, judgment.display_name)
