from odoo import api, models

# What a file says and whose it is; Odoo itself writes other fields of it.
SAID = frozenset("datas name raw res_id res_model type url".split())


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if SAID & vals.keys():
            self._check_no_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_no_evidence(self):
        self._check_no_evidence()

    def _check_no_evidence(self):
        """Refuse to change what a signed or posted transfer rests on."""
        # sudo: whose file it is; the transfer itself says whether it is kept
        files = self.sudo().filtered(lambda file: file.res_model == "troc.transfer")
        if files:
            files.env["troc.transfer"].browse(
                files.mapped("res_id")
            )._refuse_other_evidence(files)
