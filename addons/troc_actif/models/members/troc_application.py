from odoo import fields, models
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.troc_actif_invoice.lib.actif_rules import siren, territory
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean
from odoo.addons.troc_actif_invoice.seal import sealed

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


class TrocApplication(models.AbstractModel):
    """How a visitor asks for the membership of a company: what the form must say."""

    _name = "troc.application"
    _description = "Request to join"

    def _problems(self, network, values):
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
        return bool(self.env["troc.member"].sudo().search_count(domain, limit=1))

    def _is_login(self, address):
        # sudo: only whether an account exists, as any sign-up form tells
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = escape_psql(email_normalize(address) or address)
        return bool(users.search_count([("login", "=ilike", login)], limit=1))

    def _apply(self, network, values):
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
        member = sealed(self.env["troc.member"]).create(
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
