"""All refusals by their code; each addon registers its own.

A rule raises `RuleError(code, **facts)`; `exceptions.explain` says it.
"""

from .invoice import INVOICE_MESSAGES
from .refusal import BOTH, BUYER, NETWORK, SELLER, Refusal

REFUSALS = {}


def register(refusals):
    """Add {code: Refusal, or its words alone} of an addon."""
    for code, refusal in refusals.items():
        known = isinstance(refusal, Refusal)
        REFUSALS[code] = refusal if known else Refusal(refusal)


register(INVOICE_MESSAGES)

__all__ = [
    "BOTH",
    "BUYER",
    "NETWORK",
    "REFUSALS",
    "SELLER",
    "Refusal",
    "register",
]
