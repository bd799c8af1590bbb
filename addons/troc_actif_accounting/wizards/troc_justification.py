"""Justification of the account 4678: the books of a company against the register."""

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif.spreadsheet import workbook
from odoo.addons.troc_actif_invoice.public import each_once

from .troc_justification_line import COLUMNS

# What an entry of ours is linked to: the first that is set pairs the two books.
LINKS = ("troc_compensation_id", "troc_transfer_id")


class TrocJustification(models.TransientModel):
    """Compares the Actif account of a hosted member with the register, as of a day.

    The lines are a picture taken by `action_compare`, in one query on this one
    member: it costs the same in a network of any size.
    """

    _name = "troc.justification"
    _inherit = "troc.hosted.report.mixin"
    _description = "Justification of the account 4678"
    _report = "troc_actif_accounting.action_report_justification"
    _asked = frozenset(("member_id", "date"))

    date = fields.Date(
        "As of", required=True, default=lambda self: fields.Date.context_today(self)
    )
    line_ids = fields.One2many("troc.justification.line", "justification_id")
    compared = fields.Boolean(compute="_compute_totals")
    line_count = fields.Integer("Lines", compute="_compute_totals")
    difference_count = fields.Integer("Differences", compute="_compute_totals")
    books_balance = fields.Monetary("In the books", compute="_compute_totals")
    register_balance = fields.Monetary("In the register", compute="_compute_totals")
    difference = fields.Monetary(compute="_compute_totals")
    chain = fields.Text(
        "Last secured entries",
        compute="_compute_chain",
        compute_sudo=True,
        help="With their hash: who holds this paper can tell whether the journals were "
        "changed since.",
    )

    @api.depends("line_ids", "member_id", "date")
    def _compute_totals(self):
        for report in self:
            lines = self.env["troc.justification.line"]
            ((books, register, count),) = lines._read_group(
                [("justification_id", "=", report._origin.id)],
                aggregates=["books_amount:sum", "register_amount:sum", "__count"],
            )
            report.books_balance = books or 0.0
            report.register_balance = register or 0.0
            report.difference = (books or 0.0) - (register or 0.0)
            report.line_count = count
            report.difference_count = lines.search_count(
                [
                    ("justification_id", "=", report._origin.id),
                    ("is_difference", "=", True),
                ]
            )
            report.compared = bool(report._origin)

    @api.depends("member_id", "date")
    def _compute_chain(self):
        for report in self:
            company = report._books_shown()
            journals = company.troc_journal_id
            if company:
                journals |= report.member_id.network_id.register_journal_id
            report.chain = "\n".join(filter(None, map(report._last_secured, journals)))

    def _last_secured(self, journal):
        move = self.env["account.move"].search(
            [
                ("journal_id", "=", journal.id),
                ("inalterable_hash", "!=", False),
                ("date", "<=", self.date),
            ],
            order="date desc, sequence_number desc",
            limit=1,
        )
        return f"{move.name} : {move.inalterable_hash}" if move else ""

    @each_once
    def action_open_lines(self):
        """Open all lines as a list, differences first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self._description_of(),
            "res_model": "troc.justification.line",
            "view_mode": "list,kanban",
            "domain": [("justification_id", "=", self.id)],
        }

    def _description_of(self):
        return self.env._(
            "Justification %(account)s – %(company)s",
            account=self.account_code or "4678",
            company=self.company_name,
        )

    def _file_name(self):
        return f"justification-{self.account_code or '4678'}-{self.date}"

    # -- the comparison ---------------------------------------------------------------

    def _take_picture(self):
        """Replace the lines by what stands in both books now."""
        company = self._books_read()
        # sudo: nobody writes lines by hand
        self.sudo().line_ids.unlink()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO troc_justification_line (
                    justification_id, create_uid, create_date, write_uid, write_date,
                    currency_id, date, is_difference, cause, reference, label,
                    books_entry, register_entry, books_move_id, compensation_id,
                    transfer_id, books_amount, register_amount, difference)
                SELECT %(own)s, %(user)s, NOW() AT TIME ZONE 'UTC', %(user)s,
                       NOW() AT TIME ZONE 'UTC', %(currency)s, pair.*
                  FROM (%(pairs)s) pair
                """,
                own=self.id,
                user=self.env.uid,
                currency=company.currency_id.id,
                pairs=self._pairs(company),
            )
        )
        self.env.invalidate_all()

    def _pairs(self, company):
        """Return the query of this report: the items of both books, pair by pair.

        An item dated later than `date` counts for nothing, but still tells that its
        counterpart bears another date.
        """
        return SQL(
            """
            WITH books AS (%(books)s), register AS (%(register)s)
            SELECT COALESCE(books.date, register.date),
                   shown.cause IS NOT NULL, shown.cause,
                   COALESCE(books.ref, register.ref),
                   COALESCE(books.label, register.label),
                   books.entry, register.entry, books.move_id,
                   COALESCE(books.compensation_id, register.compensation_id),
                   COALESCE(books.transfer_id, register.transfer_id),
                   shown.in_books, shown.in_register, shown.in_books - shown.in_register
              FROM books
         FULL JOIN register USING (pair, rank)
     CROSS JOIN LATERAL (
                SELECT CASE WHEN books.move_id IS NULL AND register.is_reversal
                            THEN 'reversal_missing'
                            WHEN books.move_id IS NULL THEN 'entry_missing'
                            WHEN register.move_id IS NULL AND books.is_linked
                            THEN 'register_missing'
                            WHEN register.move_id IS NULL THEN 'by_hand'
                            WHEN books.balance != register.balance THEN 'amount'
                            WHEN books.date != register.date THEN 'date' END AS cause,
                       CASE WHEN books.date <= %(date)s THEN books.balance
                            ELSE 0 END AS in_books,
                       CASE WHEN register.date <= %(date)s THEN register.balance
                            ELSE 0 END AS in_register
                   ) shown
             WHERE LEAST(books.date, register.date) <= %(date)s
            """,
            books=self._items(
                SQL(
                    """FROM account_move_line item
                      WHERE item.account_id = %s AND item.company_id = %s""",
                    company.troc_account_id.id or 0,
                    company.id,
                )
            ),
            register=self._items(
                SQL(
                    """FROM troc_member member
                       JOIN troc_network network ON network.id = member.network_id
                       JOIN account_move_line item
                         ON item.account_id = network.register_account_id
                        AND item.journal_id = network.register_journal_id
                        AND item.partner_id = member.partner_id
                      WHERE member.company_id = %s AND member.kind = 'hosted'""",
                    company.id,
                )
            ),
            date=self.date,
        )

    def _items(self, source):
        """Return the query of one book's posted items, with the keys of their pairs."""
        link = self._link()
        return SQL(
            """
            SELECT move.*, ROW_NUMBER() OVER (
                       PARTITION BY move.pair ORDER BY move.date, move.item_id
                   ) AS rank
              FROM (SELECT item.id AS item_id, item.move_id, item.date, item.balance,
                           item.name AS label, move.name AS entry, move.ref,
                           move.troc_compensation_id AS compensation_id,
                           move.troc_transfer_id AS transfer_id,
                           move.reversed_entry_id IS NOT NULL AS is_reversal,
                           %(link)s IS NOT NULL AS is_linked,
                           CONCAT(
                               COALESCE(%(link)s, CONCAT('?', move.ref, item.balance)),
                               move.reversed_entry_id IS NOT NULL) AS pair
                      FROM (SELECT item.* %(source)s AND item.parent_state = 'posted')
                           item
                      JOIN account_move move ON move.id = item.move_id) move
            """,
            link=link,
            source=source,
        )

    def _link(self):
        """Return what both entries of a movement bear."""
        return SQL(
            "COALESCE(%s)",
            SQL(", ").join(
                SQL("%s || move.%s::text", f"{name} ", SQL.identifier(name))
                for name in LINKS
            ),
        )

    def _sheet(self):
        facts = [
            (self.env._("Company"), self.company_name),
            (self.env._("As of"), self.date),
            (self.env._("In the books"), self.books_balance),
            (self.env._("In the register"), self.register_balance),
            (self.env._("Difference"), self.difference),
        ]
        columns = [
            (self.line_ids._fields[name]._description_string(self.env), kind)
            for name, kind in COLUMNS
        ]
        title = f"{self.env._('Justification')} {self.account_code or '4678'}"
        return workbook(title, facts, columns, self.line_ids._rows())
