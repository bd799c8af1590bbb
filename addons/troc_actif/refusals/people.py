"""The words of refusals about joining, and about who acts for a member."""

from odoo.addons.troc_actif_invoice.refusals import BOTH, Refusal

PEOPLE_MESSAGES = {
    "may_not_trade": lambda env, f: env._(
        "%(record)s cannot trade on the marketplace (state: %(state)s). Ask your "
        "animator.",
        **f,
    ),
    "not_accepted": Refusal(
        lambda env, f: env._(
            "%(record)s: %(buyer)s has not accepted this invoice yet. It stands under "
            "“Invoices” of the buyer's Actif account.",
            **f,
        ),
        headline=lambda env: env._("Buyer has not accepted"),
        tells=BOTH,
    ),
    "not_buyer": Refusal(
        lambda env, f: env._(
            "%(record)s: only %(buyer)s, the buyer, accepts it. %(user)s is not of "
            "that company.",
            **f,
        ),
        access=True,
    ),
    "not_trader": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s may read but not trade for this company. Ask a "
            "colleague who administers the account.",
            **f,
        ),
        access=True,
    ),
    "not_administrator": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s does not administer the account of this company. "
            "Ask a colleague who does.",
            **f,
        ),
        access=True,
    ),
    "invitation_incomplete": lambda env, f: env._(
        "%(record)s: write the name and the mail address of your colleague.", **f
    ),
    "right_unknown": lambda env, f: env._(
        "“%(value)s” is no right. Choose to read, to trade or to administer.", **f
    ),
    "login_taken": lambda env, f: env._(
        "%(value)s has an account already. Sign in with it, or write another address.",
        **f,
    ),
    "colleague_closed": lambda env, f: env._(
        "%(value)s had an access to this account, which is closed. Reopen it from the "
        "list below.",
        **f,
    ),
    "colleague_unknown": lambda env, f: env._(
        "%(record)s: this user is not a colleague. Reload the page.", **f
    ),
    "last_administrator": lambda env, f: env._(
        "%(record)s: %(user)s is the last one who administers the account. Let another "
        "colleague administer it first.",
        **f,
    ),
    "field_missing": lambda env, f: env._("Fill this in."),
    "siret_invalid": lambda env, f: env._(
        "%(value)s is not a SIRET. Write its fourteen digits, as on your registration.",
        **f,
    ),
    "siren_known": lambda env, f: env._(
        "The network knows the SIREN %(siren)s already. Sign in, or ask the animator "
        "of your territory for an access.",
        **f,
    ),
    "email_invalid": lambda env, f: env._(
        "%(value)s is not a mail address. Correct it.", **f
    ),
    "charter_missing": lambda env, f: env._("Read the charter and accept it."),
    "not_admitter": Refusal(
        lambda env, f: env._(
            "%(record)s: only an animator of its territory or a network manager "
            "admits it. %(user)s is neither.",
            **f,
        ),
        access=True,
    ),
    "files_being_read": lambda env, f: env._(
        "%(record)s: other files of yours are being read at this moment. Wait until "
        "that is done, then send these again.",
        **f,
    ),
    "too_often": lambda env, f: env._(
        "That was a lot in a short time. Wait an hour, then try again; nothing you "
        "typed is lost."
    ),
}
