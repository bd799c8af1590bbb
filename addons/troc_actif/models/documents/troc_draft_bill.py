import logging

from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.tools import dec

from .troc_draft_bill_import import TrocDraftBillImport

_logger = logging.getLogger(__name__)

# What two ways of rounding VAT may differ by, in euros.
MOST_CENTS = 0.02


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
        bill = env["troc.bill.match"]._find(compensation, company)
        if bill or not company.troc_journal_id:
            return bill
        if compensation.move_id:
            head = self._prepare_head(compensation, company)
            return self._create_from_invoice(compensation.move_id, head, moves)
        return self._create_from_file(compensation, moves, company)

    def _move_type(self, compensation):
        return "in_refund" if compensation._goes_back() else "in_invoice"

    def _draft_invoice(self, invoice, company):
        """Draft the bill of an ordinary invoice to a company that keeps books here.

        As a fee of the network's; what makes Odoo refuse it is none of the sender's.
        """
        moves = self.env["troc.posting"]._in_companies(company)["account.move"]
        head = {
            "move_type": invoice.move_type.replace("out_", "in_"),
            "company_id": company.id,
            "partner_id": invoice.company_id.partner_id.id,
            "ref": invoice.name,
            "invoice_date": invoice.invoice_date,
            "date": invoice.invoice_date,
            "invoice_date_due": invoice.invoice_date_due,
            "invoice_payment_term_id": False,
            "currency_id": invoice.currency_id.id,
        }
        try:
            with self.env.cr.savepoint():
                return self._create_from_invoice(invoice, head, moves)
        except UserError as error:
            _logger.info("%s: no draft bill: %s", invoice.name, error)
            return moves

    def _create_from_invoice(self, invoice, head, moves):
        """Return a draft with the invoice's lines, to the cent, or saying why not."""
        company = moves.env["res.company"].browse(head["company_id"])
        taxes = self.env["troc.draft.bill.taxes"]._of(company)
        lines = [
            Command.create(values)
            for line in invoice.invoice_line_ids
            for values in self._prepare_lines(line, taxes)
        ]
        bill = moves.create({**head, "invoice_line_ids": lines})
        self._round(bill, invoice)
        self._tell(bill, invoice, taxes)
        return bill

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

    def _prepare_lines(self, line, taxes):
        """Return the values of the bill's lines for one line of the invoice.

        As it is where the buyer's taxes count as the seller's do.  Where they do not
        (prices with taxes, an eco-contribution per piece that these books have no tax
        for) by its amounts without taxes: their sum is what counts.
        """
        if line.display_type != "product":
            return [{"display_type": line.display_type, "name": line.name}]
        parts = taxes._parts(line)
        if parts.same:
            amounts = {
                name: line[name] for name in ("quantity", "price_unit", "discount")
            }
        else:
            amounts = self._amounts(line)
        own = {"name": line.name, **amounts, "tax_ids": [Command.set(parts.taxes.ids)]}
        return [own, *(self._prepare_fixed(fixed) for fixed in parts.fixed)]

    def _amounts(self, line):
        """Return quantity and price without taxes that come out to the subtotal."""
        currency, quantity = line.currency_id, line.quantity
        price = currency.round(line.price_subtotal / quantity) if quantity else 0
        if currency.compare_amounts(price * quantity, line.price_subtotal):
            quantity, price = 1, line.price_subtotal
        return {"quantity": quantity, "price_unit": price}

    def _prepare_fixed(self, fixed):
        return {
            "name": fixed.name,
            "quantity": 1,
            "price_unit": fixed.amount,
            "tax_ids": [Command.set(fixed.taxes.ids)],
        }

    def _round(self, bill, invoice):
        """Add what the seller's rounding makes of it, as a line without a tax.

        Of cents (a cash rounding, VAT that the seller rounds per line): more would
        hide a tax that is missing.
        """
        left = invoice.amount_total - bill.amount_total
        bound = max(invoice.invoice_cash_rounding_id.rounding, MOST_CENTS)
        if 0.005 < abs(left) <= bound + 0.005:
            line = {
                "name": self.env._("Rounding of the seller's invoice"),
                "quantity": 1,
                "price_unit": bill.currency_id.round(left),
                "tax_ids": [Command.clear()],
            }
            bill.invoice_line_ids = [Command.create(line)]

    def _tell(self, bill, invoice, taxes):
        """Note what the accountant must know before the bill is posted."""
        notes = taxes._notes()
        if dec(bill.amount_total) != dec(invoice.amount_total):
            notes.append(
                self.env._(
                    "This draft comes to %(total)s, the seller's invoice to "
                    "%(invoice)s: complete it before you post it.",
                    total=formatLang(self.env, bill.amount_total, digits=2),
                    invoice=formatLang(self.env, invoice.amount_total, digits=2),
                )
            )
        if notes:
            bill.message_post(body="\n".join(notes))
