from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.rights import Case, Validator, check_validator, needs_second

PARIS, ESSONNE, NORD = "75", "91", "59"
CASE = Case(
    reference="TROC/0001",
    seller=10,
    buyer=20,
    seller_territory=PARIS,
    buyer_territory=ESSONNE,
    actif_amount=Decimal(600),
    four_eyes_threshold=Decimal(0),
    first_validator=None,
    validator=7,
)
ANIMATOR = Validator("Ana", False, True, frozenset({PARIS}), frozenset())
MANAGER = Validator("Max", True, False, frozenset(), frozenset())

keys = st.integers(1, 4)
validators = st.builds(
    Validator,
    st.just("someone"),
    st.booleans(),
    st.booleans(),
    st.frozensets(keys),
    st.frozensets(keys),
)
cases = st.builds(
    Case,
    st.just("TROC/0001"),
    keys,
    keys,
    st.none() | keys,
    st.none() | keys,
    st.decimals(1, 1000, places=2),
    st.decimals(0, 1000, places=2),
    st.none() | keys,
    keys,
)


def refusal_of(validator, case=CASE):
    try:
        check_validator(validator, case)
    except RuleError as error:
        assert error.facts == {"user": validator.user, "reference": case.reference}
        return error.code
    return None


@pytest.mark.parametrize(
    ("validator", "code"),
    [
        (ANIMATOR, None),
        (replace(ANIMATOR, animates=frozenset({ESSONNE})), None),
        (MANAGER, None),
        (replace(ANIMATOR, is_animator=False), "not_animator"),
        (replace(ANIMATOR, animates=frozenset({NORD})), "wrong_territory"),
        (replace(ANIMATOR, animates=frozenset()), "wrong_territory"),
        (replace(ANIMATOR, parties=frozenset({10})), "own_company"),
        (replace(ANIMATOR, parties=frozenset({20, 30})), "own_company"),
        (replace(MANAGER, parties=frozenset({20})), "own_company"),
        (replace(ANIMATOR, parties=frozenset({30})), None),
    ],
)
def test_who_may_validate(validator, code):
    assert refusal_of(validator) == code


def test_parties_without_territory_are_for_managers():
    nowhere = replace(CASE, seller_territory=None, buyer_territory=None)
    everywhere = replace(ANIMATOR, animates=frozenset({PARIS, None}))

    assert refusal_of(everywhere, nowhere) == "wrong_territory"
    assert refusal_of(MANAGER, nowhere) is None


@given(validators, cases)
def test_nobody_decides_for_his_own_company(validator, case):
    if validator.parties & {case.seller, case.buyer}:
        assert refusal_of(validator, case) in ("own_company", "not_animator")


@given(validators, cases)
def test_whoever_passes_has_the_right(validator, case):
    if refusal_of(validator, case) is None:
        assert validator.is_manager or validator.is_animator
        here = {case.seller_territory, case.buyer_territory} & validator.animates
        assert validator.is_manager or here


@pytest.mark.parametrize(
    ("amount", "threshold", "first", "second"),
    [
        (600, 0, None, False),
        (600, 601, None, False),
        (600, 600, None, True),
        (600, 500, None, True),
        (600, 500, 8, False),
    ],
)
def test_when_four_eyes_are_needed(amount, threshold, first, second):
    case = replace(
        CASE,
        actif_amount=Decimal(amount),
        four_eyes_threshold=Decimal(threshold),
        first_validator=first,
    )
    assert needs_second(case) is second


def test_the_second_pair_of_eyes_is_another_one():
    case = replace(
        CASE, four_eyes_threshold=Decimal(500), first_validator=7, validator=7
    )
    with pytest.raises(RuleError) as refusal:
        needs_second(case)
    assert refusal.value.code == "same_validator"
    assert refusal.value.facts["reference"] == "TROC/0001"


@given(cases)
def test_two_different_persons_stand_behind_every_large_amount(case):
    large = 0 < case.four_eyes_threshold <= case.actif_amount
    try:
        if needs_second(case):
            assert large and case.first_validator is None
        elif large:
            assert case.first_validator not in (None, case.validator)
    except RuleError:
        assert large and case.first_validator == case.validator
