"""The contact of an imported member: found by its numbers, and completed."""

from odoo.fields import Domain

from odoo.addons.troc_actif_invoice.lib.actif_rules import siren as numbers
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

CONTACT = ("name", "email", "phone", "website", "street", "zip", "city", "vat")


class TrocImportRowContact:
    """A part of TrocImportRow, where its fields stand."""

    __slots__ = ()

    def _partner(self, outcome):
        """Return the company's contact: by its numbers, never by its name alone."""
        # sudo: a manager writes no contacts otherwise; every value is listed
        partner_sudo = self._find_partner().sudo()
        if not partner_sudo:
            return partner_sudo.create(
                {
                    **self._contact_values(),
                    "is_company": True,
                    "company_registry": self.values["siren"],
                    "country_id": self.env.ref("base.fr").id,
                    "lang": self.env.lang or "fr_FR",
                }
            )
        self._complete(partner_sudo, outcome)
        return partner_sudo

    def _contact_values(self):
        return {n: self.values[n] for n in CONTACT if n in self.values}

    def _find_partner(self):
        siren = self.values["siren"]
        company = self.import_id.network_id.company_id
        # sudo: contacts of the whole database, of which a manager may read few
        partners_sudo = self.env["res.partner"].sudo()
        found = partners_sudo.search(
            Domain("parent_id", "=", False)
            & Domain("company_id", "in", (False, company.id))
            & (
                Domain("company_registry", "=like", f"{siren}%")
                | Domain("vat", "=like", f"FR__{siren}")
                | Domain("company_registry", "=like", f"{siren[:3]} {siren[3:6]}%")
            )
        ).filtered(lambda p: self._siren_of(p) == siren)
        if len(found) > 1:
            names = tuple(found.mapped("name"))
            raise RuleError("import_partners", name="SIREN", siren=siren, partner=names)
        return found

    def _siren_of(self, partner):
        registry, vat = partner.company_registry or "", partner.vat or ""
        return numbers.siren_of(registry) or numbers.siren_from_vat(vat)

    def _complete(self, partner, outcome):
        """Fill what is empty of a contact that is there; tell what differs."""
        for name, value in self._contact_values().items():
            before = partner[name]
            if not before:
                partner[name] = value
                outcome.notes.append(self._changed(name, before, value))
            elif not self._is_same(name, before, value, partner):
                outcome.warnings.append(self._stays(name, before, value))

    def _is_same(self, name, before, value, partner):
        if name == "website":
            return before == partner._clean_website(value)
        if name in ("vat", "phone", "zip"):
            return numbers.compact(before) == numbers.compact(value)
        if name == "email":
            return before.lower() == value
        return before == value

    def _update_contact(self, member, outcome):
        # sudo: see `_partner`
        partner_sudo = member.partner_id.sudo()
        if partner_sudo.ref_company_ids:
            # the address of a company of this database is its own accountant's
            self._complete(partner_sudo, outcome)
            return
        for name, value in self._contact_values().items():
            if not self._is_same(name, partner_sudo[name] or "", value, partner_sudo):
                self._write_changed(partner_sudo, name, value, outcome)

    # -- people -----------------------------------------------------------------------

    def _invite_contact(self, outcome):
        """Invite the contact where that was asked for and can be done."""
        member = outcome.record
        address = self.values.get("contact_email")
        if not (self.import_id.invite and address and member.state == "active"):
            return
        if member._users():
            return
        if self.env["troc.application"]._is_login(address):
            outcome.warnings.append(
                self.env._("%s has an account already: not invited.", address)
            )
            return
        outcome.notes.append(self.env._("Invited: %s.", address))
        if not self._is_dry():
            name = self.values.get("contact_name") or self.values["name"]
            self.env["troc.people"]._invite(member, name, address, "administer")
