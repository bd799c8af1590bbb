from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import schedule as rules
from odoo.addons.troc_actif_invoice.tools import dec


class TrocMemberScheduleLine(models.Model):
    """A step: so many Actifs more, earned by sales until that day."""

    _name = "troc.member.schedule.line"
    _description = "Step of a schedule of sales"
    _inherit = ["troc.sealed.mixin"]
    _order = "due_date, id"

    SEALED_FIELDS = frozenset(("reminded_on",))

    schedule_id = fields.Many2one(
        "troc.member.schedule", required=True, ondelete="cascade", index=True
    )
    currency_id = fields.Many2one(related="schedule_id.currency_id")
    due_date = fields.Date("Until", required=True)
    amount = fields.Monetary("Sales", required=True, help="In Actifs, in this step.")
    due_total = fields.Monetary("All in all", compute="_compute_standing")
    missing = fields.Monetary(compute="_compute_standing")
    is_late = fields.Boolean("Late", compute="_compute_standing")
    reminded_on = fields.Date(readonly=True)

    @api.depends(
        "due_date", "amount", "schedule_id.received", "schedule_id.line_ids.due_date"
    )
    def _compute_standing(self):
        for schedule in self.schedule_id:
            lines = schedule.line_ids.filtered("due_date").sorted("due_date")
            told = rules.standings(
                [rules.Step(line.due_date, dec(line.amount)) for line in lines],
                dec(schedule.received),
                fields.Date.context_today(self),
            )
            for line, each in zip(lines, told, strict=True):
                line.due_total = float(each.due_total)
                line.missing = float(each.missing)
                line.is_late = each.is_late and schedule.state == "agreed"
        for line in self - self.schedule_id.line_ids.filtered("due_date"):
            line.due_total = line.missing = 0.0
            line.is_late = False

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.schedule_id._refuse_agreed()
        return lines

    def write(self, vals):
        self.schedule_id._refuse_agreed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_of_drafts_only(self):
        self.schedule_id._refuse_agreed()
