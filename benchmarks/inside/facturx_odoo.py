"""Odoo's own import of a bill, as when a file is dropped on the purchase journal."""

import logging
import sys

from facturx_contender import answer, facts, is_pdf

import odoo.api
import odoo.modules.registry
import odoo.tools


def reader(env):
    """Return a `read` that imports into the books of a company."""
    # With the French chart and its taxes: the amounts are computed from the lines.
    tax = env["account.tax"].search(
        [
            ("type_tax_use", "=", "purchase"),
            ("amount", "=", 20),
            ("country_id.code", "=", "FR"),
        ],
        limit=1,
    )
    journal = env["account.journal"].search(
        [("type", "=", "purchase"), ("company_id", "=", tax.company_id.id)], limit=1
    )
    context = {
        "default_move_type": "in_invoice",
        "allowed_company_ids": journal.company_id.ids,
    }
    journal = journal.with_context(**context)

    def read(content, parts):
        try:
            return told(imported(content, parts))
        finally:
            # The import commits by itself at times: what is left is dropped with all.
            env.cr.rollback()
            env.invalidate_all()

    def imported(content, parts):
        name = "bill.pdf" if is_pdf(content) else "bill.xml"
        attachment = journal.env["ir.attachment"].create({"name": name, "raw": content})
        moves = journal._create_document_from_attachment(attachment.ids)
        moves.flush_recordset()
        parts.done("import")
        return moves

    return read


def told(moves):
    moves.ensure_one()
    if not moves.ref:
        raise ValueError("an empty bill")
    return facts(
        moves.ref,
        moves.invoice_date,
        moves.currency_id.name,
        moves.amount_untaxed,
        moves.amount_total,
    )


def main():
    odoo.tools.config.parse_config(
        ["-c", sys.argv[1], "-d", sys.argv[2], "--log-level=critical"],
        setup_logging=True,
    )
    logging.disable(logging.CRITICAL)
    with odoo.modules.registry.Registry(sys.argv[2]).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.api.SUPERUSER_ID, {"lang": "fr_FR"})
        answer(reader(env))
        cr.rollback()


main()
