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
    # the loss of a debt (decision 0042)
    "loss_own_document": lambda env, f: env._(
        "%(record)s: the loss of a debt is posted, and reversed, by its own document "
        "and as a whole. Open it under Accounts > Losses.",
        **f,
    ),
    "loss_not_owing": lambda env, f: env._(
        "%(record)s: the balance is %(balance)s Actifs, so there is no debt to lose. "
        "Look at the movements of the member.",
        **f,
    ),
    "loss_beyond_debt": lambda env, f: env._(
        "%(record)s: a loss of %(amount)s Actifs is more than the debt, the balance "
        "being %(balance)s. Lower the amount.",
        **f,
    ),
    "loss_nobody": lambda env, f: env._(
        "%(record)s: nobody counts by this rule, so nobody would bear the loss. Let a "
        "network manager choose another rule on the network, then begin the loss anew.",
        **f,
    ),
    "loss_unexplained": lambda env, f: env._(
        "%(record)s: write why the debt is lost (the certificate of the liquidator, "
        "the plan of the court). Who bears a share reads it.",
        **f,
    ),
    "loss_shares_differ": lambda env, f: env._(
        "%(record)s: members have come, gone or failed since the loss was shared out. "
        "Click “Share out again”, look at the shares, then post.",
        **f,
    ),
    "loss_posted": lambda env, f: env._(
        "%(record)s is posted and can no longer be changed. Reverse it with a reason "
        "if it is wrong.",
        **f,
    ),
}
