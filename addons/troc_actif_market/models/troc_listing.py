"""An offer or a need of a member: what it says, and where it stands."""

from odoo import api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.models.common.kept import refuse_unsealed
from odoo.addons.troc_actif.models.common.troc_thread_mixin import WHOLE_NETWORK
from odoo.addons.troc_actif_invoice.lib.actif_rules import listing as rules
from odoo.addons.troc_actif_invoice.lib.actif_rules import parties
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.tools import dec
from odoo.addons.troc_actif_invoice.typed import Text

from .troc_listing_calendar import TrocListingCalendar
from .troc_listing_expiry import TrocListingExpiry
from .troc_listing_life import TrocListingLife
from .troc_listing_matching import TrocListingMatching
from .troc_listing_moderation import TrocListingModeration
from .troc_listing_page import TrocListingPage
from .troc_listing_search import TrocListingSearch

KINDS = [("offer", "Offer"), ("need", "Need")]
STATES = [
    ("draft", "Draft"),
    ("pending", "Waiting for the animator"),
    ("published", "Published"),
    ("paused", "Paused"),
    ("expired", "Expired"),
    ("closed", "Closed"),
]
UNITS = [
    ("flat", "as a whole"),
    ("piece", "a piece"),
    ("hour", "an hour"),
    ("half_day", "a half-day"),
    ("day", "a day"),
    ("week", "a week"),
    ("month", "a month"),
    ("person", "a person"),
    ("sqm", "a square metre"),
    ("kg", "a kilogram"),
]
SHARES = [("100", "100 % Actif"), ("50", "50 % Actif"), ("free", "Share to agree upon")]
AREAS = [
    ("department", "My department"),
    ("territory", "My territory"),
    ("anywhere", "Everywhere, or at a distance"),
]


