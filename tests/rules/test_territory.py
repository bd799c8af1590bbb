import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.errors import RuleError
from actif_rules.territory import department_of


@pytest.mark.parametrize(
    ("code", "department"),
    [
        ("75011", "75"),
        ("01000", "01"),
        ("93100", "93"),
        ("20000", "2A"),
        ("20199", "2A"),
        ("20200", "2B"),
        ("20620", "2B"),
        ("97100", "971"),
        ("97490", "974"),
        ("98800", "988"),
        (" 75 011 ", "75"),
    ],
)
def test_the_department_of_a_code(code, department):
    assert department_of(code) == department


@given(st.integers(1, 95).filter(lambda d: d != 20), st.integers(0, 999))
def test_on_the_mainland_it_is_the_first_two_digits(department, rest):
    assert department_of(f"{department:02d}{rest:03d}") == f"{department:02d}"


def test_every_code_gives_a_known_department_or_a_refusal():
    found = set()
    for number in range(100_000):
        try:
            found.add(department_of(f"{number:05d}"))
        except RuleError:
            assert number // 1000 in (0, 96, 99)
    mainland = {f"{d:02d}" for d in range(1, 96)} - {"20"}
    assert {d for d in found if not d.startswith(("97", "98"))} == mainland | {
        "2A",
        "2B",
    }


@pytest.mark.parametrize(
    "code",
    ["", "7501", "750111", "00100", "96000", "99999", "7501A", "SW1A1AA", "７５０１１"],
)
def test_refuses_what_is_no_french_code(code):
    with pytest.raises(RuleError) as refusal:
        department_of(code)
    assert refusal.value.code == "postal_code_invalid"
    assert refusal.value.facts == {"value": code}
