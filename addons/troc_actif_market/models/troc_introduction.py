"""Two members talk about a listing, and may agree upon a deal."""

from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text

from .troc_introduction_deal import TrocIntroductionDeal
from .troc_introduction_life import TrocIntroductionLife
from .troc_introduction_page import TrocIntroductionPage
from .troc_introduction_talk import TrocIntroductionTalk

STATES = [
    ("open", "In conversation"),
    ("agreed", "Deal"),
    ("delivered", "Delivered"),
    ("invoiced", "Invoiced"),
    ("settled", "Settled"),
    ("cancelled", "Given up"),
]
ALIVE = ("open", "agreed", "delivered", "invoiced")
CONTACTS_AN_HOUR = 20
CALLS_FOR_HELP_AN_HOUR = 6


class TrocIntroduction(
    TrocIntroductionDeal,
    TrocIntroductionLife,
    TrocIntroductionPage,
    TrocIntroductionTalk,
    models.Model,
):
    """A conversation between the member of a listing and one who answers it.

    Nobody has write access: the two sides act by `action_*`, each as himself, with
    the right to trade for his company.
    """

    _name = "troc.introduction"
    _description = "Introduction"
    _inherit = ["troc.portal.page", "mail.activity.mixin"]
    _order = "last_message_on desc, id desc"

    name = fields.Char(required=True)
    listing_id = fields.Many2one("troc.listing", ondelete="set null", index=True)
    network_id = fields.Many2one("troc.network", required=True, ondelete="restrict")
    currency_id = fields.Many2one(related="network_id.currency_id")
    seller_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    buyer_id = fields.Many2one(
        "troc.member", required=True, ondelete="restrict", index=True
    )
    initiator_id = fields.Many2one(
        "troc.member", "Contact made by", required=True, ondelete="restrict"
    )
    seller_partner_id = fields.Many2one(
        related="seller_id.partner_id", store=True, string="Seller's contact"
    )
    buyer_partner_id = fields.Many2one(
        related="buyer_id.partner_id", store=True, string="Buyer's contact"
    )
    seller_company_id = fields.Many2one(
        related="seller_id.company_id", store=True, string="Seller's books"
    )
    buyer_company_id = fields.Many2one(
        related="buyer_id.company_id", store=True, string="Buyer's books"
    )
    seller_territory_id = fields.Many2one(
        related="seller_id.territory_id", store=True, string="Seller's territory"
    )
    buyer_territory_id = fields.Many2one(
        related="buyer_id.territory_id", store=True, string="Buyer's territory"
    )
    is_helping_hand = fields.Boolean("Helping hand")
    state = fields.Selection(STATES, required=True, default="open", index=True)

    last_message_on = fields.Datetime(default=fields.Datetime.now, index=True)
    awaited_id = fields.Many2one("troc.member", "Answer awaited from")
    needs_help = fields.Boolean("Help asked for")
    is_silent = fields.Boolean(
        "No answer for a week", compute="_compute_is_silent", search="_search_is_silent"
    )
    cancel_reason = fields.Char("Why it was given up")
    compensation_ids = fields.One2many("troc.compensation", "introduction_id")
    in_my_territory = fields.Boolean(
        "In my territories",
        compute="_compute_in_my_territory",
        search="_search_in_my_territory",
    )

    _parties_differ = models.Constraint(
        "CHECK(seller_id != buyer_id)", "Seller and buyer must be different members."
    )
    _one_at_a_time = models.UniqueIndex(
        "(listing_id, initiator_id) WHERE state = 'open'",
        "A conversation about this listing is open already.",
    )

    # The deal that two members agree upon: terms, acceptances, reservation, delivery
    subject = fields.Char(help="What is delivered or done.")
    total_amount = fields.Monetary("Total incl. VAT")
    actif_share = fields.Float(digits=(5, 2), help="Percent.")
    actif_amount = fields.Monetary("In Actifs")
    cash_amount = fields.Monetary("In euros")
    hours = fields.Float(help="Of a helping hand.")
    due_date = fields.Date("Agreed for")
    reserve = fields.Boolean("Reserve the amount")
    terms_version = fields.Integer()
    seller_accepted_by_id = fields.Many2one("res.users")
    seller_accepted_on = fields.Datetime()
    buyer_accepted_by_id = fields.Many2one("res.users")
    buyer_accepted_on = fields.Datetime()
    agreed_on = fields.Datetime()
    deal_text = fields.Text(help="As both accepted it.")
    delivered_on = fields.Date()
    reserved_amount = fields.Monetary()

    @api.depends("state", "awaited_id", "last_message_on")
    def _compute_is_silent(self):
        week_ago = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        for introduction in self:
            introduction.is_silent = (
                introduction.state == "open"
                and bool(introduction.awaited_id)
                and introduction.last_message_on < week_ago
            )

    def _search_is_silent(self, operator, value):
        if operator != "in":
            return NotImplemented
        week_ago = fields.Datetime.subtract(fields.Datetime.now(), days=7)
        silent = (
            Domain("state", "=", "open")
            & Domain("awaited_id", "!=", False)
            & Domain("last_message_on", "<", week_ago)
        )
        return silent if True in value else ~silent

    @api.depends_context("uid")
    @api.depends("seller_territory_id", "buyer_territory_id")
    def _compute_in_my_territory(self):
        mine = self.env["troc.territory"]._mine()
        for introduction in self:
            own = introduction.seller_territory_id | introduction.buyer_territory_id
            introduction.in_my_territory = not mine or bool(own & mine)

    def _search_in_my_territory(self, operator, value):
        return self.env["troc.compensation"]._search_in_my_territory(operator, value)

    def _portal_url(self):
        return f"/my/actif/introductions/{self.id}"

    # -- who is who ---------------------------------------------------------------

    def _sides(self):
        """Return the two members (as superuser: a party sees the other's name)."""
        self.ensure_one()
        own_sudo = self.sudo()
        return own_sudo.seller_id | own_sudo.buyer_id

    def _side_of_user(self):
        """Return the member for whom the current user acts here; refuse others."""
        self.ensure_one()
        self.check_access("read")
        side = self.env["troc.member"]._of_user(self.env.user) & self._sides()
        if not side:
            error = RuleError("not_party", user=self.env.user.name)
            exceptions.refuse(self.env, error, self.name)
        side[:1]._check_trader()
        return side[:1].sudo()

    def _other(self, member):
        return self._sides() - member

    def _check_state(self, *states):
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            needed = ", ".join(labels[state] for state in states)
            error = RuleError("wrong_state", state=labels[self.state], needed=needed)
            exceptions.refuse(self.env, error, self.name)

    # -- the conversation -----------------------------------------------------------

    @api.model
    def _start(self, listing, member, body, files=()):
        """Open the conversation of `member` about a published listing of another.

        `listing` is what the current user may see; one already open goes on.
        """
        member._check_trader()
        self._check_pace("contact", member, CONTACTS_AN_HOUR)
        owner = listing.sudo().member_id
        if owner == member:
            error = RuleError("own_listing")
            exceptions.refuse(self.env, error, listing.name)
        going_on = self.search(
            [
                ("listing_id", "=", listing.id),
                ("initiator_id", "=", member.id),
                ("state", "=", "open"),
            ],
            limit=1,
        )
        if not going_on:
            going_on = self._open(self._prepare(listing, member, owner))
        going_on.action_say(body, files)
        return going_on

    def _open(self, values):
        try:
            with self.env.cr.savepoint():
                new = sealed(self).create(values)
        except UniqueViolation as error:
            # two first words at once (a double tap): Odoo calls again what conflicts,
            # and then finds the first one
            raise SerializationFailure("conversation opened meanwhile") from error
        new._check_parties()
        new._subscribe_sides()
        return new.with_env(self.env)

    def _check_pace(self, action, member, times, hours=1):
        """Against floods: so many an hour, by whoever acts for the member."""
        tries = self.env["troc.rate.limit"]
        if not tries._allows(action, f"member {member.id}", times, hours):
            exceptions.refuse(self.env, RuleError("too_often"))

    def _prepare(self, listing, member, owner):
        sold = listing.kind == "offer"
        return {
            "name": listing.name,
            "listing_id": listing.id,
            "network_id": owner.network_id.id,
            "initiator_id": member.id,
            "seller_id": (owner if sold else member).id,
            "buyer_id": (member if sold else owner).id,
            "is_helping_hand": listing.is_helping_hand,
        }

    def _subscribe_sides(self):
        users = self._sides()._traders()
        self.message_subscribe(users.partner_id.ids)

    # -- help, end -------------------------------------------------------------------

    @each_once
    def action_ask_help(self, reason: Text):
        """Ask the animators of both territories to help."""
        self.ensure_one()
        side = self._side_of_user()
        side._check_reason(reason)
        self._check_pace("help", side, CALLS_FOR_HELP_AN_HOUR)
        sealed(self).needs_help = True
        self._note(
            self.env._(
                "%(who)s asks the animators for help: %(why)s",
                who=side.name,
                why=reason,
            )
        )
        activity_type = self.env.ref("troc_actif_market.activity_help")
        # as Odoo itself: see the moderation of listings
        introduction = self.with_user(SUPERUSER_ID)
        territories = introduction.seller_territory_id | introduction.buyer_territory_id
        for user in territories.animator_ids.filtered("active"):
            introduction.activity_schedule(
                activity_type_id=activity_type.id, user_id=user.id, summary=reason[:80]
            )
        return True

    @each_once
    def action_help_given(self):
        """The animators have helped."""
        self.env["troc.listing"]._check_animator()
        sealed(self).write({"needs_help": False})
        # sudo: they may be another animator's
        self.sudo().activity_unlink(["troc_actif_market.activity_help"])
        return True
