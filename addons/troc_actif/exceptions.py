"""How a refusal is told; the words of each stand in `refusals`.

A rule raises `RuleError(code, **facts)`; a screen shows `explain(env, error)`: what
stopped, which record, and what to do next.  Facts are formatted for the reader's
language here, so that rules stay free of presentation.
"""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, formatLang

from .lib.actif_rules.errors import RuleError
from .refusals import REFUSALS


def headline(env, code):
    """Return what stops a compensation, short; `explain` says it in full."""
    refusal = REFUSALS.get(code)
    return refusal.headline(env) if refusal and refusal.headline else env._("Blocked")


def tells(code):
    """Return the sides of a compensation that may read why it waits: else neither."""
    refusal = REFUSALS.get(code)
    return refusal.tells if refusal else ()


# Every fact a sentence names: one that a rule does not know is shown as a dash.
_FACTS = (
    "allowed",
    "amount",
    "balance",
    "bill",
    "buyer",
    "company",
    "compensation",
    "currency",
    "date",
    "encoding",
    "error",
    "excess",
    "fields",
    "found",
    "headroom",
    "lock_date",
    "member",
    "missing",
    "name",
    "needed",
    "network",
    "number",
    "open",
    "partner",
    "profile",
    "reason",
    "record",
    "room",
    "rule",
    "seller",
    "sha256",
    "share",
    "siren",
    "state",
    "template",
    "territories",
    "threshold",
    "total",
    "type_code",
    "untaxed",
    "user",
    "value",
)


def in_words(env, value):
    """Return a fact (Decimal, date, list, text) as the reader of `env` writes it."""
    if isinstance(value, Decimal):
        return formatLang(env, float(value), digits=2)
    if hasattr(value, "isoformat"):
        return format_date(env, value)
    if isinstance(value, (tuple, list, set, frozenset)):
        return ", ".join(str(in_words(env, item)) for item in value)
    return value


def explain(env, error, record=""):
    """Return the sentence for `error` (a RuleError) in the language of `env`.

    `record` names what the refusal is about (an invoice, a file, a compensation).
    """
    known = {key: in_words(env, value) for key, value in error.facts.items()}
    facts = {**dict.fromkeys(_FACTS, "–"), "record": record, **known}
    facts["state"] = state_label(env, facts["state"])
    refusal = REFUSALS.get(error.code)
    return refusal.words(env, facts) if refusal else f"{record}: {error}"


def state_label(env, state):
    """Return the label of a member's or a compensation's state in the user's words."""
    for model in ("troc.member", "troc.compensation"):
        labels = dict(env[model]._fields["state"]._description_selection(env))
        if state in labels:
            return labels[state]
    return state


def refuse(env, error, record=""):
    """Raise `error` as what the web client and RPC show: AccessError or UserError."""
    refusal = REFUSALS.get(error.code)
    kind = AccessError if refusal and refusal.access else UserError
    raise kind(explain(env, error, record)) from error


def refuse_kept(records):
    """Refuse to change these: the one path alone writes them."""
    error = RuleError("frozen", state=records.env._("kept by the network"))
    refuse(records.env, error, ", ".join(records.mapped("display_name")))


__all__ = [
    "RuleError",
    "explain",
    "headline",
    "in_words",
    "refuse",
    "refuse_kept",
    "state_label",
    "tells",
]
