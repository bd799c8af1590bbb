from odoo import models
from odoo.exceptions import MissingError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_report(self, report_ref):
        """Answer in words to whoever asks /report/… for what is no report."""
        try:
            return super()._get_report(report_ref)
        except ValueError as error:
            raise MissingError(self.env._("There is no such report.")) from error

    def _get_rendering_context(self, report, docids, data):
        """Refuse to print a record of ours to who may not read it.

        Odoo prints by /report/… whatever number anybody signed in asks for, and leaves
        the check to the fields that a template reads.  One that reads a single field as
        superuser fills the cache, which then answers for all of them.
        """
        if report.model and report.model.startswith("troc."):
            self.env[report.model].browse(docids or ()).check_access("read")
        return super()._get_rendering_context(report, docids, data)
