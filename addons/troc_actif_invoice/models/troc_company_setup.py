from odoo import Command, models
from odoo.exceptions import AccessError, UserError

from ..exceptions import refuse
from ..lib.actif_rules.errors import RuleError
from ..seal import sealed

ACTIF_CODE = "467800"


class TrocCompanySetup(models.AbstractModel):
    """Sets a company up for Actifs, once; a second run changes nothing.

    Adds an account, a journal and the payment method; touches nothing that is there.
    """

    _name = "troc.company.setup"
    _description = "Set-up of a company's books"

    def _setup_company(self, company):
        """Create the Actif account, the compensation journal and its method lines."""
        env = self._as_accountant(company)
        company = company.with_env(env)
        if not company.troc_account_id:
            company.troc_account_id = self._actif_account(env, company)
        if not company.troc_journal_id:
            company.troc_journal_id = self._compensation_journal(env, company)

    def _as_accountant(self, company):
        """Return an environment in `company`, after checking the user's own right."""
        allowed = company in self.env.user.company_ids
        if not allowed or not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(
                self.env._(
                    "%(user)s is no accounting administrator of %(company)s. Ask one "
                    "to open Settings > Invoicing > Troc Actif and click “Set up”.",
                    user=self.env.user.name,
                    company=company.name,
                )
            )
        if not company.chart_template:
            raise UserError(
                self.env._(
                    "%s has no chart of accounts yet. Choose one under Settings > "
                    "Invoicing > Fiscal localization, then set up Troc Actif.",
                    company.name,
                )
            )
        try:
            self._check_euros(company)
        except RuleError as error:
            refuse(self.env, error, company.name)
        # sudo: writing on the company itself takes settings rights that an accounting
        # administrator, checked above, need not have
        context = {"allowed_company_ids": company.ids}
        return sealed(self).with_company(company).with_context(**context).env

    def _check_euros(self, company):
        """Raise RuleError where a company does not keep its books in euros.

        An Actif is a euro: in another currency 1,000 would be posted as 2,000.
        """
        if company.currency_id.name != "EUR":
            raise RuleError(
                "books_other_currency",
                company=company.name,
                currency=company.currency_id.name,
            )

    def _actif_account(self, env, company):
        """Return the account: asset, current, never reconciled (a current account).

        Not reconcilable on purpose: with reconciliation on, Odoo keeps a payment of
        50 % “in process” for ever.
        """
        accounts = env["account.account"]
        return accounts.create(
            {
                "code": accounts._search_new_account_code(ACTIF_CODE, cache={}),
                "name": "Actif - compte de compensation",
                "account_type": "asset_current",
                "reconcile": False,
                "company_ids": [Command.set(company.ids)],
            }
        )

    def _compensation_journal(self, env, company):
        journal = env["account.journal"].create(
            {
                "name": "Compensations Actif",
                "code": self._free_code(env, company, "TROC"),
                "type": "bank",
                "company_id": company.id,
                "default_account_id": company.troc_account_id.id,
                # the first bank or cash journal is everybody's default: be the last
                "sequence": 99,
                "troc_role": "compensation",
                "show_on_dashboard": True,
            }
        )
        journal.inbound_payment_method_line_ids.unlink()
        journal.outbound_payment_method_line_ids.unlink()
        for suffix in ("in", "out"):
            method = env.ref(f"troc_actif_invoice.payment_method_actif_{suffix}")
            env["account.payment.method.line"].create(
                {
                    "name": "Actif",
                    "payment_method_id": method.id,
                    "journal_id": journal.id,
                    "payment_account_id": company.troc_account_id.id,
                }
            )
        journal.restrict_mode_hash_table = True
        return journal

    def _free_code(self, env, company, code):
        """Return a journal code of 5 characters that this company does not use."""
        journals = env["account.journal"].with_context(active_test=False)
        taken = set(journals.search([("company_id", "=", company.id)]).mapped("code"))
        names = [code, *(f"{code[:4]}{n}" for n in range(1, 10))]
        return next(name for name in names if name not in taken)
