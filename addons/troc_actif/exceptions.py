"""How the network tells a refusal: what stops a compensation, and whom that is told.

The rest is said as everywhere, by `explain` and `refuse` of `troc_actif_invoice`; what
`refuse` raises is a `UserError`.
"""

from odoo.exceptions import UserError

from odoo.addons.troc_actif_invoice.exceptions import (
    RuleError,
    explain,
    in_words,
    refuse,
    word_with,
)
from odoo.addons.troc_actif_invoice.refusals import REFUSALS


def headline(env, code):
    """Return what stops a compensation, short; `explain` says it in full."""
    refusal = REFUSALS.get(code)
    return refusal.headline(env) if refusal and refusal.headline else env._("Blocked")


def tells(code):
    """Return the sides of a compensation that may read why it waits: else neither."""
    refusal = REFUSALS.get(code)
    return refusal.tells if refusal else ()


def state_label(env, state):
    """Return the label of a member's or a compensation's state in the user's words."""
    for model in ("troc.member", "troc.compensation"):
        if model not in env:
            continue  # a server may have databases without the core, too
        labels = dict(env[model]._fields["state"]._description_selection(env))
        if state in labels:
            return labels[state]
    return state


def refuse_kept(records):
    """Refuse to change these: the one path alone writes them."""
    error = RuleError("frozen", state=records.env._("kept by the network"))
    refuse(records.env, error, ", ".join(records.mapped("display_name")))


word_with("state", state_label)

__all__ = [
    "RuleError",
    "UserError",
    "explain",
    "headline",
    "in_words",
    "refuse",
    "refuse_kept",
    "state_label",
    "tells",
]
