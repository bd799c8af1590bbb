from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.managers import check_managers
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text

from .troc_link_api import TrocLinkApi

OPEN = ("waiting", "failed")
CONTACT_SECONDS = 60


class TrocLink(
    TrocLinkApi,
    models.Model,
):
    """The link of one member with his own Odoo: what was sent, booked, or failed.

    The member's side runs elsewhere (`./scripts/troc-link`) and calls the methods of
    troc_link_api.py as a user of the member.  A member has one link, kept for ever: its
    entries say what stands in his books.
    """

    _name = "troc.link"
    _description = "Link with a member's own Odoo"
    _inherit = ["troc.kept.mixin"]
    _order = "last_contact desc, id desc"
    _rec_name = "member_id"

    member_id = fields.Many2one(
        "troc.member", required=True, readonly=True, ondelete="restrict"
    )
    network_id = fields.Many2one(related="member_id.network_id", store=True)
    territory_id = fields.Many2one(related="member_id.territory_id", store=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    state = fields.Selection(
        [("active", "Linked"), ("revoked", "Revoked")],
        required=True,
        default="active",
        readonly=True,
        index=True,
    )
    since = fields.Date(
        "Books from",
        required=True,
        readonly=True,
        help="Movements dated before are booked by hand.",
    )
    opened_by_id = fields.Many2one("res.users", "Opened by", readonly=True)
    opened_on = fields.Datetime("Opened on", readonly=True)
    revoked_by_id = fields.Many2one("res.users", "Revoked by", readonly=True)
    revoked_on = fields.Datetime("Revoked on", readonly=True)
    revoked_reason = fields.Char("Why it was revoked", readonly=True)
    last_contact = fields.Datetime(readonly=True)
    is_silent = fields.Boolean(
        compute="_compute_is_silent",
        help="Entries wait and nothing was heard for two days.",
    )
    client_version = fields.Char("Version of the link", readonly=True)
    books_version = fields.Char("The member's Odoo", readonly=True)
    books_database = fields.Char("The member's database", readonly=True)
    books_addon = fields.Boolean("With Troc Actif", readonly=True)
    writings = fields.Integer(
        readonly=True, help="Counts the calls that write, so that they queue up."
    )
    entry_ids = fields.One2many("troc.link.entry", "link_id", "Entries", readonly=True)
    cursor = fields.Integer(
        compute="_compute_counts", help="Every movement up to this one is booked."
    )
    waiting_count = fields.Integer("Waiting", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")
    posted_count = fields.Integer("Posted", compute="_compute_counts")

    _member_unique = models.UniqueIndex("(member_id)", "A member has one link.")

    @api.depends("last_contact", "entry_ids.state")
    def _compute_is_silent(self):
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        for link in self:
            heard = link.last_contact and link.last_contact > limit
            link.is_silent = bool(
                link.state == "active" and link.waiting_count and not heard
            )

    @api.depends("entry_ids.state")
    def _compute_counts(self):
        # sudo: how many, for who may read the link
        entries_sudo = self.env["troc.link.entry"].sudo()
        counts = {
            (link.id, state): count
            for link, state, count in entries_sudo._read_group(
                [("link_id", "in", self.ids)], ["link_id", "state"], ["__count"]
            )
        }
        for link in self:
            for state in ("waiting", "failed", "posted"):
                link[f"{state}_count"] = counts.get((link.id, state), 0)
            link.cursor = entries_sudo._cursor(link)

    # -- acts ---------------------------------------------------------------------

    @api.model
    def _open(self, member, since):
        """Open the member's link, again where it was closed; return it."""
        link = self._of(member)
        values = {
            "state": "active",
            "opened_by_id": self.env.uid,
            "opened_on": fields.Datetime.now(),
        }
        if link:
            sealed(link).write(values)
        else:
            link = sealed(self).create(
                {**values, "member_id": member.id, "since": since}
            )
            # whatever it said before: a movement that another transaction posts writes
            # this row too, so that one of the two runs again and none is missed
            sealed(member).write({"kind": "linked"})
            self.env["troc.link.entry"]._expect_all(link)
        member.sudo()._message_log(
            body=self.env._("The link with the member's own Odoo was opened"),
            author_id=self.env.user.partner_id.id,
        )
        return link.with_env(self.env)

    @api.model
    def _of(self, member):
        # sudo: which link a member has; who calls was checked to be of the member
        return self.sudo().search([("member_id", "=", member.id)], limit=1)

    @each_once
    def action_revoke(self, reason: Text):
        """Close links; nothing more is answered to them.  Managers, or the member.

        The keys that the member's users made for it are removed.
        """
        self.check_access("read")
        for link in self.filtered(lambda one: one.state == "active"):
            link._check_may_revoke(reason)
            sealed(link).write(
                {
                    "state": "revoked",
                    "revoked_by_id": self.env.uid,
                    "revoked_on": fields.Datetime.now(),
                    "revoked_reason": reason,
                }
            )
            # sudo: also of the member's users; the caller was checked
            link.sudo().member_id._drop_link_keys()
            link.member_id.sudo()._message_log(
                body=self.env._("The link was revoked: %s", reason),
                author_id=self.env.user.partner_id.id,
            )
        return True

    def _check_may_revoke(self, reason):
        member = self.sudo().member_id
        if member.with_env(self.env)._right_of(self.env.user) != "administer":
            check_managers(self)
        member.with_env(self.env)._check_reason(reason)

    @each_once
    def action_reopen(self):
        """Open revoked links again; managers only."""
        check_managers(self)
        for link in self.filtered(lambda one: one.state == "revoked"):
            self._open(link.member_id, link.since)
        return True

    def _may_reopen(self, user):
        """Tell whether a user of the member may: not what the network closed."""
        # sudo: who revoked it, nobody in a neutralised copy
        revoker = self.sudo().revoked_by_id
        return (
            bool(revoker) and self.sudo().member_id._right_of(revoker) == "administer"
        )

    @each_once
    def action_retry(self):
        """Send the failed entries of these links once more."""
        self.check_access("read")
        failed = self.sudo().entry_ids.filtered(lambda e: e.state == "failed")
        return failed.with_env(self.env).action_retry()

    @each_once
    def action_open_entries(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_link.action_link_entry"
        )
        return {**action, "domain": [("link_id", "=", self.id)], "context": {}}

    # -- what is heard ------------------------------------------------------------

    def _heard(self, client=None):
        """Note the contact, and what the member's side tells of itself."""
        now, values = fields.Datetime.now(), self._prepare_client(client or {})
        before = self.last_contact
        if not before or (now - before).total_seconds() > CONTACT_SECONDS:
            values["last_contact"] = now
        if values:
            sealed(self).write(values)

    def _prepare_client(self, client):
        given = {
            "client_version": str(client.get("version") or "")[:40],
            "books_version": str(client.get("odoo") or "")[:40],
            "books_database": str(client.get("database") or "")[:80],
        }
        values = {n: v for n, v in given.items() if v and v != self[n]}
        if "addon" in client and bool(client["addon"]) != self.books_addon:
            values["books_addon"] = bool(client["addon"])
        return values

    def _queue_up(self):
        """Change the link's row: a second call that writes waits, then sees all.

        Locking alone would let the second go on with what it saw before.
        """
        sealed(self).write({"writings": self.writings + 1})
        self.flush_recordset()

    @api.model
    def _refuse(self, code, member, **facts):
        # of who belongs to no member, or to several, the user is told
        name = member.sudo().name if len(member) == 1 else self.env.user.name
        exceptions.refuse(self.env, RuleError(code, member=name, **facts), name)
