from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from actif_rules.matching import Pair, match

NOTHING = Pair(
    common_words=0,
    same_category=False,
    same_territory=False,
    kilometres=None,
    offer_share="100",
    need_share="50",
    offer_price=None,
    need_price=None,
)

pairs = st.builds(
    Pair,
    st.integers(0, 9),
    st.booleans(),
    st.booleans(),
    st.none() | st.floats(0, 900),
    st.sampled_from(("100", "50", "free")),
    st.sampled_from(("100", "50", "free")),
    st.none() | st.integers(1, 900).map(Decimal),
    st.none() | st.integers(1, 900).map(Decimal),
)


def test_nothing_in_common_is_no_match():
    found = match(NOTHING)
    assert (found.points, found.reasons, found.is_enough) == (0, (), False)


def test_being_near_with_the_same_share_is_not_enough():
    near = replace(NOTHING, same_territory=True, offer_share="50")
    assert not match(near).is_enough


def test_words_come_first_then_the_category():
    found = match(replace(NOTHING, common_words=3, same_category=True))
    assert found.is_enough
    assert found.reasons == (("words", 3), ("category", 0))


def test_near_is_said_with_the_distance_and_only_from_elsewhere():
    near = replace(NOTHING, common_words=3, kilometres=12.4)
    assert ("near", 12) in match(near).reasons
    assert ("near", 12) not in match(replace(near, same_territory=True)).reasons
    assert match(replace(near, kilometres=61.0)).reasons == (("words", 3),)


def test_an_offer_dearer_than_the_need_is_not_within_the_price():
    pair = replace(NOTHING, offer_price=Decimal(30), need_price=Decimal(30))
    assert ("price", 0) in match(pair).reasons
    dearer = replace(pair, offer_price=Decimal("30.01"))
    assert ("price", 0) not in match(dearer).reasons


@given(pairs)
def test_more_in_common_never_counts_less(pair):
    points = match(pair).points
    assert match(replace(pair, common_words=pair.common_words + 1)).points >= points
    assert match(replace(pair, same_category=True)).points >= points
    assert match(replace(pair, same_territory=True)).points >= points


@given(pairs)
def test_points_come_with_reasons(pair):
    found = match(pair)
    assert bool(found.points) == bool(found.reasons)
