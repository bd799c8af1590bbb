{
    "name": "Troc Actif: invoices",
    "summary": "Invoices paid in part or in full in Actifs, in any company's own Odoo",
    "version": "19.0.1.9.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": [
        "account",
        "account_edi_ubl_cii",
        "account_payment",
        "l10n_fr_account",
    ],
    "external_dependencies": {"python": ["lxml", "pypdf"]},
    "data": [
        "data/account_payment_method_data.xml",
        "reports/report_invoice.xml",
        "views/account_move_views.xml",
        "views/portal_templates.xml",
        "views/res_company_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["troc_actif_invoice/static/src/**/*"],
    },
    "pre_init_hook": "pre_init_hook",
    "post_init_hook": "post_init_hook",
}
