"""A member among the others: who trades, and what others read of the company."""

from odoo import api
from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean_lines
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.typed import Text

from ... import exceptions

PRESENTATION_LENGTH = 2000
# Who may look for partners, contact them and agree.
TRADING = ("active", "on_hold", "stand_by", "leaving")


class TrocMemberProfile:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.depends("partner_id.zip")
    def _compute_department_id(self):
        for member in self:
            code = member.partner_id.zip
            member.department_id = self.env["troc.department"]._of_postal_code(code)

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
    def action_present(self, presentation: Text):
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
        member_sudo = self.sudo()
        partner = member_sudo.partner_id
        return {
            "id": member_sudo.id,
            "name": member_sudo.name,
            "trade": member_sudo.trade or "",
            "legal_form": member_sudo.legal_form or "",
            "structure": member_sudo.structure,
            "city": partner.city or "",
            "department": member_sudo.department_id.name or "",
            "territory": member_sudo.territory_id.name or "",
            "website": self._safe_website(partner.website),
            "presentation": member_sudo.presentation or "",
            "since": member_sudo.create_date,
        }

    def _safe_website(self, website):
        """Return an address that a browser may open, empty for any other scheme."""
        website = website or ""
        return website if website.startswith(("https://", "http://")) else ""
