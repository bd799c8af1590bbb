{
    "name": "Troc Actif: members' own Odoos",
    "summary": "The network's side of the link with a member's own Odoo",
    "version": "19.0.1.9.0",
    "category": "Accounting/Accounting",
    "author": "Troc Actif",
    "license": "LGPL-3",
    "depends": ["troc_actif_accounting"],
    "data": [
        "security/ir.model.access.csv",
        "security/troc_link_rules.xml",
        "wizards/troc_reason_views.xml",
        "views/troc_link_views.xml",
        "views/portal_link.xml",
    ],
    "auto_install": True,
}
