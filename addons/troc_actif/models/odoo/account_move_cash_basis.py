"""The VAT that a correction gives back belongs to the period of the correction."""

from collections import namedtuple

from odoo import api

from ..common.seal import is_sealed

CASH_BASIS_DATE = "troc_cash_basis_date"
# A type of ours, by which a value in the context is known to come from Python code.
CashBasisDate = namedtuple("CashBasisDate", "date")


class AccountMoveCashBasis:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    def _troc_cash_basis_date(self):
        """Return the day of the correction that is being posted, if one is."""
        value = self.env.context.get(CASH_BASIS_DATE)
        if is_sealed(self.env) and isinstance(value, CashBasisDate):
            return value.date
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo dates cash-basis entries by the older documents, or today: locked."""
        date = self._troc_cash_basis_date()
        for vals in vals_list if date else ():
            if vals.get("tax_cash_basis_rec_id"):
                vals["date"] = date
        return super().create(vals_list)

    def _get_accounting_date(self, invoice_date, has_tax, lock_dates=None):
        """Odoo reverses cash-basis entries in their own period: another VAT return."""
        date = self._troc_cash_basis_date()
        if date and self.tax_cash_basis_origin_move_id:
            return date
        return super()._get_accounting_date(invoice_date, has_tax, lock_dates)
