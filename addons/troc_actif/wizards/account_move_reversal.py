from odoo import api, fields, models


class AccountMoveReversal(models.TransientModel):
    """The credit note of a compensated invoice takes its Actif part back as well."""

    _inherit = "account.move.reversal"

    troc_take_back = fields.Boolean(
        "Take the Actif part back by compensation",
        default=True,
        help="The credit note is submitted to the animators when it is posted.",
    )
    troc_notice = fields.Text(compute="_compute_troc_notice", compute_sudo=True)
    troc_compensated = fields.Boolean(compute="_compute_troc_notice", compute_sudo=True)

    @api.depends("move_ids")
    def _compute_troc_notice(self):
        for wizard in self:
            moves = wizard.move_ids._origin
            told = [move._troc_credit_notice() for move in moves]
            wizard.troc_notice = "\n".join(text for text in told if text)
            wizard.troc_compensated = bool(moves._troc_compensated())

    def _prepare_default_reversal(self, move):
        values = super()._prepare_default_reversal(move)
        if self.troc_take_back and move._troc_compensated():
            values["troc_take_back"] = True
        return values

    def _modify_default_reverse_values(self, origin_move):
        """The corrected invoice is to be paid as the first one was."""
        values = super()._modify_default_reverse_values(origin_move)
        return {**values, "actif_share": origin_move.actif_share}
