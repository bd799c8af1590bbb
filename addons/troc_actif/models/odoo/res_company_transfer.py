"""The accounts that say, in a hosted member's books, what a transfer was."""

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

# kind of a transfer: the fields for who gives and who takes
FIELDS = {
    "gift": ("troc_expense_account_id", "troc_income_account_id"),
    "void": ("troc_expense_account_id", "troc_income_account_id"),
    "loss": ("troc_expense_account_id", "troc_income_account_id"),
    "correction": ("troc_suspense_account_id", "troc_suspense_account_id"),
    "opening": ("troc_suspense_account_id", "troc_suspense_account_id"),
}
# What the French chart has for them, where the accountant has chosen nothing.
DEFAULT_CODES = {
    "troc_expense_account_id": "658000",
    "troc_income_account_id": "758000",
    "troc_suspense_account_id": "471000",
}


class ResCompanyTransfer:
    """A part of ResCompany, where its fields stand."""

    __slots__ = ()

    def _troc_transfer_account(self, kind, side):
        """Return the counterpart account of a transfer; `side` is giver or taker.

        Raises RuleError `transfer_account_missing`.
        """
        self.ensure_one()
        name = FIELDS[kind][side == "taker"]
        # sudo: the manager who posts has no accounting right in the member's company
        company = self.sudo().with_company(self)
        code = DEFAULT_CODES[name]
        account = company[name] or company.env["account.account"].search(
            [("code", "=", code), ("company_ids", "in", self.ids)], limit=1
        )
        if not account:
            raise RuleError(
                "transfer_account_missing", company=self.sudo().name, value=code
            )
        return account
