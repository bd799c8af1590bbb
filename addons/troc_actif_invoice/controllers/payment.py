"""Payments on the portal: of what is due in euros, and of nothing else."""

from odoo.http import request

from odoo.addons.account_payment.controllers import payment, portal


class PaymentPortal(payment.PaymentPortal):
    def _process_transaction(
        self, partner_id, currency_id, invoice_ids, payment_reference, **kwargs
    ):
        # sudo: whoever may pay, by a link too, was found out before; amounts are read
        moves_sudo = request.env["account.move"].sudo().browse(invoice_ids)
        payable_sudo = moves_sudo
        if len(moves_sudo) > 1:
            # where nothing of them is due, all of them say so
            payable_sudo = moves_sudo._troc_payable_together() or moves_sudo
        payable_sudo._troc_check_euros(float(kwargs.get("amount") or 0.0))
        return super()._process_transaction(
            partner_id, currency_id, payable_sudo.ids, payment_reference, **kwargs
        )


class PortalAccount(portal.PortalAccount):
    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        """Ask for what one payment may settle, in euros."""
        payable = overdue_invoices._troc_payable_together()
        values = super()._overdue_invoices_get_page_view_values(payable, **kwargs)
        if payable != overdue_invoices or any(m._troc_awaited() for m in payable):
            due = sum(move._troc_due_now() for move in payable)
            for told in (values, values.get("payment", {})):
                if "amount" in told:
                    told["amount"] = due
        return values
