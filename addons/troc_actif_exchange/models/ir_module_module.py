from odoo import models
from odoo.exceptions import RedirectWarning

from odoo.addons.troc_actif import exceptions


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _troc_refuse_loss(self, error):
        """Open the export from the refusal to uninstall the proofs."""
        raise RedirectWarning(
            exceptions.explain(self.env, error, "Troc Actif"),
            self.env.ref("troc_actif_exchange.action_export").id,
            self.env._("Export the network"),
        ) from error
