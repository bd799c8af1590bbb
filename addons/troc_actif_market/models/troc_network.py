"""What a network decides about its marketplace."""

from odoo import api, fields, models
from odoo.fields import Domain


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    listing_days = fields.Integer(
        "Days online",
        default=90,
        help="How long a listing is shown before it is renewed.",
    )
    listing_moderation = fields.Boolean(
        "Animators see listings first",
        help="A new listing, or a changed one, is shown once an animator approves it.",
    )
    public_view = fields.Selection(
        [
            ("none", "Nothing"),
            ("teaser", "Listings without names"),
        ],
        "Shown to visitors",
        required=True,
        default="none",
    )
    show_room = fields.Boolean(
        "Tell sellers whether a buyer can pay",
        help="In a conversation, the seller reads yes or no for an amount that the "
        "buyer has accepted; never the balance.",
    )
    reservation_days = fields.Integer(
        "Days a reservation lasts",
        default=60,
        help="After the date agreed upon; then it lapses.",
    )
    # the current user's company trades in it: the access to listings rests on this
    is_my_market = fields.Boolean(
        "My marketplace",
        compute="_compute_is_my_market",
        search="_search_is_my_market",
        compute_sudo=True,
    )

    _days_positive = models.Constraint(
        "CHECK(listing_days > 0 AND reservation_days >= 0)",
        "A number of days is zero or more; listings are online for one at least.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("member_ids.state", "member_ids.partner_id", "member_ids.company_id")
    def _compute_is_my_market(self):
        mine = self.search([("is_my_market", "=", True)])
        for network in self:
            network.is_my_market = network in mine

    def _search_is_my_market(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return Domain("member_ids", "any", self.env["troc.member"]._trading_domain())
