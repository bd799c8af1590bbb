import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actif_rules.text import clean, clean_lines, fold


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Boulangerie\u200b Durand\u202e", "Boulangerie Durand"),
        ("  a\t\u00a0b\n c ", "a b c"),
        ("FA\u200b-1", "FA-1"),
        ("e\u0301", "é"),
        ("<b>\x00</b>", "<b></b>"),
        ("\ud800x", "x"),
    ],
)
def test_what_cannot_be_seen_goes(text, shown):
    assert clean(text, 100) == shown


@given(st.text(), st.integers(1, 50))
def test_a_clean_text_is_one_visible_line_within_its_limit(text, limit):
    cleaned = clean(text, limit)

    assert len(cleaned) <= limit
    assert "\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cf", "Cs", "Co"}


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text, 100), 100) == clean(text, 100)


def test_lines_stay_lines():
    assert clean_lines("a \r\n\n b\u2028c", 100) == "a\nb\nc"


@given(st.text())
def test_case_and_accents_do_not_matter_when_folded(text):
    assert fold(fold(text)) == fold(text)
    assert fold("RÉGLÉ") == fold("réglé") == "regle"
