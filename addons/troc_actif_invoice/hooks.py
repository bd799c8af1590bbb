"""What a database already has of this addon, where a core of before 19.0.1.7.0 had it.

An update of that core installs this addon first, as new.  Columns, records and what the
network changed of them are there: this addon takes their external ids over, or it would
make them anew, and the end of the update would remove those of the core.
"""

from odoo.tools import SQL

CORE = "troc_actif"
# What held by the name of the core is held by ours from now on, as PostgreSQL's regular
# expressions: records, then fields with their choices, constraints and models.
TAKEN = (
    r"payment_method_actif_(in|out)",
    r"report_invoice_document",
    r"(field|selection_)_account_move__actif_(share|share_choice|amount|mention)(__\w+)?",
    r"field_account_move__(cash_amount|troc_share_ok)",
    r"field_res_(company|config_settings)__troc_(journal|account)_id",
    r"field_res_(company|config_settings)__troc_(recovery|penalty|discount)_note",
    r"(field|selection_)_account_journal__troc_role(__compensation)?",
    r"constraint_account_move_actif_share_range",
    r"(model|field)_(troc_company_setup|ir_qweb_field_troc_actif)(__\w+)?",
)
CONSTRAINTS = ("account_move_actif_share_range",)


def pre_init_hook(env):
    """Take over what a core of before holds; a database without one has nothing."""
    taken = "|".join(TAKEN)
    env.cr.execute(
        SQL(
            "UPDATE ir_model_data SET module = %s WHERE module = %s AND name ~ %s",
            "troc_actif_invoice",
            CORE,
            f"^({taken})$",
        )
    )
    env.cr.execute(
        SQL(
            """UPDATE ir_model_constraint
                  SET module = (SELECT id FROM ir_module_module WHERE name = %s)
                WHERE name IN %s
                  AND module = (SELECT id FROM ir_module_module WHERE name = %s)""",
            "troc_actif_invoice",
            CONSTRAINTS,
            CORE,
        )
    )
    # an installation writes data anew: the name that people gave the method
    env.cr.execute(
        """CREATE TEMPORARY TABLE troc_method_before ON COMMIT DROP AS
           SELECT id, name FROM account_payment_method WHERE code = 'actif'"""
    )


def post_init_hook(env):
    """Give the payment method back the name that it had."""
    env.flush_all()
    env.cr.execute(
        """UPDATE account_payment_method method SET name = before.name
             FROM troc_method_before before WHERE before.id = method.id"""
    )
    env.invalidate_all()
