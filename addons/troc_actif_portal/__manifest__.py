{
    "name": "Troc Actif: member portal",
    "summary": "Account, marketplace, deals and invoices of each member, in the portal",
    "version": "19.0.1.9.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": ["troc_actif", "portal"],
    "data": [
        "security/ir.model.access.csv",
        "reports/statement.xml",
        "wizards/troc_statement_views.xml",
        "views/portal_layout.xml",
        "views/portal_member_life.xml",
        "views/portal_account.xml",
        "views/portal_limits.xml",
        "views/portal_invoices.xml",
        "views/portal_people.xml",
    ],
    "assets": {
        "web.assets_frontend": ["troc_actif_portal/static/src/**/*"],
    },
}
