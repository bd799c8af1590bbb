"""The words of refusals about transfers outside invoices."""

TRANSFER_MESSAGES = {
    "evidence_missing": lambda env, f: env._(
        "%(record)s: attach the evidence first (a decision, an agreement, a letter): "
        "both members and their accountants will ask for it.",
        **f,
    ),
    "transfer_needs_network": lambda env, f: env._(
        "%(record)s: this kind of transfer moves Actifs between a member and the "
        "network's own account. Choose that account on one side and a member on the "
        "other.",
        **f,
    ),
    "transfer_account_missing": lambda env, f: env._(
        "%(record)s: the books of %(company)s have no account %(value)s for this kind "
        "of transfer. An accountant of that company chooses one under Settings > "
        "Invoicing > Troc Actif.",
        **f,
    ),
    "transfer_posted": lambda env, f: env._(
        "%(record)s is posted and can no longer be changed. Reverse it with a reason "
        "if it is wrong.",
        **f,
    ),
    "no_own_account": lambda env, f: env._(
        "%(record)s has no account of its own yet. A manager opens the network and "
        "clicks “Open the network's account”.",
        **f,
    ),
}
