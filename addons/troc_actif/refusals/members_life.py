"""The words of refusals about how a membership goes on and ends."""

from odoo.addons.troc_actif_invoice.refusals import BOTH, BUYER, SELLER, Refusal

LIFE_MESSAGES = {
    # who may change what of a member (decision 0029)
    "contact_kept": lambda env, f: env._(
        "%(record)s: the network keeps the contact of its member %(member)s. Whoever "
        "administers that company changes it in the portal, under “Our company”, else "
        "a network manager does. Nothing was changed (%(fields)s).",
        **f,
    ),
    "bank_account_kept": lambda env, f: env._(
        "%(record)s: the network keeps the bank accounts of its member %(member)s. "
        "Whoever administers that company writes the IBAN in the portal, under “Our "
        "company”; or ask a network manager.",
        **f,
    ),
    "user_kept": lambda env, f: env._(
        "%(record)s acts for %(member)s. An administrator of that company opens, "
        "changes and closes accesses in the portal, under “Our company”; or ask a "
        "network manager.",
        **f,
    ),
    "merge_kept": lambda env, f: env._(
        "%(record)s belongs to %(member)s, a member of the network. Leave this contact "
        "out, or ask a network manager to merge it.",
        **f,
    ),
    "siren_taken": lambda env, f: env._(
        "%(record)s: the SIREN %(siren)s is that of %(member)s, a member of the same "
        "network. Check the number; a company is a member once.",
        **f,
    ),
    "merge_members": lambda env, f: env._(
        "%(record)s: %(member)s are members of the network, each with an account of "
        "its own. Members are never merged: transfer the balance of one, and let "
        "it leave.",
        **f,
    ),
    "merge_secured": lambda env, f: env._(
        "%(record)s stands in secured entries (%(number)s), which a merge would alter. "
        "Keep this contact, and archive it.",
        **f,
    ),
    "contact_incomplete": lambda env, f: env._(
        "%(record)s may not be empty: invoices and the network need it.", **f
    ),
    "iban_invalid": lambda env, f: env._(
        "%(record)s: %(value)s is not an IBAN. Copy it from your bank's document, all "
        "of its letters and digits.",
        **f,
    ),
    "state_not_next": lambda env, f: env._(
        "%(record)s is “%(state)s”; “%(needed)s” cannot follow. What can: %(allowed)s.",
        **f,
    ),
    "state_by_hand": lambda env, f: env._(
        "%(record)s: the state of a member changes with a reason that the member "
        "reads. Open the member and use the buttons at the top of the page.",
        **f,
    ),
    "own_membership": Refusal(
        lambda env, f: env._(
            "%(record)s: %(user)s belongs to this company. Another network manager "
            "must decide on its membership.",
            **f,
        ),
        access=True,
    ),
    "own_account_stays": lambda env, f: env._(
        "%(record)s holds the network's own account and stays in trade. Change the "
        "state of another member.",
        **f,
    ),
    "notice_past": lambda env, f: env._(
        "%(record)s: the notice would end on %(date)s, which is over. Choose today or "
        "a later day.",
        **f,
    ),
    "leave_waits": lambda env, f: env._(
        "%(record)s cannot leave yet, this is not settled: %(number)s. Validate or "
        "refuse these compensations, conclude or give up these deals, then close the "
        "membership.",
        **f,
    ),
    "leave_negative": lambda env, f: env._(
        "%(record)s stands at %(balance)s Actifs. A debt is settled by sales, never in "
        "euros: agree on a schedule of sales, and close the membership once the "
        "balance is at zero.",
        **f,
    ),
    "leave_positive": lambda env, f: env._(
        "%(record)s still has %(balance)s Actifs. Click “Close the membership”: it "
        "moves them to the network's account by a recorded transfer, and never pays "
        "them out in euros.",
        **f,
    ),
    "notice_running": lambda env, f: env._(
        "%(record)s may spend %(balance)s Actifs until %(date)s. Close the membership "
        "after that day; what is left then goes to the network's account, never paid "
        "out in euros.",
        **f,
    ),
    "leaving_buys_beyond": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s is leaving and may spend what stands on the "
            "account, %(balance)s Actifs; this purchase takes %(amount)s. Agree on a "
            "smaller share, or pay the rest in euros.",
            **f,
        ),
        headline=lambda env: env._("Beyond what a leaving buyer has"),
        tells=BUYER,
    ),
    "leaving_sells_beyond": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s is leaving and sells only what brings the account "
            "(%(balance)s Actifs) back to zero; this sale brings %(amount)s. Agree on "
            "a smaller share, or be paid the rest in euros.",
            **f,
        ),
        headline=lambda env: env._("Beyond what a leaving seller owes"),
        tells=SELLER,
    ),
    # an opening judgment (decision 0042)
    "insolvent": Refusal(
        lambda env, f: env._(
            "%(record)s: %(member)s is under an opening judgment of %(date)s. Nothing "
            "is compensated from that day on, from 0 h, and what was validated before "
            "stands. Ask a network manager: what is open is a claim to be declared.",
            **f,
        ),
        headline=lambda env: env._("Opening judgment"),
        tells=BOTH,
    ),
    "judgment_to_come": lambda env, f: env._(
        "%(record)s: a judgment is recorded once it is pronounced; %(date)s is still "
        "to come, or no day at all. Write its date, today at the latest.",
        **f,
    ),
    "judgment_known": lambda env, f: env._(
        "%(record)s: a judgment of %(date)s is recorded already. Lift that one first, "
        "with the reason, if it is wrong.",
        **f,
    ),
    "judgment_missing": lambda env, f: env._(
        "%(record)s: no opening judgment is recorded. Record it first: the claim "
        "names its date.",
        **f,
    ),
    "judgment_lifted": lambda env, f: env._(
        "%(record)s of %(date)s is lifted: no loss is written on it. Record the "
        "judgment that stands first.",
        **f,
    ),
    "schedule_not_owing": lambda env, f: env._(
        "%(record)s: the balance is %(balance)s Actifs, so there is no debt to settle. "
        "A schedule of sales is for a balance below zero.",
        **f,
    ),
    "schedule_empty": lambda env, f: env._(
        "%(record)s: add at least one step, each with a day and an amount above zero.",
        **f,
    ),
    "schedule_past": lambda env, f: env._(
        "%(record)s: the step of %(date)s is not after the day of the agreement. "
        "Choose a later day.",
        **f,
    ),
    "schedule_short": lambda env, f: env._(
        "%(record)s: the steps come to %(total)s Actifs, which does not bring a "
        "balance of %(balance)s back to zero. Raise an amount or add a step.",
        **f,
    ),
    "schedule_agreed": lambda env, f: env._(
        "%(record)s is agreed upon and stays as it was agreed. Write a new schedule; "
        "once agreed upon, it replaces this one.",
        **f,
    ),
}

# What stops a compensation, in two or three words, for lists.
