from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from .. import exceptions
from ..models.common.managers import keeps_contacts


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge a duplicate into a member; never a member away, or two of them.

        Odoo writes by SQL, past every other door: also in secured entries, whose
        chain it would break, the partner of a line being hashed.
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if not keeps_contacts(self.env):
            for partner, members in partners._troc_kept().items():
                self._troc_refuse("merge_kept", partner, members)
        dst_partner = self._troc_destination(partners, dst_partner)
        return super()._merge(partner_ids, dst_partner, extra_checks)

    def _troc_destination(self, partners, dst_partner):
        """Return what to merge into: the member, where one of these is a member."""
        # sudo: whether one is a member, whoever merges
        members_sudo = self.env["troc.member"].sudo().with_context(active_test=False)
        members = members_sudo.search([("partner_id", "in", partners.ids)])
        if len(members.partner_id) > 1:
            self._troc_refuse("merge_members", partners[0], members)
        kept = members.partner_id.sudo(False) or dst_partner
        self._troc_check_secured(partners, kept)
        return kept

    def _troc_check_secured(self, partners, kept):
        if not kept or kept not in partners:
            kept = self._get_ordered_partner(partners.ids)[-1:]
        # sudo: entries of all companies are written on
        lines_sudo = self.env["account.move.line"].sudo()
        secured = lines_sudo.search(
            [
                ("partner_id", "in", (partners - kept).ids),
                ("move_id.inalterable_hash", "!=", False),
            ],
            limit=1,
        )
        if secured:
            error = RuleError("merge_secured", number=secured.move_id.name)
            exceptions.refuse(self.env, error, secured.partner_id.display_name)

    def _troc_refuse(self, code, partner, members):
        names = ", ".join(members.mapped("name"))
        error = RuleError(code, member=names)
        exceptions.refuse(self.env, error, partner.display_name)
