from odoo import fields, models

from odoo.addons.troc_actif_invoice.seal import is_sealed

from ...exceptions import refuse_kept

KEPT = frozenset(("troc_role", "restrict_mode_hash_table", "type", "company_id"))


class AccountJournal(models.Model):
    _inherit = "account.journal"

    troc_role = fields.Selection(
        [("compensation", "Compensations"), ("register", "Register")],
        "Role in Troc Actif",
        readonly=True,
        copy=False,
        help="Entries of this journal are posted by validated compensations alone.",
    )

    def write(self, vals):
        kept = self.filtered("troc_role")
        if kept and KEPT & vals.keys() and not is_sealed(self.env):
            refuse_kept(kept)
        return super().write(vals)
