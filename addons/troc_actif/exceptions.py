"""The words of every refusal, in one place.

A rule raises `RuleError(code, **facts)`; a screen shows `explain(env, error)`: what
stopped, which record, and what to do next.  Facts are formatted for the reader's
language here, so that rules stay free of presentation.
"""

from decimal import Decimal

from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, formatLang

from .lib.actif_rules.errors import RuleError
from .refusals_of_accounting import ACCOUNTING_MESSAGES
from .refusals_of_corrections import CORRECTION_MESSAGES
from .refusals_of_fees import FEES_HEADLINES, FEES_MESSAGES
from .refusals_of_files import FILE_MESSAGES
from .refusals_of_import import IMPORT_MESSAGES
from .refusals_of_limits import LIMIT_MESSAGES
from .refusals_of_link import LINK_MESSAGES
from .refusals_of_market import MARKET_MESSAGES
from .refusals_of_members_life import LIFE_HEADLINES, LIFE_MESSAGES
from .refusals_of_transfers import TRANSFER_MESSAGES

ACCESS_CODES = frozenset(
    {
        "not_administrator",
        "not_admitter",
        "not_animator",
        "not_buyer",
        "not_fee_runner",
        "not_manager",
        "not_overrider",
        "not_party",
        "not_trader",
        "own_company",
        "own_membership",
        "own_limits",
        "wrong_territory",
    }
)

