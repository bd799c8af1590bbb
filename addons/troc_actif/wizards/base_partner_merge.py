from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from .. import exceptions
from ..models.common.managers import keeps_contacts


class BasePartnerMerge(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merge no member, and nobody of one, away or into another contact.

        It writes by SQL, past every other door.
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        if not keeps_contacts(self.env):
            for partner, members in partners._troc_kept().items():
                names = ", ".join(members.mapped("name"))
                error = RuleError("merge_kept", member=names)
                exceptions.refuse(self.env, error, partner.display_name)
        return super()._merge(partner_ids, dst_partner, extra_checks)
