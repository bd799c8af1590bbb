from odoo import Command, api, fields, models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.year_end import presentation
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.tools import dec


class TrocYearEnd(models.TransientModel):
    """Proposes how a negative Actif account is shown at year end (see year_end.py).

    Two draft entries, made as the user himself; his to post, to change or to delete.
    """

    _name = "troc.year.end"
    _description = "Year-end presentation of a negative Actif account"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        "Closing date", required=True, default=lambda self: self._last_closing()
    )
    balance = fields.Monetary("Actif account at that date", compute="_compute_balance")
    is_negative = fields.Boolean(compute="_compute_balance")
    entry_ids = fields.Many2many(
        "account.move", string="Made before", compute="_compute_entry_ids"
    )
    preview_html = fields.Html(compute="_compute_preview_html", sanitize=False)

    def _last_closing(self):
        """Return the end of the last fiscal year that is over."""
        today = fields.Date.context_today(self)
        year = self.env.company.compute_fiscalyear_dates(today)
        return fields.Date.subtract(year["date_from"], days=1)

    @api.depends("company_id", "date")
    def _compute_balance(self):
        for wizard in self:
            ((balance,),) = self.env["account.move.line"]._read_group(
                [
                    ("account_id", "=", wizard.company_id.troc_account_id.id),
                    ("company_id", "=", wizard.company_id.id),
                    ("parent_state", "=", "posted"),
                    ("date", "<=", wizard.date),
                ],
                aggregates=["balance:sum"],
            )
            wizard.balance = balance or 0.0
            wizard.is_negative = dec(balance) < 0

    @api.depends("company_id", "date")
    def _compute_entry_ids(self):
        for wizard in self:
            wizard.entry_ids = self.env["account.move"].search(
                [
                    ("company_id", "=", wizard.company_id.id),
                    ("troc_closing_date", "=", wizard.date),
                    ("state", "!=", "cancel"),
                ]
            )

    @api.depends("balance")
    @api.depends_context("lang")
    def _compute_preview_html(self):
        for wizard in self:
            wizard.preview_html = self.env["ir.qweb"]._render(
                "troc_actif_accounting.year_end_preview",
                {
                    "entries": wizard._planned() if wizard.is_negative else (),
                    "names": wizard._account_names(),
                    "currency": wizard.currency_id,
                },
            )

    def _planned(self):
        """Return what is still to be presented: what is posted so far may not fit."""
        return presentation(dec(self.balance) + self._presented(), self.date)

    def _presented(self):
        """Return what posted entries show among the liabilities at the closing date."""
        passive = self.company_id.troc_passive_account_id
        ((balance,),) = self.env["account.move.line"]._read_group(
            [
                ("account_id", "=", passive.id),
                ("company_id", "=", self.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", self.date),
                "|",
                ("move_id.troc_closing_date", "=", self.date),
                ("move_id.reversed_entry_id.troc_closing_date", "=", self.date),
            ],
            aggregates=["balance:sum"],
        )
        return -dec(balance or 0)

    def _drafts(self):
        return self.entry_ids.filtered(lambda move: move.state == "draft")

    def _drafts_fit(self):
        """Tell whether the drafts made before show what is to be presented."""
        drafts = self._drafts().filtered(lambda move: move.date == self.date)
        shown = sum(dec(amount) for amount in drafts.mapped("amount_total"))
        return bool(drafts) and shown == -(dec(self.balance) + self._presented())

    def _account_names(self):
        company = self.company_id
        return {
            "contra": company.troc_contra_account_id.display_name
            or self.env._("467810 Actif, reclassification (will be created)"),
            "passive": company.troc_passive_account_id.display_name
            or self.env._("468900 Actif, credit balance (will be created)"),
        }

    @each_once
    def action_propose(self):
        """Make the entry and its reversal, as drafts in the accountant's own name."""
        self.ensure_one()
        company = self.company_id
        self._check_proposal()
        try:
            planned = self._planned()
        except RuleError as error:
            exceptions.refuse(self.env, error, company.name)
        # of another balance: ours, and never posted
        self._drafts().unlink()
        self.env["troc.company.setup"]._setup_presentation(company)
        moves = self.env["account.move"].with_company(company)
        first = moves.create(self._prepare_entry(planned[0]))
        second = moves.create(
            {**self._prepare_entry(planned[1]), "reversed_entry_id": first.id}
        )
        return (first + second)._get_records_action(
            name=self.env._("Year-end presentation")
        )

    def _check_proposal(self):
        """Refuse what is not his to propose, was proposed, or could not be posted."""
        company, error = self.company_id, None
        self.env["account.move"].check_access("create")
        if company not in self.env.user.company_ids:
            error = RuleError("entry_in_their_books", company=company.name)
        elif self._presented_already():
            number = ", ".join(self.entry_ids.mapped("display_name"))
            error = RuleError("presented_already", number=number, date=self.date)
        else:
            locks = company._get_violated_lock_dates(self.date, False, self._journal())
            if locks:
                lock_date = max(locked for locked, _field in locks)
                error = RuleError("closing_locked", date=self.date, lock_date=lock_date)
        if error:
            exceptions.refuse(self.env, error, company.name)

    def _presented_already(self):
        if self._drafts_fit():
            return True
        return bool(self.entry_ids) and not dec(self.balance) + self._presented()

    def _journal(self):
        """Return the general journal of the entry: never the one of compensations."""
        return self.env["account.journal"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("type", "=", "general"),
                ("troc_role", "=", False),
                ("id", "!=", self.company_id.tax_cash_basis_journal_id.id),
            ],
            limit=1,
        )

    def _prepare_entry(self, presented):
        company = self.company_id
        accounts = {
            "contra": company.troc_contra_account_id.id,
            "passive": company.troc_passive_account_id.id,
        }
        label = self.env._("Actif account presented at %s", self.date)
        amount = float(presented.amount)
        sides = ((presented.debit, amount, 0.0), (presented.credit, 0.0, amount))
        return {
            "move_type": "entry",
            "journal_id": self._journal().id,
            "company_id": company.id,
            "date": presented.date,
            "ref": label,
            "troc_closing_date": self.date,
            "line_ids": [
                Command.create(
                    {
                        "account_id": accounts[role],
                        "name": label,
                        "debit": debit,
                        "credit": credit,
                    }
                )
                for role, debit, credit in sides
            ],
        }