MESSAGES = {
    # amounts and shares
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
    "share_not_allowed": lambda env, f: env._(
        "%(record)s: an Actif share of %(share)s %% is not allowed in this network. "
        "Choose one of: %(allowed)s.",
        **f,
    ),
    # members and limits
    "seller_may_not_sell": lambda env, f: env._(
        "%(record)s: %(member)s may not sell in Actifs (state: %(state)s). Ask the "
        "network manager, or let the invoice be paid in euros.",
        **f,
    ),
    "buyer_may_not_buy": lambda env, f: env._(
        "%(record)s: %(member)s may not buy in Actifs (state: %(state)s). Ask the "
        "network manager, or let the invoice be paid in euros.",
        **f,
    ),
    "same_party": lambda env, f: env._(
        "%(record)s: %(member)s is both seller and buyer. Choose another customer.", **f
    ),
    "credit_limit_exceeded": lambda env, f: env._(
        "%(record)s: %(member)s can spend %(room)s Actifs and this purchase takes "
        "%(amount)s: %(missing)s are missing. He can sell first, agree on a smaller "
        "share, or a network manager can raise the limit.",
        **f,
    ),
    "balance_limit_exceeded": lambda env, f: env._(
        "%(record)s: %(member)s can still earn %(headroom)s Actifs and this sale "
        "brings %(amount)s: %(excess)s too many. He can spend first, agree on a "
        "smaller share, or a network manager can raise the ceiling.",
        **f,
    ),
    "network_differs": lambda env, f: env._(
        "%(record)s: %(seller)s and %(buyer)s share no network. Choose a customer who "
        "is a member of your network, or remove the Actif share.",
        **f,
    ),
    # the invoice
    "not_customer_invoice": lambda env, f: env._(
        "%(record)s is not a customer invoice. Only a posted customer invoice can be "
        "submitted for compensation.",
        **f,
    ),
    "not_posted": lambda env, f: env._(
        "%(record)s is not posted yet. Confirm the invoice, then submit it.", **f
    ),
    "no_share": lambda env, f: env._(
        "%(record)s has no Actif share. Choose 50 %% or 100 %% under “Actif share” "
        "first.",
        **f,
    ),
    "seller_not_member": lambda env, f: env._(
        "%(record)s: the company %(company)s is not a member of a network. Ask a "
        "network manager to create the membership.",
        **f,
    ),
    "buyer_not_member": lambda env, f: env._(
        "%(record)s: the customer %(partner)s is not an active member of the network "
        "%(network)s. Remove the Actif share, or ask an animator to admit the "
        "customer.",
        **f,
    ),
    "not_euro": lambda env, f: env._(
        "%(record)s is in %(currency)s. Only invoices in euros can be compensated.", **f
    ),
    "invoice_paid": lambda env, f: env._(
        "%(record)s: only %(open)s are still open on the invoice, less than the Actif "
        "part of %(amount)s. Undo the payment or lower the Actif share.",
        **f,
    ),
    "bill_paid": lambda env, f: env._(
        "%(record)s: only %(open)s are still open on the buyer's bill %(bill)s, less "
        "than the Actif part of %(amount)s. Ask the buyer to undo his payment.",
        **f,
    ),
    "date_locked": lambda env, f: env._(
        "%(record)s: the books of %(company)s are locked until %(lock_date)s, and the "
        "entry would be dated %(date)s. Ask the accountant to reopen the period, then "
        "validate again.",
        **f,
    ),
    "books_not_ready": lambda env, f: env._(
        "%(record)s: the company %(company)s is not set up for Actifs. An accountant "
        "of that company opens Settings > Invoicing > Troc Actif and clicks “Set up”.",
        **f,
    ),
    "register_not_ready": lambda env, f: env._(
        "%(record)s: the network %(network)s has no register yet. A manager opens the "
        "network and clicks “Set up the register”.",
        **f,
    ),
    "invoice_unknown": lambda env, f: env._(
        "%(record)s: no posted invoice %(number)s of %(amount)s was found in the books "
        "of %(company)s. Post it there, or submit it from that invoice.",
        **f,
    ),
    "frozen_by_compensation": lambda env, f: env._(
        "%(record)s: neither the invoice nor its Actif share can change, since the "
        "compensation %(compensation)s depends on it. Refuse or reverse that "
        "compensation first.",
        **f,
    ),
    # the act
    "not_animator": lambda env, f: env._(
        "%(record)s: only an animator or a network manager may do this. %(user)s is "
        "neither.",
        **f,
    ),
    "own_company": lambda env, f: env._(
        "%(record)s: %(user)s belongs to one of the two parties. Another animator must "
        "do this.",
        **f,
    ),
    "wrong_territory": lambda env, f: env._(
        "%(record)s: %(user)s animates neither the seller's nor the buyer's territory. "
        "Ask an animator of %(territories)s or a network manager.",
        **f,
    ),
    "not_manager": lambda env, f: env._(
        "%(record)s: only a network manager may do this. %(user)s is none.", **f
    ),
    "not_party": lambda env, f: env._(
        "%(record)s: %(user)s belongs to neither party. Only the seller submits his "
        "invoice.",
        **f,
    ),
    "same_validator": lambda env, f: env._(
        "%(record)s: %(user)s has given the first of two validations. Above "
        "%(threshold)s Actifs a second animator must validate.",
        **f,
    ),
    "wrong_state": lambda env, f: env._(
        "%(record)s is in state “%(state)s”; this needs “%(needed)s”. Reload the page "
        "to see where it stands.",
        **f,
    ),
    "reason_missing": lambda env, f: env._(
        "%(record)s: write a reason. Both parties will read it.", **f
    ),
    "disputed": lambda env, f: env._(
        "%(record)s is disputed: “%(reason)s”. Settle the dispute, lift it, then "
        "validate.",
        **f,
    ),
    "duplicate": lambda env, f: env._(
        "%(record)s: invoice %(number)s of %(member)s is already in compensation "
        "%(compensation)s. Open that one instead.",
        **f,
    ),
    "frozen": lambda env, f: env._(
        "%(record)s is %(state)s and can no longer be changed. Reverse it with a "
        "reason if it is wrong.",
        **f,
    ),
    "party_not_ready": lambda env, f: env._(
        "%(record)s: the account of %(member)s does not allow it yet. Nothing is lost: "
        "it can be validated later. Ask %(member)s or an animator.",
        **f,
    ),
    "document_missing": lambda env, f: env._(
        "%(record)s: the file that was received is not on the disk any more, so "
        "nothing would prove what was validated. Restore it from a backup (SHA-256 "
        "%(sha256)s…), or refuse, and let the seller send it again.",
        **f,
    ),
    "document_changed": lambda env, f: env._(
        "%(record)s: the file on the disk is another one than was received (SHA-256 "
        "%(sha256)s…). Restore it from a backup, or refuse, and let the seller send it "
        "again.",
        **f,
    ),
    "posting_failed": lambda env, f: env._(
        "%(record)s could not be posted: %(error)s Nothing was written. Correct this, "
        "then validate again.",
        **f,
    ),
    "limit_below_use": lambda env, f: env._(
        "%(member)s stands at %(balance)s Actifs, beyond this limit. Choose a limit "
        "that covers the balance, or tick “Record the excess as an override”.",
        **f,
    ),
    "limit_negative": lambda env, f: env._(
        "%(member)s: a limit is zero or more; %(value)s is not.", **f
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
    # credit notes
    "origin_unknown": lambda env, f: env._(
        "%(record)s corrects invoice %(number)s, of which no validated compensation "
        "between these two members was found. Name the invoice exactly; if its "
        "compensation still waits, refuse that one instead.",
        **f,
    ),
    "more_than_invoice": lambda env, f: env._(
        "%(record)s takes back %(amount)s, but only %(open)s Actifs are left of "
        "invoice %(number)s (%(compensation)s). Correct the credit note.",
        **f,
    ),
    "has_credit_notes": lambda env, f: env._(
        "%(record)s is taken back by credit notes (%(number)s). Reverse or refuse "
        "those first.",
        **f,
    ),
    "postal_code_invalid": lambda env, f: env._(
        "%(value)s is not a French postal code. Write five digits.", **f
    ),
    "siren_invalid": lambda env, f: env._(
        "%(member)s: %(value)s is not a SIREN. Write its nine digits (or the fourteen "
        "of a SIRET) as on the company's registration.",
        **f,
    ),
    **CORRECTION_MESSAGES,
    **FEES_MESSAGES,
    **ACCOUNTING_MESSAGES,
    **FILE_MESSAGES,
    **LIMIT_MESSAGES,
    **LINK_MESSAGES,
    **IMPORT_MESSAGES,
    **MARKET_MESSAGES,
    **LIFE_MESSAGES,
    **TRANSFER_MESSAGES,
}


# What stops a compensation, in two or three words, for lists.
HEADLINES = {
    "credit_limit_exceeded": lambda env: env._("Beyond the credit limit"),
    "balance_limit_exceeded": lambda env: env._("Beyond the balance limit"),
    "party_not_ready": lambda env: env._("Account of a party"),
    "seller_may_not_sell": lambda env: env._("Seller may not sell"),
    "buyer_may_not_buy": lambda env: env._("Buyer may not buy"),
    "disputed": lambda env: env._("Disputed"),
    "document_missing": lambda env: env._("Document lost"),
    "document_changed": lambda env: env._("Document changed"),
    "date_locked": lambda env: env._("Locked period"),
    "invoice_unknown": lambda env: env._("Seller's invoice missing"),
    "invoice_paid": lambda env: env._("Invoice already paid"),
    "bill_paid": lambda env: env._("Bill already paid"),
    "books_not_ready": lambda env: env._("Books to set up"),
    "register_not_ready": lambda env: env._("Register to set up"),
    "posting_failed": lambda env: env._("Posting impossible"),
    "origin_unknown": lambda env: env._("Its invoice is not compensated"),
    "more_than_invoice": lambda env: env._("More than its invoice"),
    "no_open_day": lambda env: env._("Locked period"),
    "not_accepted": lambda env: env._("Buyer has not accepted"),
    **FEES_HEADLINES,
    **LIFE_HEADLINES,
}


def headline(env, code):
    """Return what stops a compensation, short; `explain` says it in full."""
    return HEADLINES[code](env) if code in HEADLINES else env._("Blocked")


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
    message = MESSAGES.get(error.code)
    return message(env, facts) if message else f"{record}: {error}"


def state_label(env, state):
    """Return the label of a member's or a compensation's state in the user's words."""
    for model in ("troc.member", "troc.compensation"):
        labels = dict(env[model]._fields["state"]._description_selection(env))
        if state in labels:
            return labels[state]
    return state


def refuse(env, error, record=""):
    """Raise `error` as what the web client and RPC show: AccessError or UserError."""
    kind = AccessError if error.code in ACCESS_CODES else UserError
    raise kind(explain(env, error, record)) from error


def refuse_kept(records):
    """Refuse to change these: the one path alone writes them."""
    error = RuleError("frozen", state=records.env._("kept by the network"))
    refuse(records.env, error, ", ".join(records.mapped("display_name")))


__all__ = [
    "HEADLINES",
    "MESSAGES",
    "RuleError",
    "explain",
    "headline",
    "in_words",
    "refuse",
    "refuse_kept",
    "state_label",
]
