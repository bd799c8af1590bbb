"""The words of refusals about limits, overrides and requests."""

from odoo.addons.troc_actif_invoice.refusals import Refusal

LIMIT_MESSAGES = {
    "not_overrider": Refusal(
        lambda env, f: env._(
            "%(record)s: passing over a limit is a right of its own, which %(user)s "
            "does not have. Ask a network manager who has it.",
            **f,
        ),
        access=True,
    ),
    "own_limits": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s belongs to this member. Another manager must decide "
            "on its limits.",
            **f,
        ),
        access=True,
    ),
    "temporary_empty": lambda env, f: env._(
        "%(member)s: nothing is added to the limits. Give an extra credit, or, of a "
        "member with a ceiling, an extra ceiling.",
        **f,
    ),
    "temporary_past": lambda env, f: env._(
        "%(member)s: a temporary limit needs a last day, today or later. Choose the "
        "day until which it counts.",
        **f,
    ),
    "request_empty": lambda env, f: env._(
        "%(member)s: this asks for no more than there is. Write a higher credit limit "
        "or another ceiling.",
        **f,
    ),
    "request_open": lambda env, f: env._(
        "%(member)s: a request waits for an answer already. Withdraw it before making "
        "another one.",
        **f,
    ),
    "request_closed": lambda env, f: env._(
        "%(record)s: this request is %(state)s already. Make a new one if needed.", **f
    ),
}
