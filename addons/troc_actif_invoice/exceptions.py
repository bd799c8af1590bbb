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

# Every fact a sentence names: one that a rule does not know is shown as a dash.
_FACTS = (
    "allowed",
    "amount",
    "balance",
    "bill",
    "buyer",
    "company",
    "compensation",
    "credited",
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
    "note",
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

# What says a fact in words of its own, by the name of the fact: see `word_with`.
_WORDED = {}


def word_with(name, word):
    """Say the fact `name` as `word(env, value)` does, of an addon that knows it."""
    _WORDED[name] = word


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
    for name, word in _WORDED.items():
        facts[name] = word(env, facts[name])
    refusal = REFUSALS.get(error.code)
    return refusal.words(env, facts) if refusal else f"{record}: {error}"


def refuse(env, error, record=""):
    """Raise `error` as what the web client and RPC show: AccessError or UserError."""
    refusal = REFUSALS.get(error.code)
    kind = AccessError if refusal and refusal.access else UserError
    raise kind(explain(env, error, record)) from error


def refuse_set_up(records):
    """Refuse to change what the set-up of a company made: all else counts on it."""
    state = records.env._("kept by the set-up for Actifs")
    error = RuleError("frozen", state=state)
    refuse(records.env, error, ", ".join(records.mapped("display_name")))
