"""The words of refusals at the link with a member's own Odoo."""

from odoo.addons.troc_actif_invoice.refusals import register

LINK_MESSAGES = {
    "link_no_member": lambda env, f: env._(
        "%(record)s belongs to no member of a network. Use the access of a user of the "
        "member, or ask your animator to add one.",
        **f,
    ),
    "link_several_members": lambda env, f: env._(
        "%(record)s belongs to several members (%(value)s). Use the access of a user "
        "who belongs to one alone.",
        **f,
    ),
    "link_hosted": lambda env, f: env._(
        "%(member)s: the books are kept in the network's own Odoo, where entries are "
        "posted at once. A link is for members with an Odoo elsewhere.",
        **f,
    ),
    "link_none": lambda env, f: env._(
        "%(member)s: no link is open. An administrator of the member opens it with "
        "“troc-link init”.",
        **f,
    ),
    "link_revoked": lambda env, f: env._(
        "%(member)s: the link was revoked on %(date)s (%(reason)s). Ask your animator "
        "to open it again.",
        **f,
    ),
    "link_too_often": lambda env, f: env._(
        "%(member)s: more than %(value)s calls in an hour. Let the link run less "
        "often, or ask a network manager to allow more.",
        **f,
    ),
    "link_batch": lambda env, f: env._(
        "%(member)s: a call takes a list of at most %(value)s. Send the rest with "
        "further calls.",
        **f,
    ),
    "link_key_unknown": lambda env, f: env._(
        "%(member)s: the network knows no movement with the key %(value)s. Update the "
        "link and run “troc-link verify”.",
        **f,
    ),
    "link_state_unknown": lambda env, f: env._(
        "%(member)s: an entry is “posted” or “failed”, not “%(value)s”. Update the "
        "link.",
        **f,
    ),
    "date_unreadable": lambda env, f: env._(
        "%(member)s: “%(value)s” is not a date. Write it as 2026-12-31.", **f
    ),
    "password_wrong": lambda env, f: env._(
        "%(record)s: this is not your password. Type it again.", **f
    ),
}

register(LINK_MESSAGES)
