from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.public import each_once


class TrocTerritory(models.Model):
    """The area of a local association, whose animators validate its members' trade."""

    _name = "troc.territory"
    _description = "Territory"
    _order = "name"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    department_ids = fields.One2many("troc.department", "territory_id", "Departments")
    animator_ids = fields.Many2many(
        "res.users",
        "troc_territory_animator_rel",
        "territory_id",
        "user_id",
        "Animators",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("troc_actif.group_troc_animator").id)
        ],
    )
    member_ids = fields.One2many("troc.member", "territory_id", "Members")
    member_count = fields.Integer(compute="_compute_member_count")
    to_validate_count = fields.Integer(compute="_compute_to_validate_count")
    is_mine = fields.Boolean(
        "My territory", compute="_compute_is_mine", search="_search_is_mine"
    )

    @api.depends("member_ids")
    def _compute_member_count(self):
        groups = self.env["troc.member"]._read_group(
            [("territory_id", "in", self.ids)], ["territory_id"], ["__count"]
        )
        counts = {territory.id: count for territory, count in groups}
        for territory in self:
            territory.member_count = counts.get(territory.id, 0)

    def _compute_to_validate_count(self):
        for territory in self:
            territory.to_validate_count = self.env["troc.compensation"].search_count(
                [("state", "=", "submitted"), *territory._compensation_domain()]
            )

    @api.depends_context("uid")
    @api.depends("animator_ids")
    def _compute_is_mine(self):
        for territory in self:
            territory.is_mine = self.env.user in territory.animator_ids

    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("animator_ids", "in" if True in value else "not in", self.env.uid)]

    def _compensation_domain(self):
        return [
            "|",
            ("seller_territory_id", "in", self.ids),
            ("buyer_territory_id", "in", self.ids),
        ]

    @api.model
    def _of_postal_code(self, postal_code):
        """Return the territory of a French postal code, empty when there is none."""
        return self.env["troc.department"]._of_postal_code(postal_code).territory_id

    @api.model
    def _mine(self):
        """Return the territories that the current user animates."""
        # sudo: an accountant reads no territories; what leaves is only his own
        return self.sudo().search([("is_mine", "=", True)])

    @each_once
    def action_open_compensations(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_compensation_to_validate"
        )
        domain = [("state", "=", "submitted"), *self._compensation_domain()]
        return {**action, "domain": domain, "context": {}}

    @each_once
    def action_open_members(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_member"
        )
        domain = [("territory_id", "in", self.ids)]
        return {**action, "domain": domain, "context": {}}
