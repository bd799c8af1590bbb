"""VAT made due by compensation against VAT made due by bank, for one company."""

from odoo import Command, api, fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.spreadsheet import workbook
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from .troc_vat_report_line import COLUMNS, SOURCES


class TrocVatReport(models.TransientModel):
    """Explains the tax report of a period: what made each of its amounts due.

    Two views of the same entries, one a tax, one a box of the tax report.  A box is
    what Odoo's report adds up (the items that bear its tag); what neither a payment nor
    an invoice explains is the difference, shown first.
    """

    _name = "troc.vat.report"
    _inherit = ["troc.hosted.report.mixin", "troc.period.mixin"]
    _description = "VAT by compensation and by bank"
    _report = "troc_actif_accounting.action_report_vat"
    _asked = frozenset(("member_id", "date_from", "date_to"))

    line_ids = fields.One2many("troc.vat.report.line", "report_id")
    tax_line_ids = fields.One2many(
        "troc.vat.report.line", "report_id", domain=[("kind", "=", "tax")]
    )
    box_line_ids = fields.One2many(
        "troc.vat.report.line", "report_id", domain=[("kind", "=", "box")]
    )
    difference_count = fields.Integer("Differences", compute="_compute_totals")
    vat_by_compensation = fields.Monetary(compute="_compute_totals")
    vat_by_bank = fields.Monetary(compute="_compute_totals")

    _in_order = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day comes after the first one."
    )

    @api.depends("line_ids")
    def _compute_totals(self):
        for report in self:
            sales = report.tax_line_ids.filtered(lambda line: line.use == "sale")
            report.vat_by_compensation = sum(sales.mapped("compensation"))
            report.vat_by_bank = sum(sales.mapped("bank"))
            report.difference_count = len(report.line_ids.filtered("is_difference"))

    def _description_of(self):
        return self.env._("VAT in Actifs and in euros – %s", self.company_name)

    def _file_name(self):
        return f"tva-actifs-{self.date_from}-{self.date_to}"

    # -- the entries ------------------------------------------------------------------

    def _books_read(self):
        """Only for who keeps these books: the network has no business in their VAT."""
        company = super()._books_read()
        keeps = self.env["account.move.line"].has_access("read")
        if not keeps or company not in self.env.user.company_ids:
            error = RuleError("entry_in_their_books", company=company.name)
            exceptions.refuse(self.env, error, self.env._("The VAT"))
        return company

    def _take_picture(self):
        company = self._books_read()
        lines = [*self._tax_lines(company), *self._box_lines(company)]
        # sudo: nobody writes lines by hand
        self.sudo().line_ids = [Command.clear(), *map(Command.create, lines)]

    def _tax_lines(self, company):
        """Yield the values of a line a tax: bases and VAT by what made them due."""
        found = {}
        for part in ("vat", "base"):
            for tax, source, amount in self._query(company, self._of_tax(part)):
                found.setdefault(tax, {})[part, source] = amount
        taxes = self.env["account.tax"].sudo().browse(found)
        uses = dict(taxes._fields["type_tax_use"]._description_selection(self.env))
        for tax in taxes.sorted(lambda tax: (tax.type_tax_use != "sale", tax.sequence)):
            # what is owed counts up: a sale's VAT is a credit
            sign = -1 if tax.type_tax_use == "sale" else 1
            values = {
                f"{'base_' if part == 'base' else ''}{source}": float(sign * amount)
                for (part, source), amount in found[tax.id].items()
            }
            name = f"{tax.name} ({uses[tax.type_tax_use]})"
            yield self._line("tax", name, values, tax_id=tax.id)

    def _box_lines(self, company):
        """Yield the values of a line a box of the tax report."""
        found = {}
        for tag, source, amount in self._query(company, self._of_box()):
            found.setdefault(tag, {})[source] = amount
        reported = self._reported(company)
        tags = self.env["account.account.tag"].sudo().browse({*found, *reported})
        for tag in tags.sorted("name"):
            sign = -1 if tag.balance_negate else 1
            values = {s: float(sign * a) for s, a in found.get(tag.id, {}).items()}
            values["reported"] = sign * reported.get(tag.id, 0.0)
            expression = tag.report_expression_id.report_line_id
            name = expression.name if expression else tag.name
            yield self._line("box", name, values, tag_id=tag.id)

    def _line(self, kind, name, values, **links):
        """Return the values of a line; its difference is what nothing explains."""
        known = sum(values.get(source, 0.0) for source in SOURCES)
        values.setdefault("reported", known + values.get("other", 0.0))
        difference = self.currency_id.round(values["reported"] - known)
        return {
            "kind": kind,
            "name": name,
            "difference": difference,
            "is_difference": not self.currency_id.is_zero(difference),
            **{n: v for n, v in values.items() if n != "other" and n != "base_other"},
            **links,
        }

    def _reported(self, company):
        """Return {tag: balance} of the items that Odoo's tax report adds up."""
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [*self._period_domain(company), ("tax_tag_ids", "!=", False)],
                ["tax_tag_ids"],
                ["balance:sum"],
            )
        )
        return {tag.id: balance for tag, balance in groups}

    def _period_domain(self, company):
        return [
            ("company_id", "=", company.id),
            ("parent_state", "=", "posted"),
            ("date", ">=", self.date_from),
            ("date", "<=", self.date_to),
        ]

    def _query(self, company, columns):
        """Return rows of (`columns`' first one, source, balance) of tagged items."""
        self.env.flush_all()
        what, joined = columns
        return self.env.execute_query(
            SQL(
                """
                SELECT %(what)s, %(source)s AS source, SUM(item.balance)
                  FROM account_move_line item
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN account_partial_reconcile partial
                    ON partial.id = move.tax_cash_basis_rec_id
             LEFT JOIN account_move_line debit ON debit.id = partial.debit_move_id
             LEFT JOIN account_move_line credit ON credit.id = partial.credit_move_id
             LEFT JOIN account_move payer
                    ON payer.id IN (debit.move_id, credit.move_id)
                   AND payer.troc_compensation_id IS NOT NULL
                       %(joined)s
                 WHERE item.company_id = %(company)s AND item.parent_state = 'posted'
                   AND item.date BETWEEN %(first)s AND %(last)s
                   AND EXISTS (SELECT FROM account_account_tag_account_move_line_rel tag
                                WHERE tag.account_move_line_id = item.id)
              GROUP BY 1, 2
                """,
                what=what,
                joined=joined,
                source=self._source(),
                company=company.id,
                first=self.date_from,
                last=self.date_to,
            )
        )

    def _source(self):
        """Return what made an item due: the payment's kind, or the invoice itself.

        `troc_due_by_id` is told when the entry is made; entries of before it was kept
        are known by their reconciliation.
        """
        return SQL(
            """CASE WHEN COALESCE(move.troc_due_by_id, payer.troc_compensation_id)
                         IS NOT NULL THEN 'compensation'
                    WHEN move.tax_cash_basis_origin_move_id IS NOT NULL
                      OR move.tax_cash_basis_rec_id IS NOT NULL
                      OR taken_back.tax_cash_basis_origin_move_id IS NOT NULL
                    THEN 'bank'
                    WHEN move.move_type != 'entry' THEN 'invoice'
                    ELSE 'other' END"""
        )

    _TAKEN_BACK = SQL(
        "LEFT JOIN account_move taken_back ON taken_back.id = move.reversed_entry_id"
    )

    def _of_tax(self, part):
        if part == "vat":
            return SQL("tax.id"), SQL(
                "%s JOIN account_tax tax ON tax.id = item.tax_line_id", self._TAKEN_BACK
            )
        return SQL("base.account_tax_id"), SQL(
            """%s JOIN account_move_line_account_tax_rel base
                 ON base.account_move_line_id = item.id""",
            self._TAKEN_BACK,
        )

    def _of_box(self):
        return SQL("box.account_account_tag_id"), SQL(
            """%s JOIN account_account_tag_account_move_line_rel box
                 ON box.account_move_line_id = item.id""",
            self._TAKEN_BACK,
        )

    def _sheet(self):
        facts = [
            (self.env._("Company"), self.company_name),
            (self.env._("First day"), self.date_from),
            (self.env._("Last day"), self.date_to),
        ]
        fields_of = self.line_ids._fields
        columns = [
            (fields_of[name]._description_string(self.env), kind)
            for name, kind in COLUMNS
        ]
        return workbook(
            self.env._("VAT in Actifs and in euros"),
            facts,
            columns,
            self.line_ids._rows(),
        )