class TrocListing(
    TrocListingCalendar,
    TrocListingExpiry,
    TrocListingLife,
    TrocListingMatching,
    TrocListingModeration,
    TrocListingPage,
    TrocListingSearch,
    models.Model,
):
    """An offer or a need.  Members write it as themselves; `action_*` moves it on."""

    _name = "troc.listing"
    _description = "Listing"
    _inherit = ["troc.sealed.mixin", "troc.thread.mixin", "mail.activity.mixin"]
    _order = "published_on desc, id desc"
    _rec_names_search = ["name"]

    SEALED_FIELDS = frozenset(
        (
            "state",
            "published_on",
            "expires_on",
            "reminded_on",
            "moderation_reason",
            "to_review",
            "suspended_state",
        )
    )
    DERIVED_FIELDS = frozenset(
        (
            "network_id",
            "territory_id",
            "department_id",
            "search_title",
            "search_category",
            "search_body",
            "search_short",
        )
    )

    name = fields.Char("Title", required=True, translate=False)
    kind = fields.Selection(KINDS, required=True, default="offer", index=True)
    is_helping_hand = fields.Boolean(
        "Helping hand", help="Given without Actifs: time, advice, a desk, a machine."
    )
    description = fields.Text()
    member_id = fields.Many2one(
        "troc.member", required=True, ondelete="cascade", index=True
    )
    network_id = fields.Many2one(related="member_id.network_id", store=True, index=True)
    currency_id = fields.Many2one(related="network_id.currency_id")
    territory_id = fields.Many2one(
        related="member_id.territory_id", store=True, index=True
    )
    department_id = fields.Many2one(
        related="member_id.department_id", store=True, index=True
    )
    category_id = fields.Many2one("troc.category", ondelete="restrict", index=True)
    price_min = fields.Monetary("Price", help="In Actifs, VAT included.")
    price_max = fields.Monetary("Up to", help="Empty: one price.")
    price_unit = fields.Selection(UNITS, "Per", required=True, default="flat")
    share = fields.Selection(SHARES, "Share taken", required=True, default="100")
    quantity = fields.Integer("Quantity or capacity")
    service_area = fields.Selection(
        AREAS, "Area served", required=True, default="territory"
    )
    availability = fields.Char(help="In a few words: Tuesdays, from March on.")
    slot_ids = fields.One2many("troc.listing.slot", "listing_id", "Calendar")
    picture_ids = fields.One2many("troc.listing.picture", "listing_id", "Pictures")
    cover = fields.Image(compute="_compute_cover")

    state = fields.Selection(STATES, required=True, default="draft", index=True)
    published_on = fields.Datetime(readonly=True, index=True)
    expires_on = fields.Date(readonly=True)
    reminded_on = fields.Date(readonly=True)
    moderation_reason = fields.Char("Why it was sent back", readonly=True)
    to_review = fields.Boolean(
        readonly=True, default=True, help="Changed since an animator saw it."
    )
    introduction_ids = fields.One2many("troc.introduction", "listing_id")
    introduction_count = fields.Integer(compute="_compute_introduction_count")
    in_my_territory = fields.Boolean(
        "In my territories",
        compute="_compute_in_my_territory",
        search="_search_in_my_territory",
    )

    _prices = models.Constraint(
        "CHECK(price_min >= 0 AND price_max >= 0)", "Prices are zero or more."
    )

    # Listings whose member may not trade for now: off the marketplace, never deleted
    suspended_state = fields.Selection(
        [("published", "Published"), ("pending", "Waiting for the animator")],
        "Suspended when",
        readonly=True,
        help="Off the marketplace because of the state of its member; it comes back "
        "by itself.",
    )

    # Which offers answer a need, and which needs an offer would meet
    is_unmatched = fields.Boolean(
        "Nobody offers this",
        compute="_compute_is_unmatched",
        search="_search_is_unmatched",
        help="A need: no other member offers anything in its category.",
    )

    # Finding listings: French full text, then words that are spelt nearly so
    search_title = fields.Char(compute="_compute_search_texts", store=True)
    search_category = fields.Char(compute="_compute_search_texts", store=True)
    search_body = fields.Text(compute="_compute_search_texts", store=True)
    search_short = fields.Char(compute="_compute_search_texts", store=True)

    @api.depends("picture_ids.image_512")
    def _compute_cover(self):
        for listing in self:
            listing.cover = listing.picture_ids[:1].image_512

    @api.depends("introduction_ids")
    def _compute_introduction_count(self):
        for listing in self:
            # sudo: how many asked, not who
            listing.introduction_count = len(listing.sudo().introduction_ids)

    @api.depends_context("uid")
    @api.depends("territory_id")
    def _compute_in_my_territory(self):
        mine = self.env["troc.territory"]._mine()
        for listing in self:
            listing.in_my_territory = not mine or listing.territory_id in mine

    def _search_in_my_territory(self, operator, value):
        return self.env["troc.member"]._search_in_my_territory(operator, value)

    def _sealed_defaults(self, vals):
        return {**super()._sealed_defaults(vals), "state": "draft", "to_review": True}

    @api.model_create_multi
    def create(self, vals_list):
        # its author is told by name, not as a follower of a conversation
        quiet = self.with_context(mail_create_nosubscribe=True)
        return super(TrocListing, quiet).create(vals_list).with_env(self.env)

    def write(self, vals):
        if is_sealed(self.env):
            if "state" in vals:
                # whatever else becomes of it, it is no longer only suspended
                vals = {"suspended_state": False, **vals}
            return super().write(vals)
        refuse_unsealed(self, {"member_id"}, vals)
        before = {listing: listing._moderated_values() for listing in self}
        done = super().write(vals)
        # what others read stays complete, and is looked at again
        self.filtered(lambda x: x.state == "published")._check_complete()
        changed = self.filtered(lambda x: x._moderated_values() != before[x])
        changed._review_again()
        return done

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        for listing, vals in zip(self, copies, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%s (copy)", listing.name)
        return copies

    def copy(self, default=None):
        copies = super().copy(default)
        for listing, new in zip(self, copies, strict=True):
            for picture in listing.picture_ids:
                picture.copy({"listing_id": new.id})
        return copies

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What a member and the animators write about a listing is theirs alone.

        The marketplace shows the listing to other members, never its messages.
        """
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if message_operation == "read" and not self.env.user.has_groups(WHOLE_NETWORK):
            return dict.fromkeys(operations, "write")
        return operations

    # -- rules -----------------------------------------------------------------

    def _problems(self):
        """Return [(field, RuleError)] for what keeps it from being published."""
        self.ensure_one()
        # sudo: a member may not read the network's rules; only refusals leave
        network = self.sudo().network_id
        return rules.problems(self._facts(), network._allowed_shares())

    def _facts(self):
        return rules.Listing(
            title=self.name or "",
            description=self.description or "",
            has_category=bool(self.category_id),
            share=self.share,
            price_min=dec(self.price_min) if self.price_min else None,
            price_max=dec(self.price_max) if self.price_max else None,
            quantity=self.quantity,
            is_helping_hand=self.is_helping_hand,
        )

    def _check_complete(self):
        for listing in self:
            for _field, error in listing._problems():
                exceptions.refuse(self.env, error, listing.display_name)

    def _check_publishable(self):
        self._check_complete()
        for listing in self:
            party = listing.sudo().member_id._party()
            try:
                if listing.kind == "offer":
                    parties.check_seller(party)
                else:
                    parties.check_buyer(party)
            except RuleError as error:
                exceptions.refuse(self.env, error, listing.display_name)

    # -- from one state to the next ---------------------------------------------

    @each_once
    def action_publish(self):
        """Publish, or show it first to the animators where the network wants that.

        Also takes up again what was paused, for the rest of its time.
        """
        self.check_access("write")
        self._check_publishable()
        for listing in self.filtered(lambda x: x.state != "published"):
            if listing._needs_moderation():
                sealed(listing).state = "pending"
                listing._ask_animators()
            else:
                listing._put_online()
        return True

    @each_once
    def action_renew(self):
        """Keep it online for another period."""
        self.check_access("write")
        online = self.filtered(lambda x: x.state == "published")
        for listing in online:
            listing._check_publishable()
            sealed(listing).write(
                {"expires_on": listing._expiry(), "reminded_on": False}
            )
        return (self - online).action_publish()

    @each_once
    def action_pause(self):
        """Take it off the marketplace for a while."""
        self.check_access("write")
        online = self.filtered(lambda x: x.state in ("published", "pending"))
        sealed(online).write({"state": "paused"})
        online._close_activities()
        return True

    @each_once
    def action_contact(self, body: Text):
        """Write to the member of a listing; return the id of the conversation.

        As a user of another member, with the right to trade for it.
        """
        self.ensure_one()
        self.check_access("read")
        members = self.env["troc.member"]._of_user(self.env.user)
        member = members.filtered(lambda m: m.network_id == self.sudo().network_id)
        if not member:
            error = RuleError("not_trader", user=self.env.user.name)
            exceptions.refuse(self.env, error, self.name)
        introduction = self.env["troc.introduction"]._start(
            self, member[:1].with_env(self.env), body
        )
        return introduction.id

    @each_once
    def action_close(self):
        """It is sold, found or given up; it stays among the member's own."""
        self.check_access("write")
        sealed(self).write({"state": "closed"})
        self._close_activities()
        return True

    def _put_online(self):
        """Show it: as new, unless it was only paused."""
        now, today = fields.Datetime.now(), fields.Date.context_today(self)
        goes_on = self.state == "paused" and self.expires_on and self.published_on
        if not (goes_on and self.expires_on >= today):
            sealed(self).write({"published_on": now, "expires_on": self._expiry()})
        sealed(self).write(
            {
                "state": "published",
                "reminded_on": False,
                "moderation_reason": False,
                "to_review": False,
            }
        )

    def _expiry(self):
        # sudo: the network's setting
        days = self.sudo().network_id.listing_days
        return rules.expiry(fields.Date.context_today(self), days)
