"""One refusal: its words, its headline, and who may read them."""

from collections.abc import Callable
from dataclasses import dataclass

# Who is told what stops a compensation, beside the network's own people.
BOTH = ("seller", "buyer")
SELLER = ("seller",)
BUYER = ("buyer",)
NETWORK = ()


@dataclass(frozen=True)
class Refusal:
    """What one code means to people.

    `words(env, facts)`: the sentence: what stopped, which record, what to do next.
    `headline(env)`: the same in two or three words, for lists; a code that may stop a
    compensation has one.  `tells`: the sides of a compensation that may read the
    sentence; a code that does not say so is told to neither.  `access`: refused as a
    missing right, not as a rule.
    """

    words: Callable
    headline: Callable | None = None
    tells: tuple[str, ...] = NETWORK
    access: bool = False
