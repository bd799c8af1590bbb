from odoo import fields, models


class TrocDepartment(models.Model):
    _name = "troc.department"
    _description = "French Department"
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        required=True, help="2A and 2B in Corsica, three digits overseas."
    )
    name = fields.Char(required=True)
    territory_id = fields.Many2one("troc.territory", ondelete="set null", index=True)

    _code_unique = models.Constraint("UNIQUE(code)", "This department exists already.")

    def _compute_display_name(self):
        for department in self:
            department.display_name = f"{department.name} ({department.code})"
