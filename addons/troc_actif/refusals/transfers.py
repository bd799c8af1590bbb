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
    "transfer_networks_differ": lambda env, f: env._(
        "%(record)s: both members must belong to the network %(network)s. Choose two "
        "members of it.",
        **f,
    ),
    "giver_may_not_give": lambda env, f: env._(
        "%(record)s: %(member)s may not spend (state: %(state)s), so gives nothing. "
        "Change the state of the member first; a mistake is set right by a correction.",
        **f,
    ),
    "taker_may_not_take": lambda env, f: env._(
        "%(record)s: %(member)s may not earn (state: %(state)s), so receives no gift. "
        "Choose another member, or change the state of this one first.",
        **f,
    ),
    "evidence_kept": lambda env, f: env._(
        "%(record)s: the evidence of a transfer that is signed or posted stays as it "
        "is. Add another file in the messages if something is missing.",
        **f,
    ),
}
