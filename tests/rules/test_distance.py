import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.distance import kilometres

PARIS, MARSEILLE, BOBIGNY = (48.86, 2.35), (43.30, 5.37), (48.91, 2.44)
places = st.tuples(st.floats(-60, 60), st.floats(-179, 179))


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [(PARIS, MARSEILLE, 661), (PARIS, BOBIGNY, 9), (PARIS, PARIS, 0)],
)
def test_known_distances(start, end, km):
    assert kilometres(start, end) == pytest.approx(km, abs=2)


@given(places, places)
def test_as_far_back_as_there(start, end):
    there = kilometres(start, end)
    assert there == pytest.approx(kilometres(end, start))
    assert 0 <= there <= 20_100
