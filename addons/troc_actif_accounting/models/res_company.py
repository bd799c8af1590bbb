"""The accounts by which a negative Actif account is shown among the liabilities."""

from odoo import Command, fields, models

CONTRA_CODE = "467810"
# Creditors stand in 468 since the chart of 2025 (ANC 2022-06), debtors in 467.
PASSIVE_CODE = "468900"


class ResCompany(models.Model):
    _inherit = "res.company"

    troc_contra_account_id = fields.Many2one(
        "account.account",
        "Actif account, reclassification",
        ondelete="restrict",
        help="Stands beside the Actif account and takes its negative balance off the "
        "assets at year end. The Actif account itself is never touched: it agrees with "
        "the register line by line.",
    )
    troc_passive_account_id = fields.Many2one(
        "account.account",
        "Actif account, among the liabilities",
        ondelete="restrict",
        help="Shows a negative balance among the liabilities at year end.",
    )


class TrocCompanySetup(models.AbstractModel):
    _inherit = "troc.company.setup"

    def _setup_presentation(self, company):
        """Create the two accounts of the year-end presentation, where missing.

        The caller has checked that the user may make entries in this company.
        """
        # sudo: an accountant who may make the entry need not administer the chart
        env = self.sudo().with_company(company).env
        company = company.with_env(env)
        if not company.troc_contra_account_id:
            company.troc_contra_account_id = self._presentation_account(
                env, company, CONTRA_CODE, "asset_current", "Actif - reclassement"
            )
        if not company.troc_passive_account_id:
            company.troc_passive_account_id = self._presentation_account(
                env,
                company,
                PASSIVE_CODE,
                "liability_current",
                "Actif - solde créditeur (présentation)",
            )

    def _presentation_account(self, env, company, code, kind, name):
        accounts = env["account.account"]
        return accounts.create(
            {
                "code": accounts._search_new_account_code(code, cache={}),
                "name": name,
                "account_type": kind,
                "reconcile": False,
                "company_ids": [Command.set(company.ids)],
            }
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    troc_contra_account_id = fields.Many2one(
        related="company_id.troc_contra_account_id", readonly=False
    )
    troc_passive_account_id = fields.Many2one(
        related="company_id.troc_passive_account_id", readonly=False
    )
