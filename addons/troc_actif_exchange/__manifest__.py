{
    "name": "Troc Actif: import and export",
    "summary": "A network or a member in and out, as files",
    "version": "19.0.1.9.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": ["troc_actif_market"],
    "data": [
        "security/ir.model.access.csv",
        "data/mail_template_export_data.xml",
        "data/ir_cron_import_data.xml",
        "views/troc_import_views.xml",
        "views/troc_export_views.xml",
        "views/portal_data.xml",
        "views/menus.xml",
    ],
    "auto_install": True,
}
