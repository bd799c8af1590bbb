from odoo import models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions

CORE = "troc_actif"


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
        self._troc_refuse_loss(error)

    def _troc_refuse_loss(self, error):
        """Refuse; an addon that exports opens it from there."""
        exceptions.refuse(self.env, error, "Troc Actif")
