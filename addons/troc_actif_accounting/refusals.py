"""The words of what the accountant's pack refuses."""

from odoo.addons.troc_actif_invoice.refusals import register

ACCOUNTING_MESSAGES = {
    "entry_in_their_books": lambda env, f: env._(
        "%(record)s stands in the books of %(company)s. Ask the accountant of that "
        "company to open it.",
        **f,
    ),
    "nothing_to_present": lambda env, f: env._(
        "%(record)s: the Actif account stands at %(balance)s on %(date)s. Only a "
        "balance below zero is shown among the liabilities; there is nothing to do.",
        **f,
    ),
    "presented_already": lambda env, f: env._(
        "%(record)s: the entries for %(date)s exist already (%(number)s). Open those, "
        "or delete them first to propose them anew.",
        **f,
    ),
    "closing_locked": lambda env, f: env._(
        "%(record)s: the books are locked until %(lock_date)s, and the entry would be "
        "dated %(date)s. Reopen the period, then propose it again.",
        **f,
    ),
    "confirmation_answered": lambda env, f: env._(
        "%(record)s was answered already (%(state)s). Write to your animator if "
        "something has changed.",
        **f,
    ),
    "contest_reason_missing": lambda env, f: env._(
        "%(record)s: say what is wrong with the balance. The network reads it and "
        "looks into it.",
        **f,
    ),
    "confirmation_too_early": lambda env, f: env._(
        "%(record)s: the year ends on %(date)s. Balances are confirmed once it "
        "is over.",
        **f,
    ),
    "nobody_to_confirm": lambda env, f: env._(
        "%(record)s: every member with an account has been asked for %(date)s already. "
        "Open the confirmations to see who has answered.",
        **f,
    ),
    "account_code_invalid": lambda env, f: env._(
        "%(record)s: “%(value)s” is no account of a French chart. Write 3 to 12 digits "
        "or capital letters that begin with a 4, such as 467800.",
        **f,
    ),
}

register(ACCOUNTING_MESSAGES)
