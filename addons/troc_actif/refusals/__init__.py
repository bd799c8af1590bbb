"""All refusals by their code; each addon registers its own.

A rule raises `RuleError(code, **facts)`; `exceptions.explain` says it.
"""

from .core import CORE_MESSAGES
from .corrections import CORRECTION_MESSAGES
from .files import FILE_MESSAGES
from .limits import LIMIT_MESSAGES
from .members_life import LIFE_MESSAGES
from .people import PEOPLE_MESSAGES
from .refusal import BOTH, BUYER, NETWORK, SELLER, Refusal
from .transfers import TRANSFER_MESSAGES

REFUSALS = {}


def register(refusals):
    """Add {code: Refusal, or its words alone} of an addon."""
    for code, refusal in refusals.items():
        known = isinstance(refusal, Refusal)
        REFUSALS[code] = refusal if known else Refusal(refusal)


register(CORE_MESSAGES)
register(CORRECTION_MESSAGES)
register(FILE_MESSAGES)
register(LIFE_MESSAGES)
register(LIMIT_MESSAGES)
register(PEOPLE_MESSAGES)
register(TRANSFER_MESSAGES)

__all__ = [
    "BOTH",
    "BUYER",
    "NETWORK",
    "REFUSALS",
    "SELLER",
    "Refusal",
    "register",
]
