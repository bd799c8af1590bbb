"""How a company becomes a member: it asks, an animator admits, an invitation leaves."""

from odoo import SUPERUSER_ID, api, fields
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from ... import exceptions
from ...lib.actif_rules import siren, territory
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.text import clean, clean_lines
from ...public import each_once
from ..common.managers import all_managers
from ..common.seal import sealed

REQUIRED = ("name", "siret", "street", "zip", "city", "contact", "email")
TEXTS = {
    "name": 120,
    "legal_form": 60,
    "trade": 120,
    "street": 120,
    "city": 80,
    "contact": 100,
    "phone": 30,
    "website": 200,
}


class TrocMemberJoin:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    # -- asking ---------------------------------------------------------------------

    @api.model
    def _application_problems(self, network, values):
        """Return {field: RuleError} of a form; empty when it can be taken."""
        problems = {
            name: RuleError("field_missing")
            for name in REQUIRED
            if not clean(values.get(name) or "", 500)
        }
        number = siren.compact(values.get("siret") or "")
        if "siret" not in problems and not siren.is_siret(number):
            problems["siret"] = RuleError("siret_invalid", value=values["siret"][:20])
        elif "siret" not in problems and self._is_known(network, number[:9]):
            problems["siret"] = RuleError("siren_known", siren=number[:9])
        if "zip" not in problems:
            try:
                territory.department_of(values["zip"])
            except RuleError as error:
                problems["zip"] = error
        address = email_normalize(values.get("email") or "")
        if "email" not in problems and not address:
            problems["email"] = RuleError("email_invalid", value=values["email"][:80])
        elif "email" not in problems and self._is_login(address):
            problems["email"] = RuleError("login_taken", value=address)
        if not values.get("charter"):
            problems["charter"] = RuleError("charter_missing")
        return problems

    def _is_known(self, network, number):
        # sudo: a visitor learns that the company is known, which is no secret
        domain = [("network_id", "=", network.id), ("siren", "=", number)]
        return bool(self.sudo().search_count(domain, limit=1))

    def _is_login(self, address):
        # sudo: only whether an account exists, as any sign-up form tells
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = escape_psql(address)
        return bool(users.search_count([("login", "=ilike", login)], limit=1))

    @api.model
    def _apply_to_join(self, network, values):
        """Make a candidate of a form without problems; return the member.

        `values`: texts of the form; `offers`, `needs`: lists of titles.
        """
        texts = {name: clean(values.get(name) or "", n) for name, n in TEXTS.items()}
        number = siren.compact(values["siret"])
        # sudo: a visitor makes a candidate and nothing else; every value is listed
        partner = (
            self.env["res.partner"]
            .sudo()
            .create(
                {
                    "name": texts["name"],
                    "is_company": True,
                    "company_registry": number,
                    "street": texts["street"],
                    "zip": "".join(values["zip"].split()),
                    "city": texts["city"],
                    "country_id": self.env.ref("base.fr").id,
                    "phone": texts["phone"],
                    "website": texts["website"],
                    "email": email_normalize(values["email"]),
                    "lang": self.env.lang or "fr_FR",
                }
            )
        )
        structure = values.get("structure")
        member = sealed(self).create(
            {
                "network_id": network.id,
                "partner_id": partner.id,
                "siren": number[:9],
                "kind": "portal",
                "state": "candidate",
                "structure": structure
                if structure in ("ess", "classic")
                else "classic",
                "trade": texts["trade"],
                "legal_form": texts["legal_form"],
                "contact_name": texts["contact"],
                "contact_email": email_normalize(values["email"]),
                "credit_limit": network.credit_limit,
                "balance_limit": network.balance_limit,
                "charter_accepted_on": fields.Datetime.now(),
                "charter_text": network._charter_html(),
                "charter_sha256": network._charter_fingerprint(),
            }
        )
        member._add_wishes(values)
        member._notify_application()
        return member

    def _add_wishes(self, values):
        """Keep what else the form says; for other addons."""

    def _notify_application(self):
        template = self.env.ref("troc_actif.mail_candidate_received")
        template.send_mail(self.id)
        activity_type = self.env.ref("troc_actif.activity_admit")
        # as Odoo itself: animators may not read the visitor who would have made it
        own = self.with_user(SUPERUSER_ID)
        for user in self._admitters():
            own.activity_schedule(
                activity_type_id=activity_type.id,
                user_id=user.id,
                summary=clean_lines(self.trade or self.name, 80),
            )

    def _admitters(self):
        """Return the animators of the territory; the managers where there is none."""
        animators = self.territory_id.animator_ids.filtered("active")
        return animators or all_managers(self.env)

    # -- admitting --------------------------------------------------------------------

    @each_once
    def action_activate(self):
        """Admit candidates and invite their contacts; animators of their territory."""
        candidates = self.filtered(lambda m: m.state == "candidate")
        for member in candidates:
            member._check_admitter()
        for member in candidates:
            member._change_state("active", self.env._("Admitted"))
        return True

    def _admitted(self):
        """Record who admitted these, and invite their contacts; however it was done."""
        sealed(self).write(
            {"admitted_by_id": self.env.uid, "admitted_on": fields.Datetime.now()}
        )
        # sudo: another animator may have been asked
        self.sudo().activity_unlink(["troc_actif.activity_admit"])
        for member in self:
            member._invite_contact()

    def _check_admitter(self):
        user = self.env.user
        if user.has_group("troc_actif.group_troc_manager"):
            return
        mine = self.env["troc.territory"]._mine()
        animator = user.has_group("troc_actif.group_troc_animator")
        if not (animator and self.territory_id and self.territory_id in mine):
            error = RuleError("not_admitter", user=user.name)
            exceptions.refuse(self.env, error, self.name)

    def _invite_contact(self):
        """Invite who asked, unless the company has users already."""
        if not self.contact_email or self._users():
            return
        if self._is_login(email_normalize(self.contact_email)):
            # admitted all the same: an administrator of Odoo joins the two
            self._log(
                self.env._(
                    "%s has an account already, of no or another company: no "
                    "invitation left. Link this user's contact to the company.",
                    self.contact_email,
                )
            )
            return
        self._invite(self.contact_name, self.contact_email, "administer")
