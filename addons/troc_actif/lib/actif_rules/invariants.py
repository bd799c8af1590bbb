"""The eight invariants of the books: their numbers and codes, in their fixed order.

What must be true at any time, of any network.  The codes name the checks that
`troc.verification` runs in the database, and the words a reader sees for them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One invariant: `number` as in the documentation, `code` as in the program."""

    number: int
    code: str


CHECKS = tuple(
    Check(number, code)
    for number, code in enumerate(
        (
            "register_sums_to_zero",
            "entries_complete",
            "books_match_register",
            "limits_kept",
            "amounts_add_up",
            "compensated_once",
            "balances_match_items",
            "hash_chain_holds",
        ),
        start=1,
    )
)
