"""A member on the marketplace: what others see of him, what he has set aside."""

from odoo import api, fields, models
from odoo.fields import Domain

from .. import exceptions
from ..lib.actif_rules.errors import RuleError
from ..lib.actif_rules.text import clean_lines
from ..public import each_once
from ..tools import dec
from .seal import sealed

PRESENTATION_LENGTH = 2000
# Who may look for partners, contact them and agree.
TRADING = ("active", "on_hold", "stand_by", "leaving")


class TrocMember(models.Model):
    _inherit = "troc.member"

    department_id = fields.Many2one(
        "troc.department", compute="_compute_department_id", store=True, index=True
    )
    presentation = fields.Text(
        help="What other members read of the company on its page."
    )
    hours_promised = fields.Float(
        help="Hours a year that the member has promised to give (Entraide)."
    )
    hours_given = fields.Float(compute="_compute_hours")
    hours_received = fields.Float(compute="_compute_hours")
    reserved_amount = fields.Monetary(
        "Set aside", readonly=True, help="For deals agreed upon and not yet validated."
    )
    listing_ids = fields.One2many("troc.listing", "member_id")
    listing_count = fields.Integer(
        "Listings online",
        compute="_compute_listing_count",
        search="_search_listing_count",
    )

    _reserved_positive = models.Constraint(
        "CHECK(reserved_amount >= 0)", "What is set aside is zero or more."
    )

    @api.depends("partner_id.zip")
    def _compute_department_id(self):
        for member in self:
            code = member.partner_id.zip
            member.department_id = self.env["troc.department"]._of_postal_code(code)

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

    # -- what is set aside -----------------------------------------------------------

    def _add_reserved(self, amount):
        """Set aside, or free when negative; writes the row (see the reservation)."""
        self.ensure_one()
        reserved = dec(self.reserved_amount) + amount
        sealed(self).reserved_amount = float(max(reserved, dec(0)))

    # -- rules -------------------------------------------------------------------------

    @api.model
    def _trading_domain(self):
        """Return the domain of the members that trade and that the user belongs to."""
        user = self.env.user
        if not user._is_internal():
            own = Domain("partner_id", "=", user.partner_id.commercial_partner_id.id)
        else:
            # a caller may name any company in the context: his own ones count
            companies = self.env.companies & user.sudo().company_ids
            own = Domain("company_id", "in", companies.ids)
        return own & Domain("state", "in", TRADING)

    def _check_may_trade(self):
        if self.sudo().state not in TRADING:
            error = RuleError("may_not_trade", state=self.sudo().state)
            exceptions.refuse(self.env, error, self.sudo().name)

    @each_once
    def action_present(self, presentation):
        """Change what other members read of the company; administrators only."""
        self.ensure_one()
        self._check_administrator()
        text = clean_lines(presentation or "", PRESENTATION_LENGTH)
        # sudo: members write nothing else of their membership
        self.sudo().presentation = text
        return True

    # -- what others see ---------------------------------------------------------

    def _public_profile(self):
        """Return what any member may read of another one: nothing of his account."""
        self.ensure_one()
        # sudo: members read no other member; these words are the company's sign
        member = self.sudo()
        partner = member.partner_id
        return {
            "id": member.id,
            "name": member.name,
            "trade": member.trade or "",
            "legal_form": member.legal_form or "",
            "structure": member.structure,
            "city": partner.city or "",
            "department": member.department_id.name or "",
            "territory": member.territory_id.name or "",
            "website": self._safe_website(partner.website),
            "presentation": member.presentation or "",
            "since": member.create_date,
        }

    def _safe_website(self, website):
        """Return an address that a browser may open, empty for any other scheme."""
        website = website or ""
        return website if website.startswith(("https://", "http://")) else ""

    def _visible_on_market(self, member_id):
        """Return the member with this id that `self` may look at, else empty."""
        # sudo: see _public_profile
        member = self.sudo().browse(member_id).exists()
        trading = self.sudo().filtered(lambda m: m.state in TRADING)
        same = member.network_id in trading.network_id
        return member if same and member.state in TRADING else member.browse()
