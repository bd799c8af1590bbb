from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.distance import kilometres
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.territory import department_of


class TrocDepartment(models.Model):
    _name = "troc.department"
    _description = "French Department"
    _order = "code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(
        required=True, help="2A and 2B in Corsica, three digits overseas."
    )
    name = fields.Char(required=True)
    latitude = fields.Float(digits=(6, 2), help="Of its prefecture, in degrees.")
    longitude = fields.Float(digits=(6, 2), help="Of its prefecture, in degrees.")
    territory_id = fields.Many2one("troc.territory", ondelete="set null", index=True)

    _code_unique = models.Constraint("UNIQUE(code)", "This department exists already.")

    def _compute_display_name(self):
        for department in self:
            department.display_name = f"{department.name} ({department.code})"

    @api.model
    def _of_postal_code(self, postal_code):
        """Return the department of a French postal code, empty when there is none."""
        try:
            code = department_of(postal_code or "")
        except RuleError:
            return self.browse()
        return self.search([("code", "=", code)])

    def _within(self, km):
        """Return the departments whose prefecture is within `km` of this one's."""
        self.ensure_one()
        home = (self.latitude, self.longitude)
        # of about a hundred
        departments = self.search([("code", "!=", False)])
        return departments.filtered(
            lambda d: kilometres(home, (d.latitude, d.longitude)) <= km
        )
