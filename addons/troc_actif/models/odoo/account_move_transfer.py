"""Journal entries of transfers outside invoices."""

from odoo.addons.troc_actif_invoice.public import each_once


class AccountMoveTransfer:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_troc_open_transfer(self):
        return self.troc_transfer_id._get_records_action()
