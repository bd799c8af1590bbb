"""Who may validate a compensation, and when a second person must.

An animator acts in the territories he animates, a manager everywhere. Nobody decides
for a company he belongs to, managers included: the register is everybody's money.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from .errors import RuleError


@dataclass(frozen=True)
class Validator:
    """The person who wants to validate; `user` is his name, for messages.

    `animates` holds keys of territories, `parties` keys of members he belongs to.
    """

    user: str
    is_manager: bool
    is_animator: bool
    animates: frozenset
    parties: frozenset


@dataclass(frozen=True)
class Case:
    """What is to be validated. Keys are any hashable values; None means unknown.

    `four_eyes_threshold` is in Actifs, 0 = one person is always enough.
    """

    reference: str
    seller: Hashable
    buyer: Hashable
    seller_territory: Hashable | None
    buyer_territory: Hashable | None
    actif_amount: Decimal
    four_eyes_threshold: Decimal
    first_validator: Hashable | None
    validator: Hashable


def check_validator(validator: Validator, case: Case) -> None:
    """Raises `not_animator`, `own_company` or `wrong_territory`."""
    told = {"user": validator.user, "reference": case.reference}
    if not (validator.is_manager or validator.is_animator):
        raise RuleError("not_animator", **told)
    if validator.parties & {case.seller, case.buyer}:
        raise RuleError("own_company", **told)
    territories = {case.seller_territory, case.buyer_territory} - {None}
    if not (validator.is_manager or validator.animates & territories):
        raise RuleError("wrong_territory", **told)


def needs_second(case: Case) -> bool:
    """True when this validation is the first of two that the amount requires.

    Raises `same_validator` when the second person is the first one again.
    """
    if not 0 < case.four_eyes_threshold <= case.actif_amount:
        return False
    if case.first_validator is None:
        return True
    if case.first_validator == case.validator:
        raise RuleError(
            "same_validator",
            reference=case.reference,
            amount=case.actif_amount,
            threshold=case.four_eyes_threshold,
        )
    return False
