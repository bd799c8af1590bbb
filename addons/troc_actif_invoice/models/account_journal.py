from odoo import fields, models

from ..exceptions import refuse_set_up
from ..seal import is_sealed

KEPT = frozenset(("troc_role", "restrict_mode_hash_table", "type", "company_id"))


class AccountJournal(models.Model):
    _inherit = "account.journal"

    troc_role = fields.Selection(
        [("compensation", "Compensations")],
        "Role in Troc Actif",
        readonly=True,
        copy=False,
        help="Payments in Actifs are posted here; between members of a network, by "
        "validated compensations alone.",
    )

    def write(self, vals):
        kept = self.filtered("troc_role")
        if kept and KEPT & vals.keys() and not is_sealed(self.env):
            refuse_set_up(kept)
        return super().write(vals)
