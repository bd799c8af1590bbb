from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from .. import exceptions
from ..models.common.managers import keeps_contacts


class PortalWizardUser(models.TransientModel):
    _inherit = "portal.wizard.user"

    def action_grant_access(self):
        self._troc_check_kept()
        return super().action_grant_access()

    def action_revoke_access(self):
        self._troc_check_kept()
        return super().action_revoke_access()

    def action_invite_again(self):
        self._troc_check_kept()
        return super().action_invite_again()

    def _troc_check_kept(self):
        """Leave the accesses of a member's people to its administrator.

        The user itself refuses, too; Odoo would tell that as a technical error.
        """
        if keeps_contacts(self.env):
            return
        for partner, members in self.partner_id._troc_kept().items():
            error = RuleError("user_kept", member=", ".join(members.mapped("name")))
            exceptions.refuse(self.env, error, partner.display_name)
