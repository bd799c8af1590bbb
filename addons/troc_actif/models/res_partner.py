from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    troc_member_ids = fields.One2many(
        "troc.member",
        "partner_id",
        "Memberships",
        groups="troc_actif.group_troc_animator",
    )
