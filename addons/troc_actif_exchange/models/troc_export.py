"""What a member owns, or all of a network, in one ZIP that can be imported again."""

import base64
import logging

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed, unsealed

from ..archive import Archive, safe_name
from .troc_export_member import TrocExportMember
from .troc_export_network import TrocExportNetwork
from .troc_export_sheets import TrocExportSheets
from .troc_export_tables import TrocExportTables

_logger = logging.getLogger(__name__)

DAYS = 7
TIMES_A_DAY = 5
# more records than this are gathered in the background
SMALL = 300


class TrocExport(
    TrocExportMember,
    TrocExportNetwork,
    TrocExportSheets,
    TrocExportTables,
    models.Model,
):
    """One ZIP.  Who may take it is checked where it is asked for and where it is taken;
    it goes after some days.
    """

    _name = "troc.export"
    _description = "Export of data"
    _inherit = ["troc.sealed.mixin"]
    _order = "id desc"
    _rec_name = "filename"

    SEALED_FIELDS = frozenset(
        (
            "network_id",
            "member_id",
            "requested_by_id",
            "state",
            "file",
            "filename",
            "file_size",
            "expires_on",
            "ended_on",
        )
    )

    network_id = fields.Many2one("troc.network", readonly=True, ondelete="cascade")
    member_id = fields.Many2one(
        "troc.member",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    about = fields.Char(compute="_compute_about")
    requested_by_id = fields.Many2one("res.users", "Asked for by", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("done", "Made"),
            ("failed", "Failed"),
        ],
        default="waiting",
        readonly=True,
    )
    file = fields.Binary(attachment=True, readonly=True)
    filename = fields.Char("File name", readonly=True)
    file_size = fields.Integer("Size (kB)", readonly=True, aggregator=None)
    expires_on = fields.Date("Kept until", readonly=True)
    ended_on = fields.Datetime(readonly=True)

    @api.depends("member_id.name")
    def _compute_about(self):
        for export in self:
            export.about = export.member_id.name or self.env._("The whole network")

    @api.model
    def _ask(self, network, member=None):
        """Keep the wish of the current user; make it at once where it is small.

        The caller has checked that he may have it.
        """
        now = fields.Datetime.now()
        name = safe_name((member or network).name, 60)
        day = fields.Date.to_string(now)
        export = sealed(self).create(
            {
                "network_id": network.id,
                "member_id": member.id if member else False,
                "requested_by_id": self.env.uid,
                "state": "waiting",
                "filename": f"troc-actif_{name}_{day}.zip",
                "expires_on": fields.Date.add(now.date(), days=DAYS),
            }
        )
        if member and export._is_small():
            export._make()
        else:
            # sudo: starting a scheduled action is no right of who asks
            self.env.ref("troc_actif_exchange.cron_export").sudo()._trigger()
        return export.sudo(False)

    def _is_small(self):
        """Tell whether it is made while the user waits."""
        member = self.member_id
        count = self.env["troc.compensation"].search_count(
            member._compensation_domain(), limit=SMALL
        )
        return count + len(member.listing_ids) < SMALL

    def _members(self):
        """Return whom it is about, the network's own account among them."""
        if self.member_id:
            return self.member_id
        members = self.env["troc.member"].with_context(active_test=False)
        return members.search([("network_id", "=", self.network_id.id)], order="id")

    def _make(self):
        """Gather it all in a temporary file and keep that; as superuser."""
        # the words of the file are those of who asked
        export = self.with_context(lang=self.requested_by_id.lang)
        with Archive() as archive:
            export._fill(archive)
            content = archive.finish().read()
        self.write(
            {
                "state": "done",
                "ended_on": fields.Datetime.now(),
                "file": base64.b64encode(content),
                "file_size": -(-len(content) // 1024),
            }
        )

    # -- in the background -----------------------------------------------------

    @api.model
    def _cron_export(self):
        """Make what waits, and mail that it is ready."""
        waiting = sealed(self).search([("state", "=", "waiting")], order="id")
        each_alone(waiting, lambda export: export._make_or_fail())

    def _make_or_fail(self):
        """Make it and tell; what breaks off says so on its page and is not repeated."""
        try:
            with self.env.cr.savepoint():
                self._make()
                self._notify_ready()
        except Exception:
            _logger.exception("Export %s broke off", self.id)
            self.write({"state": "failed", "ended_on": fields.Datetime.now()})

    def _notify_ready(self):
        unsealed(self.env.ref("troc_actif_exchange.mail_export_ready")).send_mail(
            self.id
        )

    def _link(self):
        """Return where who asked for it takes it: the portal, or the back office."""
        base = self.get_base_url()
        user = self.requested_by_id
        if self.member_id and self.member_id._right_of(user):
            return f"{base}/my/actif/colleagues/data/{self.id}"
        return f"{base}/odoo/troc-exports/{self.id}"

    @each_once
    def action_take(self):
        """Take the file."""
        self.ensure_one()
        self.check_access("read")
        if self.state != "done":
            return {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file?download=true",
            "target": "download",
        }

    @each_once
    def action_refresh(self):
        """Show how far it is."""
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.autovacuum
    def _forget(self):
        """Remove what was kept long enough, its file with it."""
        today = fields.Date.context_today(self)
        self.sudo().search([("expires_on", "<", today)]).unlink()

    def _check_often(self, member):
        """Refuse a member who asks for too much in a day."""
        name, who = member.name, f"member {member.id}"
        tries = self.env["troc.rate.limit"]
        if not tries._allows("export", who, TIMES_A_DAY, hours=24):
            exceptions.refuse(self.env, RuleError("export_too_often"), name)
