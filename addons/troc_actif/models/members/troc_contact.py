"""What members may change of the contact of their company, and how it is checked."""

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from odoo.addons.base_iban.models.res_partner_bank import normalize_iban, validate_iban
from odoo.addons.troc_actif_invoice.lib.actif_rules import territory
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Text, Values

from ... import exceptions
from ..common.managers import all_managers

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
CONTACT_VALUES = Values(**dict.fromkeys((*CONTACT, "iban"), Text))
NEEDED = ("street", "zip", "city", "email")


class TrocContact(models.AbstractModel):
    """Writes the contact of a member: checked first, then sealed.

    `member` comes as superuser; `action_update_contact` checked who asks.
    """

    _name = "troc.contact"
    _description = "The contact of a member"

    def _update(self, member, values):
        texts = self._texts(values)
        iban = self._checked_iban(member, values)
        sealed(member.partner_id).write(texts)
        if iban is not None:
            self._replace_iban(member, iban)
        if "zip" in texts:
            self._notify_moved(member)

    def _texts(self, values):
        """Return the values to write on the contact; refuse what cannot be."""
        texts = {
            name: clean(values[name] or "", length)
            for name, length in CONTACT.items()
            if name in values
        }
        for name in NEEDED:
            if name in texts and not texts[name]:
                self._refuse(RuleError("contact_incomplete"), name)
        if "zip" in texts:
            texts["zip"] = "".join(texts["zip"].split())
            try:
                territory.department_of(texts["zip"])
            except RuleError as error:
                self._refuse(error, "zip")
        if "email" in texts:
            texts["email"] = email_normalize(texts["email"])
            if not texts["email"]:
                value = str(values["email"])[:80]
                self._refuse(RuleError("email_invalid", value=value), "email")
        return texts

    def _refuse(self, error, name):
        label = self.env["res.partner"]._fields[name]._description_string(self.env)
        exceptions.refuse(self.env, error, label)

    def _checked_iban(self, member, values):
        """Return the IBAN to set, None where it stays; refuse one that is none."""
        if "iban" not in values:
            return None
        iban = normalize_iban(clean(values["iban"] or "", 60)).upper()
        if iban:
            try:
                validate_iban(iban)
            except ValidationError:
                error = RuleError("iban_invalid", value=str(values["iban"])[:40])
                exceptions.refuse(self.env, error, member.name)
        return iban

    def _replace_iban(self, member, iban):
        """Let `iban` be the one account that the contact shows."""
        if member.kind == "hosted":
            # the journals of his own books say it
            return
        partner = sealed(member).partner_id
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

    def _notify_moved(self, member):
        """Ask the network whether a member who moved changes territory."""
        if not member.has_moved:
            return
        member = member.with_user(self.env.ref("base.user_root"))
        # where he moves again before anybody looked
        member.activity_unlink(["troc_actif.activity_moved"])
        for manager in all_managers(member.env):
            member.activity_schedule(
                "troc_actif.activity_moved",
                user_id=manager.id,
                summary=member.address_territory_id.name,
            )
