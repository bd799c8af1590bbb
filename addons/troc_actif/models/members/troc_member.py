from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties, siren
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import is_sealed, sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions
from ..accounts.troc_account import FIGURES
from ..accounts.troc_member_limit_notify import TrocMemberLimitNotify
from ..accounts.troc_member_limits import TrocMemberLimits
from ..common.troc_thread_mixin import WHOLE_NETWORK
from .troc_mail_member import TrocMemberMail
from .troc_member_contact import TrocMemberContact
from .troc_member_insolvency import TrocMemberInsolvency
from .troc_member_join import TrocMemberJoin
from .troc_member_leave import STAGES, TrocMemberLeave
from .troc_member_life import TrocMemberLife
from .troc_member_life_effects import TrocMemberLifeEffects
from .troc_member_life_shown import TrocMemberLifeShown
from .troc_member_profile import TrocMemberProfile
from .troc_member_schedules import TrocMemberSchedules
from .troc_member_users import TrocMemberUsers
from .troc_people import ACCOUNTANT

STATES = [
    ("candidate", "Candidate"),
    ("active", "Trading"),
    ("on_hold", "On hold (may sell)"),
    ("stand_by", "Stand-by (may buy)"),
    ("leaving", "Leaving"),
    ("left", "Left"),
]

IDENTITY = frozenset(("network_id", "partner_id", "company_id", "kind"))
IN_BOOKS = ("submitted", "validated", "reversed")


