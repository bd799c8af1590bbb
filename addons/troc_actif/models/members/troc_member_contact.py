"""What a member's administrator changes of its contact and its people.

The one way for members; `res.partner` refuses every other one.  What changes is logged
there, from what to what.
"""

from odoo import api
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize
from odoo.tools.sql import escape_psql

from odoo.addons.base_iban.models.res_partner_bank import normalize_iban, validate_iban

from ... import exceptions
from ...lib.actif_rules import territory
from ...lib.actif_rules.errors import RuleError
from ...lib.actif_rules.text import clean
from ...public import each_once
from ..common.managers import all_managers, check_managers
from ..common.seal import sealed

# field of the contact: its greatest length
CONTACT = {
    "street": 120,
    "street2": 120,
    "zip": 10,
    "city": 80,
    "phone": 30,
    "email": 120,
    "website": 200,
}
NEEDED = ("street", "zip", "city", "email")


class TrocMemberContact:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.depends("partner_id.zip", "territory_id")
    def _compute_address_territory_id(self):
        territories = self.env["troc.territory"]
        for member in self:
            code = member.sudo().partner_id.zip
            found = territories._of_postal_code(code)
            member.address_territory_id = found
            member.has_moved = bool(found) and found != member.territory_id

    # -- the company ------------------------------------------------------------------

    def _contact_values(self):
        """Return what stands on the contact of the company, for its own people."""
        self.ensure_one()
        # sudo: portal users read no contact but their own
        partner = self.sudo().partner_id
        values = {name: partner[name] or "" for name in CONTACT}
        return {**values, "iban": partner.bank_ids[:1].acc_number or ""}

    @each_once
    def action_update_contact(self, values):
        """Change how the company is reached and paid; administrators only.

        `values`: any of street, street2, zip, city, phone, email, website and iban, as
        texts.  Name, SIREN and VAT number are for the network.  A move to another
        territory changes nothing of who validates: that is told to the network.
        """
        self.ensure_one()
        self._check_administrator()
        texts = self._contact_texts(values)
        iban = self._checked_iban(values)
        sealed(self.sudo().partner_id).write(texts)
        if iban is not None:
            self._replace_iban(iban)
        if "zip" in texts:
            self._notify_moved()
        return True

    def _contact_texts(self, values):
        """Return the values to write on the contact; refuse what cannot be."""
        texts = {
            name: clean(values[name] or "", length)
            for name, length in CONTACT.items()
            if name in values
        }
        for name in NEEDED:
            if name in texts and not texts[name]:
                self._refuse_contact(RuleError("contact_incomplete"), name)
        if "zip" in texts:
            texts["zip"] = "".join(texts["zip"].split())
            try:
                territory.department_of(texts["zip"])
            except RuleError as error:
                self._refuse_contact(error, "zip")
        if "email" in texts:
            texts["email"] = email_normalize(texts["email"])
            if not texts["email"]:
                value = str(values["email"])[:80]
                self._refuse_contact(RuleError("email_invalid", value=value), "email")
        return texts

    def _refuse_contact(self, error, name):
        label = self.env["res.partner"]._fields[name]._description_string(self.env)
        exceptions.refuse(self.env, error, label)

    def _checked_iban(self, values):
        """Return the IBAN to set, None where it stays; refuse one that is none."""
        if "iban" not in values:
            return None
        iban = normalize_iban(clean(values["iban"] or "", 60)).upper()
        if iban:
            try:
                validate_iban(iban)
            except ValidationError:
                error = RuleError("iban_invalid", value=str(values["iban"])[:40])
                exceptions.refuse(self.env, error, self.sudo().name)
        return iban

    def _replace_iban(self, iban):
        """Let `iban` be the one account that the contact shows."""
        if self.sudo().kind == "hosted":
            # the journals of his own books say it
            return
        partner = sealed(self).partner_id
        banks = partner.bank_ids
        others = banks.filtered(lambda bank: bank.sanitized_acc_number != iban)
        if iban and banks == others:
            closed = banks.with_context(active_test=False).search(
                [("partner_id", "=", partner.id), ("sanitized_acc_number", "=", iban)]
            )
            if closed:
                closed.active = True
            else:
                banks.create({"partner_id": partner.id, "acc_number": iban})
        others.active = False

    # -- the territory ---------------------------------------------------------------

    def _notify_moved(self):
        """Ask the network whether a member who moved changes territory."""
        if not self.sudo().has_moved:
            return
        member = self.sudo().with_user(self.env.ref("base.user_root"))
        # where he moves again before anybody looked
        member.activity_unlink(["troc_actif.activity_moved"])
        for manager in all_managers(member.env):
            member.activity_schedule(
                "troc_actif.activity_moved",
                user_id=manager.id,
                summary=member.address_territory_id.name,
            )

    @each_once
    def action_follow_address(self):
        """Move members to the territory of their address; network managers only."""
        check_managers(self)
        for member in self.filtered("has_moved"):
            member.territory_id = member.address_territory_id
        # sudo: another manager may have been asked
        self.sudo().activity_unlink(["troc_actif.activity_moved"])
        return True

    # -- people ----------------------------------------------------------------------

    @each_once
    def action_change_colleague(self, user_id, name, email):
        """Change a colleague's name and mail address; administrators only.

        Where the address is also the login, that changes with it.  Odoo tells the old
        address of it.
        """
        self._check_administrator()
        user = self._colleague(user_id)
        name, address = clean(name or "", 100), email_normalize(email or "")
        if not name or not address:
            error = RuleError("invitation_incomplete")
            exceptions.refuse(self.env, error, self.sudo().name)
        values = {"name": name}
        if address != email_normalize(user.email or ""):
            values.update(self._new_address(user, address))
        sealed(user).write(values)
        return True

    def _new_address(self, user, address):
        """Return the values of another mail address, refuse one that is taken."""
        # sudo: only whether the address is taken
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = escape_psql(address)
        taken = users.search([("login", "=ilike", login), ("id", "!=", user.id)])
        if taken:
            error = RuleError("login_taken", value=address)
            exceptions.refuse(self.env, error, self.sudo().name)
        by_mail = email_normalize(user.login) == email_normalize(user.email or "")
        return {"email": address, **({"login": address} if by_mail else {})}
