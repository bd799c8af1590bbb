"""An existing network comes in: a file, what each of its rows would do, and does."""

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.managers import check_managers
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.tools import dec

from .troc_import_read import TrocImportRead
from .troc_import_report import TrocImportReport
from .troc_import_run import TrocImportRun

TEMPLATE = "modele-import-troc-actif.xlsx"
# more rows than this are checked in the background
DIRECT = 200
READ_FROM = frozenset(("file", "filename", "network_id", "existing"))


class TrocImport(
    TrocImportRead,
    TrocImportReport,
    TrocImportRun,
    models.Model,
):
    """One file.  The check does everything and takes it back; the run does it.

    Both go through the same methods of `troc.import.row`, so that the report of the
    check is that of the run.
    """

    _name = "troc.import"
    _description = "Import of a network"
    _inherit = ["troc.sealed.mixin", "mail.thread"]
    _order = "id desc"

    SEALED_FIELDS = frozenset(
        ("state", "phase", "checked_by_id", "run_by_id", "started_on", "ended_on")
    )

    name = fields.Char(compute="_compute_name", store=True)
    network_id = fields.Many2one(
        "troc.network",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    file = fields.Binary(attachment=True, help="XLSX, CSV or ZIP.")
    filename = fields.Char("File name")
    existing = fields.Selection(
        [("update", "Update them"), ("skip", "Leave them as they are")],
        "Who is there already",
        required=True,
        default="update",
        help="Members are known by their SIREN, listings by member, kind and title.",
    )
    invite = fields.Boolean(
        "Invite the contacts",
        help="Each contact with a mail address gets an invitation to the portal, once "
        "the member is imported.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("running", "Under way"),
            ("done", "Done"),
            ("failed", "Failed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
    )
    phase = fields.Selection([("check", "Check"), ("run", "Import")], readonly=True)
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    run_by_id = fields.Many2one("res.users", "Imported by", readonly=True)
    started_on = fields.Datetime(readonly=True)
    ended_on = fields.Datetime(readonly=True)
    row_ids = fields.One2many("troc.import.row", "import_id", "Report")

    # From the file of an import to its rows
    template = fields.Binary(compute="_compute_template")

    # What an import would do, or did: its rows counted, in words and in percent
    row_count = fields.Integer("Rows", compute="_compute_counts")
    refused_count = fields.Integer("Rows refused", compute="_compute_counts")
    warning_count = fields.Integer("Rows to look at", compute="_compute_counts")
    created_count = fields.Integer("Rows created", compute="_compute_counts")
    updated_count = fields.Integer("Rows changed", compute="_compute_counts")
    unchanged_count = fields.Integer("Rows as before", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts", help="Percent.")
    summary = fields.Char(compute="_compute_summary")

    @api.depends("filename", "network_id.name")
    def _compute_name(self):
        for record in self:
            name = record.filename or self.env._("New import")
            record.name = f"{name} ({record.network_id.name or '–'})"

    def _sealed_defaults(self, vals):
        return {**super()._sealed_defaults(vals), "state": "draft"}

    def write(self, vals):
        if READ_FROM & vals.keys() and not is_sealed(self.env):
            self._check_state("draft", "checked", "failed")
            sealed(self).write({"state": "draft"})
            sealed(self).row_ids.unlink()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _keep_what_was_done(self):
        self._check_state("draft", "checked", "failed")

    def _check_state(self, *states):
        for record in self:
            if record.state not in states:
                error = RuleError("import_wrong_state")
                exceptions.refuse(self.env, error, record.name)

    def _check_manager(self):
        self.check_access("write")
        check_managers(self.network_id)

    # -- what people click ------------------------------------------------------------

    @each_once
    def action_check(self):
        """Read the file and report what an import would do; nothing stays of it.

        A large file is checked in the background.
        """
        self.ensure_one()
        self._check_manager()
        self._check_state("draft", "checked", "failed")
        self._read_file()
        own = sealed(self)
        own.checked_by_id = self.env.uid
        if len(own.row_ids) > DIRECT:
            return self._enqueue("check")
        self._dry_run()
        own.write({"state": "checked", "phase": "check"})
        return True

    @each_once
    def action_run(self):
        """Import what was checked, in the background, as the current user."""
        self.ensure_one()
        self._check_manager()
        self._check_state("checked")
        self._check_second()
        sealed(self).row_ids._reset()
        return self._enqueue("run")

    def _check_second(self):
        """Refuse who checked the file where its balances ask for two managers."""
        threshold = dec(self.network_id.four_eyes_threshold)
        typed = sealed(self).row_ids.filtered("holds_balance")
        highest = max((abs(row._opening_balance()) for row in typed), default=0)
        if 0 < threshold <= highest and self.checked_by_id == self.env.user:
            user = self.env.user.name
            error = RuleError("import_second_manager", threshold=threshold, user=user)
            exceptions.refuse(self.env, error, self.name)

    @each_once
    def action_stop(self):
        """Stop an import that is under way: what is imported stays, the rest waits."""
        self.ensure_one()
        self._check_manager()
        self._check_state("running")
        sealed(self).write({"state": "failed", "ended_on": fields.Datetime.now()})
        return True

    @each_once
    def action_resume(self):
        """Go on with an import that was stopped or broke off."""
        self.ensure_one()
        self._check_manager()
        self._check_state("failed")
        if self.phase != "run":
            return self.action_check()
        self._check_second()
        return self._enqueue("run")

    @each_once
    def action_refresh(self):
        """Show how far it is."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @each_once
    def action_open_rows(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_exchange.action_import_row"
        )
        return {**action, "domain": [("import_id", "=", self.id)], "context": {}}

    @each_once
    def action_template(self):
        """Take the XLSX that people fill in."""
        self.ensure_one()
        url = f"/web/content/{self._name}/{self.id}/template"
        return {
            "type": "ir.actions.act_url",
            "url": f"{url}?download=true&filename={TEMPLATE}",
            "target": "download",
        }

    def _enqueue(self, phase):
        sealed(self).write(
            {
                "state": "running",
                "phase": phase,
                "run_by_id": self.env.uid,
                "started_on": fields.Datetime.now(),
                "ended_on": False,
            }
        )
        # sudo: starting a scheduled action is no right of a manager
        self.env.ref("troc_actif_exchange.cron_import").sudo()._trigger()
        return True
