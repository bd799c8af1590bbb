from odoo import Command, models

from odoo.addons.troc_actif_invoice.tools import same_number

from .troc_draft_bill_import import TrocDraftBillImport


class TrocDraftBill(
    TrocDraftBillImport,
    models.AbstractModel,
):
    """Prepares the buyer's bill from the seller's invoice, both hosted here.

    A draft only: the buyer's accountant checks and posts it.  Taxes are the buyer's
    own purchase taxes with the same rate, scope and due date of the VAT.
    """

    _name = "troc.draft.bill"
    _description = "Draft bills of hosted buyers"

    def _prepare_for(self, compensations):
        """Find each hosted buyer's bill, or draft it from a hosted seller's invoice."""
        for compensation in compensations.filtered(lambda c: not c.bill_id):
            if compensation.buyer_id._books():
                compensation.bill_id = self._find_or_create(compensation)

    def _find_or_create(self, compensation):
        """Return the buyer's bill for this invoice: an existing one, or a new draft."""
        company = compensation.buyer_id._books()
        env = self.env["troc.posting"]._in_companies(company)
        # the bill belongs to the buyer: it is an ordinary record, not a sealed one
        moves = env["account.move"]
        bill = self._find(moves, compensation, company)
        if bill or not company.troc_journal_id:
            return bill
        if compensation.move_id:
            return moves.create(self._prepare(compensation, company))
        return self._create_from_file(compensation, moves, company)

    def _find(self, moves, compensation, company):
        bills = moves.search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", self._move_type(compensation)),
                ("commercial_partner_id", "=", compensation.seller_partner_id.id),
                ("ref", "=ilike", same_number(compensation.document_number)),
                ("state", "!=", "cancel"),
            ],
        )
        # a seller may begin his numbers anew each year
        year = compensation.document_year
        return bills.filtered(lambda b: (b.invoice_date or b.date).year == year)[:1]

    def _move_type(self, compensation):
        return "in_refund" if compensation._goes_back() else "in_invoice"

    def _prepare(self, compensation, company):
        lines = compensation.move_id.invoice_line_ids
        return {
            **self._prepare_head(compensation, company),
            "invoice_line_ids": [
                Command.create(self._prepare_line(line, company)) for line in lines
            ],
        }

    def _prepare_head(self, compensation, company):
        return {
            "move_type": self._move_type(compensation),
            "company_id": company.id,
            "partner_id": compensation.seller_partner_id.id,
            "ref": compensation.document_number,
            "invoice_date": compensation.document_date,
            "date": compensation.document_date,
            "invoice_date_due": compensation.document_due_date,
            "invoice_payment_term_id": False,
            "currency_id": compensation.currency_id.id,
            "actif_share": compensation.actif_share,
            "reversed_entry_id": compensation.origin_id.bill_id.id,
        }

    def _prepare_line(self, line, company):
        if line.display_type != "product":
            return {"display_type": line.display_type, "name": line.name}
        return {
            "name": line.name,
            "quantity": line.quantity,
            "price_unit": line.price_unit,
            "discount": line.discount,
            "tax_ids": [Command.set(self._purchase_taxes(line, company).ids)],
        }

    def _purchase_taxes(self, line, company):
        taxes = self.env["account.tax"].sudo().browse()
        for tax in line.tax_ids:
            taxes |= self._purchase_tax(tax, company)
        return taxes

    def _purchase_tax(self, tax, company):
        """Return the buyer's purchase tax that mirrors a sale tax, if any."""
        candidates = (
            self.env["account.tax"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("type_tax_use", "=", "purchase"),
                    ("amount_type", "=", tax.amount_type),
                    ("amount", "=", tax.amount),
                ]
            )
        )
        candidates = candidates.filtered(
            lambda t: t.price_include == tax.price_include and t.amount > 0 or t == tax
        )
        return candidates.sorted(
            lambda t: (
                t.tax_exigibility != tax.tax_exigibility,
                t.tax_scope != tax.tax_scope,
                bool(t.invoice_repartition_line_ids.filtered(lambda r: r.factor < 0)),
                t.sequence,
                t.id,
            )
        )[:1]
