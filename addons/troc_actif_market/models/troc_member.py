"""A member on the marketplace: listings, helping hands, conversations."""

from odoo import api, fields, models

from odoo.addons.troc_actif.models.members.troc_member_profile import TRADING
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean

from .troc_member_home import TrocMemberHome
from .troc_member_life import TrocMemberLife

WISHES = 3


class TrocMember(
    TrocMemberHome,
    TrocMemberLife,
    models.Model,
):
    _inherit = "troc.member"

    hours_promised = fields.Float(
        help="Hours a year that the member has promised to give (Entraide)."
    )
    hours_given = fields.Float(compute="_compute_hours")
    hours_received = fields.Float(compute="_compute_hours")
    listing_ids = fields.One2many("troc.listing", "member_id")
    listing_count = fields.Integer(
        "Listings online",
        compute="_compute_listing_count",
        search="_search_listing_count",
    )

    def _compute_hours(self):
        given, received = self._hours("seller_id"), self._hours("buyer_id")
        for member in self:
            member.hours_given = given.get(member.id, 0.0)
            member.hours_received = received.get(member.id, 0.0)

    def _hours(self, side):
        # sudo: sums of the member's own helping hands, which he may read
        groups = (
            self.env["troc.introduction"]
            .sudo()
            ._read_group(
                [
                    (side, "in", self.ids),
                    ("is_helping_hand", "=", True),
                    ("state", "=", "settled"),
                ],
                [side],
                ["hours:sum"],
            )
        )
        return {member.id: hours for member, hours in groups}

    @api.depends("listing_ids.state")
    def _compute_listing_count(self):
        groups = self.env["troc.listing"]._read_group(
            [("member_id", "in", self.ids), ("state", "=", "published")],
            ["member_id"],
            ["__count"],
        )
        counts = {member.id: count for member, count in groups}
        for member in self:
            member.listing_count = counts.get(member.id, 0)

    def _search_listing_count(self, operator, value):
        if (operator, value) not in (("=", 0), ("in", {0}), ("in", [0])):
            return NotImplemented
        return [("listing_ids", "not any", [("state", "=", "published")])]

    def _visible_on_market(self, member_id):
        """Return the member with this id that `self` may look at, else empty."""
        # sudo: see _public_profile
        member = self.sudo().browse(member_id).exists()
        trading = self.sudo().filtered(lambda m: m.state in TRADING)
        same = member.network_id in trading.network_id
        return member if same and member.state in TRADING else member.browse()

    def _add_wishes(self, values):
        """Keep the first offers and needs as drafts, for the member to complete."""
        for kind, titles in (
            ("offer", values.get("offers")),
            ("need", values.get("needs")),
        ):
            for title in (titles or [])[:WISHES]:
                title = clean(title, 120)
                if title:
                    self.env["troc.listing"].create(
                        {"member_id": self.id, "kind": kind, "name": title}
                    )
        return super()._add_wishes(values)

    # -- where to begin ------------------------------------------------------------

    def _words_to_begin_with(self):
        return self.env.ref("troc_actif_market.mail_member_nudge")

    def _where_to_trade(self):
        return "/my/actif/suggestions"
