"""The draft bill of a hosted buyer, from the Factur-X file of a seller elsewhere."""

import logging

from odoo import Command
from odoo.exceptions import UserError

from odoo.addons.troc_actif_invoice.lib.actif_rules import payment_data
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import cii as facturx_xml
from odoo.addons.troc_actif_invoice.lib.actif_rules.facturx import (
    extract as facturx_extract,
)
from odoo.addons.troc_actif_invoice.tools import dec

_logger = logging.getLogger(__name__)

# Odoo looks up product, unit and taxes of each line: beyond that it takes minutes.
MAX_LINES = 200
LINE_PATH = "rsm:SupplyChainTradeTransaction/ram:IncludedSupplyChainTradeLineItem"


class TrocDraftBillImport:
    """A part of TrocDraftBill, where its fields stand."""

    __slots__ = ()

    def _create_from_file(self, compensation, moves, company):
        """Return a draft with the lines of the file, by Odoo's own importer.

        Only where they come out to the stated total, to the cent; else one line for
        each VAT rate, or a single one, with the stated amounts, and a note says so.
        """
        bill = moves.create(self._prepare_head(compensation, company))
        if self._import_lines(compensation, bill):
            return bill
        bill.invoice_line_ids = [Command.clear(), *self._stated_lines(compensation)]
        if dec(bill.amount_total) != dec(compensation.total_amount):
            bill.invoice_line_ids = [Command.clear(), self._single_line(compensation)]
        note = self.env._(
            "The lines of the file do not come out to its total in these books: the "
            "stated amounts are used instead. Check accounts and taxes."
        )
        bill.message_post(body=note)
        return bill

    def _import_lines(self, compensation, bill):
        """Fill `bill` from the file; tell whether its totals are the stated ones.

        A failure undoes all it wrote and is none of the seller's: he gets his
        compensation, the buyer a simpler draft.
        """
        tree = self._tree(compensation)
        if tree is None or not 0 < len(self._lines_of(tree)) <= MAX_LINES:
            return False
        partner = compensation.seller_partner_id.id
        importer = self.env["account.edi.xml.cii"].with_env(
            bill.with_context(troc_import_partner_id=partner).env
        )
        head = {name: bill[name] for name in ("ref", "invoice_date")}
        try:
            with self.env.cr.savepoint() as savepoint:
                file_data = {"xml_tree": tree, "attachment": None}
                importer._import_invoice_ubl_cii(bill, file_data, new=True)
                bill.write({**head, "partner_bank_id": False})
                if self._comes_out(compensation, bill):
                    return True
                savepoint.rollback()
        except (UserError, ValueError, KeyError, TypeError) as error:
            _logger.info("%s: lines not imported: %s", compensation.name, error)
        bill.invalidate_recordset()
        return False

    def _comes_out(self, compensation, bill):
        stated = (compensation.untaxed_amount, compensation.total_amount)
        found = (bill.amount_untaxed, bill.amount_total)
        return list(map(dec, stated)) == list(map(dec, found))

    def _tree(self, compensation):
        content = compensation._document_attachment().raw
        try:
            return facturx_xml.parse(facturx_extract.extract(content).xml)
        except RuleError:
            return None

    def _lines_of(self, tree):
        return tree.findall(LINE_PATH, facturx_xml.NAMESPACES)

    def _stated_lines(self, compensation):
        company = compensation.buyer_id._books()
        return [
            Command.create(
                {
                    "name": compensation.document_number,
                    "price_unit": float(group.base),
                    "tax_ids": [
                        Command.set(self._tax_of_rate(group.rate, company).ids)
                    ],
                }
            )
            for group in payment_data.from_json(compensation.vat_groups)
        ]

    def _single_line(self, compensation):
        return Command.create(
            {
                "name": compensation.document_number,
                "price_unit": compensation.total_amount,
                "tax_ids": [Command.clear()],
            }
        )

    def _tax_of_rate(self, rate, company):
        """Return the buyer's first plain purchase tax of this rate."""
        taxes_sudo = self.env["account.tax"].sudo()
        found = taxes_sudo.search(
            [
                ("company_id", "=", company.id),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("amount", "=", float(rate or 0)),
                ("price_include", "=", False),
            ]
        )
        return found.filtered(self._is_plain)[:1]

    def _is_plain(self, tax):
        lines = tax.invoice_repartition_line_ids
        return tax.amount > 0 and not lines.filtered(lambda line: line.factor < 0)