class TrocMember(
    TrocMemberLimitNotify,
    TrocMemberLimits,
    TrocMemberMail,
    TrocMemberContact,
    TrocMemberInsolvency,
    TrocMemberJoin,
    TrocMemberLeave,
    TrocMemberLife,
    TrocMemberLifeEffects,
    TrocMemberLifeShown,
    TrocMemberProfile,
    TrocMemberSchedules,
    TrocMemberUsers,
    models.Model,
):
    """A company's membership of a network.

    Its account of Actifs is a record of its own, `troc.account`, whose fields are read
    here under the same names.
    """

    _name = "troc.member"
    _description = "Member"
    _inherit = ["troc.sealed.mixin", "troc.thread.mixin", "mail.activity.mixin"]
    _inherits = {"troc.account": "account_id"}
    _order = "name, id"
    _rec_names_search = ["name", "siren"]

    SEALED_FIELDS = frozenset(
        (
            "account_id",
            # joining, the state, leaving
            "charter_accepted_on",
            "charter_text",
            "charter_sha256",
            "admitted_by_id",
            "admitted_on",
            "people_changed_on",
            "state_reason",
            "state_date",
            "notice_end",
            "notice_told",
            "void_transfer_id",
        )
    )
    DERIVED_FIELDS = FIGURES

    name = fields.Char(related="partner_id.name", store=True)
    active = fields.Boolean(default=True)
    network_id = fields.Many2one(
        "troc.network",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env["troc.network"].search([], limit=1),
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Company",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_company", "=", True), ("parent_id", "=", False)],
    )
    company_id = fields.Many2one(
        "res.company",
        "Books",
        ondelete="restrict",
        index="btree_not_null",
        help="The company of this database whose books receive the entries.",
    )
    currency_id = fields.Many2one(related="network_id.currency_id")
    kind = fields.Selection(
        [("hosted", "Hosted here"), ("linked", "Own Odoo"), ("portal", "Portal")],
        "Books kept",
        required=True,
        default="portal",
        tracking=True,
        help="Where the member's books are kept.",
    )
    state = fields.Selection(STATES, required=True, default="candidate", tracking=True)
    member_since = fields.Date(
        tracking=True,
        help="Membership years begin on this day, the first time with the share.",
    )
    structure = fields.Selection(
        [("ess", "Social economy (ESS)"), ("classic", "Classic company")],
        required=True,
        default="classic",
        tracking=True,
    )
    trade = fields.Char(
        "Line of business", help="What the company does, in a few words."
    )
    legal_form = fields.Char("Legal form")
    siren = fields.Char(
        "SIREN",
        compute="_compute_siren",
        store=True,
        readonly=False,
        tracking=True,
        index=True,
        help="Nine digits; invoices are matched by it.",
    )
    territory_id = fields.Many2one(
        "troc.territory",
        compute="_compute_territory_id",
        store=True,
        readonly=False,
        index=True,
        tracking=True,
    )
    account_id = fields.Many2one(
        "troc.account",
        required=True,
        readonly=True,
        ondelete="restrict",
        copy=False,
    )
    compensation_count = fields.Integer(compute="_compute_compensation_count")
    in_my_territory = fields.Boolean(
        "In my territories",
        compute="_compute_in_my_territory",
        search="_search_in_my_territory",
    )

    _network_partner_unique = models.Constraint(
        "UNIQUE(network_id, partner_id)", "This company is a member already."
    )
    _network_siren_unique = models.UniqueIndex(
        "(network_id, siren) WHERE siren IS NOT NULL",
        "Another member of this network has this SIREN.",
    )
    _company_unique = models.UniqueIndex(
        "(network_id, company_id) WHERE company_id IS NOT NULL",
        "These books belong to another member already.",
    )
    _account_unique = models.Constraint(
        "UNIQUE(account_id)", "This account is another member's."
    )
    _hosted_has_company = models.Constraint(
        "CHECK(kind != 'hosted' OR company_id IS NOT NULL)",
        "A hosted member needs the company that holds the member's books.",
    )

    # Members ask for other limits; managers answer
    limit_request_ids = fields.One2many(
        "troc.limit.request", "member_id", "Requests for limits"
    )

    limit_change_ids = fields.One2many(
        "troc.limit.change", "member_id", "Changes of limits"
    )

    # What a member's administrator changes of its contact and its people
    address_territory_id = fields.Many2one(
        "troc.territory",
        "Territory of the address",
        compute="_compute_address_territory_id",
    )
    has_moved = fields.Boolean(
        compute="_compute_address_territory_id",
        help="The address lies in another territory than the member.",
    )

    # How a company becomes a member: it asks, an animator admits, an invitation leaves
    contact_name = fields.Char("Contact", help="Who asked to join; invited first.")
    contact_email = fields.Char("Contact's mail")
    charter_accepted_on = fields.Datetime(readonly=True)
    charter_text = fields.Html("Words of the charter", readonly=True)
    charter_sha256 = fields.Char(
        "Charter accepted", readonly=True, help="Fingerprint of its words that day."
    )
    admitted_by_id = fields.Many2one("res.users", readonly=True)
    admitted_on = fields.Datetime(readonly=True)

    # The end of a membership: the notice, what is left over, the last day
    notice_told = fields.Selection(STAGES, "Reminded of the notice", readonly=True)
    void_transfer_id = fields.Many2one(
        "troc.transfer",
        "Voiding",
        readonly=True,
        ondelete="set null",
        groups="troc_actif.group_troc_manager",
        help="What was left over at the end of the notice, to the network's account.",
    )

    # How a membership goes on: each change of state, for a reason the member reads
    state_reason = fields.Char("Why", readonly=True, help="The member reads it.")
    state_date = fields.Date("Since", readonly=True)
    notice_end = fields.Date(
        "End of the notice",
        readonly=True,
        help="Until then a leaving member spends what is on the account, or earns what "
        "is owed.",
    )
    state_change_ids = fields.One2many(
        "troc.member.state.change", "member_id", "History", readonly=True
    )

    # What screens and mails say of a member's state
    state_note = fields.Char(compute="_compute_state_note")

    # A member among the others: who trades, and what others read of the company
    department_id = fields.Many2one(
        "troc.department", compute="_compute_department_id", store=True, index=True
    )
    presentation = fields.Text(
        help="What other members read of the company on its page."
    )

    # A member who fails: the judgments that were recorded, the last one first
    insolvency_ids = fields.One2many(
        "troc.insolvency", "member_id", "Judgments", groups=WHOLE_NETWORK
    )

    # The schedule of sales that a member follows, on his own form
    schedule_ids = fields.One2many("troc.member.schedule", "member_id")
    schedule_id = fields.Many2one(
        "troc.member.schedule", "Schedule of sales", compute="_compute_schedule_id"
    )
    schedule_line_ids = fields.One2many(
        "troc.member.schedule.line", string="Steps", compute="_compute_schedule_id"
    )
    schedule_progress = fields.Integer(
        "Progress", compute="_compute_schedule_id", help="Percent."
    )

    # A member's people: what each may do, and how they come and go
    people_changed_on = fields.Datetime(
        readonly=True, help="When somebody last came, went or got another right."
    )

    @api.constrains("company_id")
    def _check_company_in_euros(self):
        for member in self.filtered("company_id"):
            try:
                # sudo: who admits a member need not be of its company
                setup = self.env["troc.company.setup"]
                setup._check_euros(member.sudo().company_id)
            except RuleError as error:
                exceptions.refuse(self.env, error, member.name)

    @api.constrains("siren", "network_id")
    def _check_siren_taken(self):
        for member in self.filtered("siren"):
            member._refuse_siren_of_other(member.siren, member.network_id.id)

    def _refuse_siren_of_other(self, number, network_id):
        """Name whose number it is, before the index refuses it without a name.

        By SQL: a search would write what is pending first, and the index speak.
        """
        query = """
            SELECT name FROM troc_member
             WHERE siren = %s AND network_id = %s AND id != %s LIMIT 1
        """
        found = self.env.execute_query(SQL(query, number, network_id, self.id or 0))
        if found:
            error = RuleError("siren_taken", member=found[0][0], siren=number)
            exceptions.refuse(self.env, error, self.name or number)

    @api.constrains("siren")
    def _check_siren(self):
        for member in self.filtered("siren"):
            if not siren.is_siren(member.siren):
                error = RuleError(
                    "siren_invalid", member=member.name, value=member.siren
                )
                exceptions.refuse(self.env, error)

    @api.depends("partner_id.vat", "partner_id.company_registry")
    def _compute_siren(self):
        for member in self:
            partner = member.partner_id
            member.siren = (
                siren.siren_of(partner.company_registry or "")
                or siren.siren_from_vat(partner.vat or "")
                or member.siren
            )

    @api.depends("partner_id.zip")
    def _compute_territory_id(self):
        """The address decides once; who moves later asks the network (has_moved)."""
        for member in self:
            territory = self.env["troc.territory"]._of_postal_code(
                member.partner_id.zip
            )
            settled = member.territory_id and member.state != "candidate"
            member.territory_id = (not settled and territory) or member.territory_id

    def _compute_compensation_count(self):
        for member in self:
            member.compensation_count = self.env["troc.compensation"].search_count(
                member._compensation_domain()
            )

    @api.depends_context("uid")
    @api.depends("territory_id")
    def _compute_in_my_territory(self):
        mine = self.env["troc.territory"]._mine()
        for member in self:
            member.in_my_territory = not mine or member.territory_id in mine

    def _search_in_my_territory(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        mine = self.env["troc.territory"]._mine()
        # whoever animates none (a manager, a reader) looks at the whole network
        return [("territory_id", "in", mine.ids)] if mine else Domain.TRUE

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        # sudo: which companies exist is no secret to a manager who chose the partner
        company_sudo = self.env["res.company"].sudo()
        found = company_sudo.search([("partner_id", "=", self.partner_id.id)], limit=1)
        if self.partner_id and found:
            self.company_id, self.kind = found, "hosted"

    def _sealed_defaults(self, vals):
        network = self.env["troc.network"].browse(vals.get("network_id")) or (
            self.env["troc.network"].search([], limit=1)
        )
        return {
            **super()._sealed_defaults(vals),
            "account_id": self._open_account(network).id,
            "state_date": fields.Date.context_today(self),
        }

    def _open_account(self, network):
        """Return a new account, empty whatever a default in the context says."""
        own = {
            **dict.fromkeys(FIGURES, False),
            "credit_limit": network.credit_limit,
            "balance_limit": network.balance_limit,
        }
        return sealed(self.env["troc.account"]).create(own)

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_first_state(vals_list)
        for vals in vals_list:
            if number := vals.get("siren"):
                network_id = vals.get("network_id") or None
                self.browse()._refuse_siren_of_other(number, network_id)
        if is_sealed(self.env):
            today = fields.Date.context_today(self)
            vals_list = [{"state_date": today, **vals} for vals in vals_list]
        members = super().create(vals_list)
        members._begin_membership()
        members.account_id._log_first_limits()
        # its people may have used the portal before it became a member
        members._users()._troc_ensure_right()
        return members

    def write(self, vals):
        if "state" in vals:
            self._refuse_state_by_hand(vals["state"])
        if not is_sealed(self.env):
            self._refuse_other_identity(vals)
        candidates = self.filtered(lambda m: m.state == "candidate")
        done = super().write(vals)
        if "state" in vals:
            candidates._begin_membership()
        if vals.get("state") == "active":
            candidates._admitted()
        return done

    def _refuse_other_identity(self, vals):
        """Refuse to move a member with a history: all books know him by these."""
        names = IDENTITY & vals.keys()
        for member in self if names else ():
            now = {
                n: self._fields[n].convert_to_write(member[n], member) for n in names
            }
            new = {n: vals[n] for n in names}
            if "hosted" not in (now.get("kind"), new.get("kind")):
                # with no books here in either case, nothing posted depends on it
                now.pop("kind", None)
                new.pop("kind", None)
            # sudo: whether there is one, not which
            if now != new and self.sudo().env["troc.compensation"].search_count(
                [*member._compensation_domain(), ("state", "in", IN_BOOKS)], limit=1
            ):
                exceptions.refuse_kept(member)

    def _today(self):
        return fields.Date.context_today(self)

    def _judgment(self, day=None):
        """Return the judgment that stops the trade of this member on `day` (today)."""
        # sudo: whether there is one is told to all whom its trade concerns
        return self.sudo().insolvency_ids.filtered(
            lambda judgment: (
                judgment.state == "recorded"
                and parties.counts_on(judgment.judged_on, day or self._today())
            )
        )[:1]

    def _party(self, day=None):
        """Return the member as a party of a trade on `day` (today), for the rules."""
        self.ensure_one()
        return parties.Party(
            name=self.name,
            state=self.state,
            siren=self.siren or None,
            balance=dec(self.balance),
            judged_on=self._judgment(day).judged_on or None,
        )

    def _books(self):
        """Return the company that receives this member's entries, empty when none."""
        self.ensure_one()
        return self.company_id if self.kind == "hosted" else self.company_id.browse()

    def _users(self):
        """Return the users who belong to these members, as portal or company users."""
        # sudo: an animator may not list portal users; the result is only compared
        users_sudo = self.env["res.users"].sudo()
        found = users_sudo.search(
            [
                "|",
                ("partner_id.commercial_partner_id", "in", self.partner_id.ids),
                # Odoo gives portal users the company that invited them: not theirs
                "&",
                ("share", "=", False),
                ("company_ids", "in", self.company_id.ids),
            ]
        )
        if operators := self._operators():
            staff = found.filtered(self._is_only_staff)
            found -= staff - (self - operators)._users()
        return found

    def _operators(self):
        """Return those of these that run a network themselves, with books here."""
        # sudo: which companies run networks, whoever asks
        networks_sudo = self.env["troc.network"].sudo().with_context(active_test=False)
        hosted = self.filtered("company_id")
        running = hosted and networks_sudo.search(
            [("company_id", "in", hosted.company_id.ids)]
        )
        return hosted.filtered(lambda m: m.company_id in running.company_id)

    def _is_only_staff(self, user):
        """Tell whether somebody of the operator's keeps no books there.

        He works for the network, not for what the operator buys and sells itself: else
        nobody could validate that.
        """
        return user._is_internal() and not user.has_group(ACCOUNTANT)

    def _of_user(self, user):
        """Return the members that `user` belongs to (see `_users`)."""
        own_sudo = user.sudo()
        companies = (
            own_sudo.company_ids
            if own_sudo._is_internal()
            else own_sudo.company_ids.browse()
        )
        found = self.sudo().search(
            [
                "|",
                ("partner_id", "=", own_sudo.partner_id.commercial_partner_id.id),
                ("company_id", "in", companies.ids),
            ]
        )
        if found.company_id and self._is_only_staff(own_sudo):
            found -= found._operators()
        return found

    def _check_reason(self, reason):
        if not (reason or "").strip():
            exceptions.refuse(self.env, RuleError("reason_missing"), self.name)

    def _compensation_domain(self):
        return ["|", ("seller_id", "in", self.ids), ("buyer_id", "in", self.ids)]

    @each_once
    def action_open_compensations(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_compensation"
        )
        return {**action, "domain": self._compensation_domain(), "context": {}}

    @each_once
    def action_open_register(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_register_item"
        )
        return {**action, "domain": [("member_id", "in", self.ids)], "context": {}}

    @each_once
    def action_open_limits(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Limits of %s", self.name),
            "res_model": "troc.limits",
            "view_mode": "form",
            "target": "new",
            "context": {"default_member_id": self.id},
        }

    @each_once
    def action_setup_books(self):
        """Set up the books of hosted members, as the current user's own right."""
        for company in self._hosted_companies():
            self.env["troc.company.setup"]._setup_company(company)
        return True

    def _hosted_companies(self):
        return self.filtered(lambda m: m.kind == "hosted").company_id
