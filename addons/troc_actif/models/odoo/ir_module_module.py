from odoo import models
from odoo.exceptions import RedirectWarning

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions

CORE = "troc_actif"
EXPORT = "troc_actif_exchange.action_export"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """Keep the proofs: who agreed to what is in no entry of Odoo's."""
        gone = self | self.downstream_dependencies()
        if CORE in gone.mapped("name"):
            self._troc_check_loss()
        return super().button_uninstall()

    def _troc_check_loss(self):
        # sudo: how much there is, for who administers Odoo
        posted = ("state", "in", ("validated", "posted", "reversed"))
        acts, transfers = (
            self.env[name].sudo().search_count([posted])
            for name in ("troc.compensation", "troc.transfer")
        )
        if not acts + transfers:
            return
        error = RuleError("uninstall_loses", found=acts, total=transfers)
        if export := self.env.ref(EXPORT, raise_if_not_found=False):
            raise RedirectWarning(
                exceptions.explain(self.env, error, "Troc Actif"),
                export.id,
                self.env._("Export the network"),
            ) from error
        exceptions.refuse(self.env, error, "Troc Actif")
