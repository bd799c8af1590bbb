{
    "name": "Troc Actif: dashboard",
    "summary": "Figures of the network, trades, activity, monthly report",
    "version": "19.0.1.9.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": ["troc_actif_market"],
    "external_dependencies": {"python": ["reportlab"]},
    "data": [
        "security/ir.model.access.csv",
        "reports/report_month.xml",
        "data/mail_template_month_data.xml",
        "data/ir_cron_data.xml",
        "wizards/troc_dashboard_views.xml",
        "views/troc_trade_views.xml",
        "views/troc_territory_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["troc_actif_dashboard/static/src/**/*"],
    },
    "auto_install": True,
}
