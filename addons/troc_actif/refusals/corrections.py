"""The words of refusals about corrections: parts taken back, dates, kept documents.

Kept apart from `exceptions.py` for its length; no import of Odoo is needed here.
"""

from odoo.addons.troc_actif_invoice.refusals import BOTH, Refusal

CORRECTION_MESSAGES = {
    "part_not_positive": lambda env, f: env._(
        "%(record)s: the part to take back, %(amount)s, is not above zero. Write an "
        "amount of up to %(open)s Actifs.",
        **f,
    ),
    "part_beyond_left": lambda env, f: env._(
        "%(record)s: %(amount)s cannot be taken back, only %(open)s Actifs are left. "
        "Write a smaller amount; what credit notes and other parts take back is "
        "listed under “See what was taken back”.",
        **f,
    ),
    "part_of_correction": lambda env, f: env._(
        "%(record)s takes Actifs back itself: no part of it can be taken back. Reverse "
        "it as a whole.",
        **f,
    ),
    "has_parts": lambda env, f: env._(
        "%(record)s: parts were taken back already (%(number)s). Take back the "
        "%(open)s Actifs that are left with “Take back a part”, or reverse those "
        "parts first.",
        **f,
    ),
    "no_open_day": Refusal(
        lambda env, f: env._(
            "%(record)s: the books of %(company)s are locked until %(lock_date)s, more "
            "than a year from %(date)s. Ask the accountant of %(company)s to reopen a "
            "period.",
            **f,
        ),
        headline=lambda env: env._("Locked period"),
        tells=BOTH,
    ),
    "bill_compensated": lambda env, f: env._(
        "%(record)s is paid in Actifs by the compensation %(compensation)s: it is "
        "neither cancelled nor deleted, and keeps its supplier and its currency. Reset "
        "it to draft to correct its lines, attach the payment in Actifs to another "
        "bill, or have that compensation reversed first.",
        **f,
    ),
    "actif_account_kept": lambda env, f: env._(
        "%(record)s: the account %(name)s is moved by compensations and transfers "
        "alone, so that it agrees with the register. Choose another account; what was "
        "posted there by hand before is undone by its reversal.",
        **f,
    ),
    "vat_of_compensation": lambda env, f: env._(
        "%(record)s: this VAT became due by a payment in Actifs (%(compensation)s) and "
        "is taken back with it alone. An animator reverses that compensation or a part "
        "of it, or the seller makes a credit note.",
        **f,
    ),
    "bill_other_kind": lambda env, f: env._(
        "%(record)s: %(bill)s is no document of that kind. A bill is paid by the "
        "compensation of an invoice, a refund by that of a credit note.",
        **f,
    ),
    "bill_other_company": lambda env, f: env._(
        "%(record)s: %(bill)s is in the books of another company. Choose a bill of the "
        "buyer's.",
        **f,
    ),
    "bill_other_supplier": lambda env, f: env._(
        "%(record)s: %(bill)s is not a bill of %(seller)s, whose invoice was paid. "
        "Choose one of that supplier, or correct the supplier of the bill.",
        **f,
    ),
    "bill_cancelled": lambda env, f: env._(
        "%(record)s: %(bill)s is cancelled. Reset it to draft first, or choose another "
        "bill.",
        **f,
    ),
    "bill_taken": lambda env, f: env._(
        "%(record)s: %(bill)s is that of another compensation already. Move the "
        "payment of that one first, or choose another bill.",
        **f,
    ),
    "advance_of_other_bill": lambda env, f: env._(
        "%(record)s: this payment in Actifs (%(compensation)s) is that of %(bill)s. "
        "If it is the wrong one, press “Attach to a bill” on the compensation. What is "
        "left because the bill is lower comes back by a credit note of the seller.",
        **f,
    ),
    "advance_needs_bill": lambda env, f: env._(
        "%(record)s: this payment in Actifs (%(compensation)s) waits for the bill of "
        "what was bought, and is set off against a bill of that supplier alone. Enter "
        "the bill, or have the compensation reversed.",
        **f,
    ),
    "actifs_go_back_first": lambda env, f: env._(
        "%(record)s takes back %(amount)s Actifs of %(number)s (%(compensation)s). "
        "They go back as Actifs: at most %(open)s of it may be paid or set off in "
        "euros. Press “Take the Actifs back” on the credit note, and let the animators "
        "validate it.",
        **f,
    ),
    "payment_of_compensation": lambda env, f: env._(
        "%(record)s: this payment in Actifs belongs to the compensation "
        "%(compensation)s and cannot be taken off the invoice by hand. An animator "
        "reverses that compensation, or takes back a part of it.",
        **f,
    ),
}
