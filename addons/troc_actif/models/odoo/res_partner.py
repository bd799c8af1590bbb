"""The contact of a member and its people belong to the network.

Hosted companies and members share contacts, and Odoo lets whoever edits contacts edit
them all.  What identifies a member changes by its administrator through our own pages,
or by who keeps the contacts for the network; decision 0029 has the table.
"""

from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions
from ..common.managers import keeps_contacts

# What says who a company or a person is, where it is, and how it is reached or paid.
KEPT = frozenset(
    "active bank_ids barcode child_ids city comment commercial_partner_id company_id "
    "company_name company_registry company_type country_id email employee function "
    "image_1920 is_company name parent_id peppol_eas peppol_endpoint phone ref "
    "ref_company_ids state_id street street2 type user_ids vat website zip "
    "partner_latitude partner_longitude troc_member_ids".split()
)
# What a person says of himself.
OWN = frozenset(("function", "image_1920", "phone"))
# What the log of the member shows from and to.
LOGGED = KEPT - {"bank_ids", "child_ids", "image_1920", "troc_member_ids", "user_ids"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    troc_member_ids = fields.One2many(
        "troc.member",
        "partner_id",
        "Memberships",
        groups="troc_actif.group_troc_animator",
    )

    # -- whose contacts they are ------------------------------------------------------

    def _troc_members(self):
        """Return the members that these contacts are, or are people of (superuser)."""
        # sudo: whether a contact is kept must not depend on who asks
        members = self.env["troc.member"].sudo().with_context(active_test=False)
        companies = self.sudo().commercial_partner_id | self.sudo()
        return members.search([("partner_id", "in", companies.ids)])

    def _troc_kept(self):
        """Return {contact: its members} of those that the network keeps."""
        members = self._troc_members()
        kept = {}
        for partner in self.sudo():
            own = partner | partner.commercial_partner_id
            found = members.filtered(lambda m, own=own: m.partner_id in own)
            if found:
                kept[partner] = found
        return kept

    # -- every door of Odoo ends in one of these --------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        # after, for what a default in the context would set
        if not keeps_contacts(self.env):
            for parent, members in partners.parent_id._troc_kept().items():
                self._troc_refuse(members, parent.name, {"child_ids"})
        return partners

    def write(self, vals):
        names = KEPT & vals.keys()
        kept = self._troc_kept() if names else {}
        if names and not keeps_contacts(self.env):
            self._troc_check_kept(kept, {name: vals[name] for name in names})
        before = {partner: partner._troc_shown(names) for partner in kept}
        done = super().write(vals)
        for partner, members in kept.items():
            partner._troc_log_changes(members, names, before[partner])
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_no_kept_contact(self):
        if not keeps_contacts(self.env):
            for partner, members in self._troc_kept().items():
                self._troc_refuse(members, partner.name, {"active"})

    def _troc_check_kept(self, kept, vals):
        """Refuse `vals` where they change a kept contact, or make one of another's."""
        for partner, members in kept.items():
            changed = {
                n for n, value in vals.items() if partner._troc_differs(n, value)
            }
            if partner == self.env.user.partner_id.sudo():
                changed -= partner._troc_own_fields()
            if changed:
                self._troc_refuse(members, partner.name, changed)
        parent = self.browse(vals.get("parent_id") or ())
        for partner in self - self.browse([partner.id for partner in kept]):
            if partner.sudo().parent_id != parent and (m := parent._troc_members()):
                self._troc_refuse(m, parent.sudo().name, {"child_ids"})

    def _troc_own_fields(self):
        """Return what the user may say of himself: the preferences of an own Odoo's
        user are his, what a portal user is called is for who administers."""
        internal = self.env.user._is_internal()
        return OWN | {"email", "name"} if internal else OWN

    def _troc_differs(self, name, value):
        """Tell whether `value`, as given to write, is another than what is there."""
        field = self._fields[name]
        if field.type in ("one2many", "many2many"):
            return bool(value)
        if name == "company_name" and value in (False, self.commercial_partner_id.name):
            # as Odoo's address page shows it of an employee, and sends it back
            return False
        new = field.convert_to_cache(value, self)
        return (new or False) != (field.convert_to_cache(self[name], self) or False)

    def _troc_refuse(self, members, record, names):
        labels = {self._fields[n]._description_string(self.env) for n in names}
        error = RuleError(
            "contact_kept",
            member=", ".join(members.mapped("name")),
            fields=", ".join(sorted(labels)),
        )
        exceptions.refuse(self.env, error, record)

    # -- the log ----------------------------------------------------------------------

    def _troc_shown(self, names):
        """Return {field: value as people read it} of the fields that the log shows."""
        shown = {}
        for name in sorted(LOGGED & set(names)):
            value = self[name]
            if isinstance(value, models.BaseModel):
                value = ", ".join(value.mapped("display_name"))
            shown[name] = value or "-"
        return shown

    def _troc_log_changes(self, members, names, before):
        """Tell on the members what changed of a contact, from what to what."""
        after = self._troc_shown(names)
        for member in members:
            # in the language of those who read the log
            lang = member.network_id.company_id.partner_id.lang
            env = self.with_context(lang=lang).env
            changes = [
                f"{self._fields[n]._description_string(env)}: {before[n]} → {after[n]}"
                for n in before
                if before[n] != after[n]
            ]
            if changes:
                member._log(f"{self.complete_name}. {'; '.join(changes)}")
