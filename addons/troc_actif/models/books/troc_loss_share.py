from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.seal import is_sealed


class TrocLossShare(models.Model):
    """What one member bears of a loss, and why so much."""

    _name = "troc.loss.share"
    _description = "Share of a loss"
    _inherit = ["troc.kept.mixin"]
    _order = "amount desc, id"
    _rec_name = "member_id"

    loss_id = fields.Many2one(
        "troc.loss", required=True, ondelete="cascade", index=True
    )
    member_id = fields.Many2one("troc.member", required=True, ondelete="restrict")
    currency_id = fields.Many2one(related="loss_id.currency_id")
    weight = fields.Float(
        digits=(16, 2), help="What the rule counts: the balance, the sales, or one."
    )
    amount = fields.Monetary("Share", required=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "A share is an amount above zero."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """A draft is shared out anew by its own methods; nobody else takes one away."""
        if not is_sealed(self.env):
            self._refuse_change()
