"""The words of refusals about amounts, shares and their words, and what is kept."""

from .refusal import BOTH, Refusal

INVOICE_MESSAGES = {
    "busy": lambda env, f: env._(
        "Others changed the same records at this very moment, so nothing was done. "
        "Try again.",
        **f,
    ),
    "wrong_value": lambda env, f: env._(
        "%(record)s: “%(value)s” is not what “%(name)s” takes, which is: %(needed)s. "
        "Correct it and try again.",
        **f,
    ),
    "amount_invalid": lambda env, f: env._(
        "%(value)s is not an amount. Correct it and try again.", **f
    ),
    "amount_not_positive": lambda env, f: env._(
        "%(record)s: the amount %(amount)s is not above zero, so nothing can be "
        "compensated. For a credit note, reverse the compensation of its invoice.",
        **f,
    ),
    "actif_part_zero": lambda env, f: env._(
        "%(record)s: %(share)s %% of %(total)s is less than one cent. Choose a larger "
        "Actif share or let the whole invoice be paid in euros.",
        **f,
    ),
    "share_out_of_range": lambda env, f: env._(
        "%(record)s: an Actif share lies above 0 and up to 100 %%, with two decimals "
        "at most; %(share)s does not. Correct the Actif share.",
        **f,
    ),
    "mention_without_share": lambda env, f: env._(
        "The mention “%(template)s” must contain {share}, where the share is printed.",
        **f,
    ),
    "mention_unreadable": lambda env, f: env._(
        "The mention “%(template)s” could not be read back from an invoice. Keep words "
        "such as “Paiement par compensation en {share}%% Actif”.",
        **f,
    ),
    "books_other_currency": Refusal(
        lambda env, f: env._(
            "%(record)s: %(company)s keeps its books in %(currency)s. An Actif is a "
            "euro: only a company with books in euros takes part with them; another "
            "one can be a member whose books are elsewhere.",
            **f,
        ),
        headline=lambda env: env._("Books not in euros"),
        tells=BOTH,
    ),
    "frozen": lambda env, f: env._(
        "%(record)s is %(state)s and can no longer be changed. Reverse it with a "
        "reason if it is wrong.",
        **f,
    ),
}
