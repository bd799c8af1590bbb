from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import link as rules
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed

from .troc_link import OPEN
from .troc_link_wire import TrocLinkEntryLinkWire

CHUNK = 1000


class TrocLinkEntry(
    TrocLinkEntryLinkWire,
    models.Model,
):
    """One movement of a linked member's account, and what became of it in his books.

    Made with the register entry, in its transaction; only the link's own methods change
    it.  `key` names it at both ends (lib/actif_rules/link.py).
    """

    _name = "troc.link.entry"
    _description = "Entry of a link"
    _inherit = ["troc.kept.mixin"]
    _order = "item_id desc"
    _rec_name = "reference"

    link_id = fields.Many2one(
        "troc.link", required=True, readonly=True, ondelete="restrict", index=True
    )
    member_id = fields.Many2one(related="link_id.member_id", store=True, index=True)
    network_id = fields.Many2one(related="link_id.network_id", store=True)
    territory_id = fields.Many2one(related="link_id.territory_id", store=True)
    currency_id = fields.Many2one(related="link_id.currency_id")
    # a journal item, by its id: its order is that of the commits, for one member, since
    # every movement first writes his balance (decision 0028)
    item_id = fields.Integer("Movement", required=True, readonly=True)
    about = fields.Char(required=True, readonly=True)
    key = fields.Char(required=True, readonly=True)
    reverses_id = fields.Many2one("troc.link.entry", "Takes back", readonly=True)
    compensation_id = fields.Many2one(
        "troc.compensation", readonly=True, index="btree_not_null"
    )
    date = fields.Date(required=True, readonly=True)
    reference = fields.Char(readonly=True)
    amount = fields.Monetary(
        readonly=True, help="Earned, or below zero, spent; in Actifs."
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("posted", "Posted"),
            ("failed", "Failed"),
            ("before", "Before the link"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    reason = fields.Char("Why it failed", readonly=True)
    detail = fields.Char("To know", readonly=True)
    books_reference = fields.Char("In the member's books", readonly=True)
    books_date = fields.Date("Booked as of", readonly=True)
    reported_on = fields.Datetime(readonly=True)
    tries = fields.Integer(readonly=True)

    _key_unique = models.UniqueIndex("(link_id, key)", "This entry is there already.")
    _item_unique = models.UniqueIndex(
        "(link_id, item_id)", "This movement is there already."
    )
    _open_idx = models.Index("(link_id, item_id) WHERE state IN ('waiting', 'failed')")
    _about_idx = models.Index("(link_id, about)")

    @api.model
    def _cursor(self, link):
        """Return the last movement before which everything is booked."""
        own = [("link_id", "=", link.id)]
        first = self.search([*own, ("state", "in", OPEN)], order="item_id", limit=1)
        if first:
            own.append(("item_id", "<", first.item_id))
        return self.search(own, order="item_id desc", limit=1).item_id

    @each_once
    def action_retry(self):
        """Send these entries once more, also those that were reported as posted.

        The member's side finds by the key what is there, and posts nothing twice.
        """
        self.check_access("read")
        self._check_may_retry()
        todo = sealed(self).filtered(lambda entry: entry.state in ("failed", "posted"))
        todo.write({"state": "waiting", "reason": False})
        return True

    def _check_may_retry(self):
        """Animators see all links; those of others they leave to their colleagues."""
        user = self.env.user
        for member in self.sudo().member_id:
            own = member._right_of(user) in ("trade", "administer")
            animates = user in member.territory_id.animator_ids
            if not (own or animates or user.has_group("troc_actif.group_troc_manager")):
                self.env["troc.link"]._refuse("not_trader", member, user=user.name)

    # -- made -----------------------------------------------------------------------

    @api.model
    def _expect(self, moves):
        """Expect the movements of these register entries at the members who link."""
        # sudo: the caller posts them; which member has a link is no secret to the code
        links = sealed(self.env["troc.link"]).search(
            [("member_id.partner_id", "in", moves.line_ids.partner_id.ids)]
        )
        for link in links:
            network, partner = link.network_id, link.member_id.partner_id
            lines = moves.line_ids.filtered(
                lambda line, network=network, partner=partner: (
                    line.partner_id == partner
                    and line.account_id == network.register_account_id
                    and line.journal_id == network.register_journal_id
                )
            )
            self._make(link, lines.sorted("id"))

    @api.model
    def _expect_all(self, link):
        """Expect all movements so far, those before the link's first day as booked."""
        network = link.network_id
        # sudo: the items of this member's own account in the register
        items = sealed(self.env["account.move.line"])
        domain = [
            ("account_id", "=", network.register_account_id.id),
            ("journal_id", "=", network.register_journal_id.id),
            ("partner_id", "=", link.member_id.partner_id.id),
            ("parent_state", "=", "posted"),
        ]
        found = items.search(domain, order="id")
        for start in range(0, len(found), CHUNK):
            self._make(link, found[start : start + CHUNK], since=link.since)

    @api.model
    def _make(self, link, lines, since=None):
        """Make the entries of these lines; those dated before `since` are booked."""
        entries = sealed(self)
        abouts = [self._about(link, line) for line in lines]
        keys = rules.keys(abouts, entries._times(link, abouts))
        rows = [
            self._prepare_entry(link, line, about, key, since)
            for line, about, key in zip(lines, abouts, keys, strict=True)
        ]
        back = [bool(self._reversed_move(line)) for line in lines]
        entries.create(
            [row for row, takes in zip(rows, back, strict=True) if not takes]
        )
        # one by one: each finds what it takes back among those made before it
        for line, row, takes in zip(lines, rows, back, strict=True):
            if takes:
                reverses = self._reversed_entry(link, line)
                entries.create({**row, "reverses_id": reverses.id})

    @api.model
    def _times(self, link, abouts):
        groups = self._read_group(
            [("link_id", "=", link.id), ("about", "in", abouts)], ["about"], ["__count"]
        )
        return dict(groups)

    @api.model
    def _about(self, link, line):
        """Return what a movement is about, in words that outlive the database."""
        network, member = link.network_id, link.member_id
        # whose books: both parties' may be companies of one Odoo
        identity = f"{network.link_uuid}/{network.id}/{member.siren or member.name}"
        compensation = line.move_id.troc_compensation_id
        transfer = line.move_id.troc_transfer_id
        if compensation:
            seller = compensation.seller_id
            year = compensation.document_year
            origin = compensation.origin_id
            if compensation.document_type == "correction":
                year = origin.document_year
            who = seller.siren or seller.name
            return rules.subject(identity, who, compensation.document_number, year)
        if transfer:
            parties = [
                m.siren or m.name for m in (transfer.giver_id, transfer.taker_id)
            ]
            return rules.subject(identity, "transfer", transfer.name, *parties)
        return rules.subject(identity, "entry", line.move_id.name)

    @api.model
    def _prepare_entry(self, link, line, about, key, since):
        move = line.move_id
        return {
            "link_id": link.id,
            "item_id": line.id,
            "about": about,
            "key": key,
            "compensation_id": move.troc_compensation_id.id,
            "date": move.date,
            "reference": move.ref or move.name,
            "amount": line.balance,
            "state": "before" if since and move.date < since else "waiting",
        }

    @api.model
    def _reversed_move(self, line):
        """Return the register entry that a movement takes back, or a part of it."""
        move = line.move_id
        compensation = move.troc_compensation_id
        if not move.reversed_entry_id and compensation.document_type == "correction":
            return compensation.origin_id.register_move_id
        return move.reversed_entry_id

    @api.model
    def _reversed_entry(self, link, line):
        """Return the entry of this link that a movement takes back."""
        own = self._reversed_move(line).line_ids.filtered(
            lambda item: item.partner_id == line.partner_id
        )
        return sealed(self).search(
            [("link_id", "=", link.id), ("item_id", "in", own.ids)], limit=1
        )
