from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """Refuse to print a record of ours to who may not read it.

        Odoo prints by /report/… whatever number anybody signed in asks for, and leaves
        the check to the fields that a template reads.  One that reads a single field as
        superuser fills the cache, which then answers for all of them.
        """
        if report.model and report.model.startswith("troc."):
            self.env[report.model].browse(docids or ()).check_access("read")
        return super()._get_rendering_context(report, docids, data)
