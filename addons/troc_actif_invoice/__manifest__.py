{
    "name": "Troc Actif: invoices",
    "summary": "Invoices paid in part or in full in Actifs, in any company's own Odoo",
    "version": "19.0.1.7.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": ["account", "account_edi_ubl_cii", "l10n_fr_account"],
    "external_dependencies": {"python": ["lxml", "pypdf"]},
}
