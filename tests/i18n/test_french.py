"""French is what the users see: no term without it, nothing lost in it."""

import re
from pathlib import Path

import polib
import pytest

ADDONS = Path(__file__).parents[2] / "addons"
SAME = ADDONS.parent / "scripts/troc_dev/translate/same_in_french.txt"
FOLDERS = sorted(ADDONS.glob("*/i18n"))
MARKUP = re.compile(r"%\([a-z_]+\)s|%[sd]|<[a-z/][^>]*>|\{[a-z_]+\}")


def read(folder):
    """Return the addon's terms, and its French by term."""
    (template,) = folder.glob("*.pot")
    french = {e.msgid: e for e in polib.pofile(folder / "fr.po") if not e.obsolete}
    return [entry.msgid for entry in polib.pofile(template)], french


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_every_term_is_french(folder):
    """`./scripts/translate` names those that are not."""
    terms, french = read(folder)
    assert terms
    same = set(SAME.read_text().splitlines())
    silent = {t for t in terms if t not in french or not french[t].translated()}
    assert silent - same == set()
    assert sorted(french) == sorted(terms)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_placeholders_and_tags_survive(folder):
    """A placeholder lost in translation is a traceback or a figure not shown."""
    _, french = read(folder)
    translated = {t: e for t, e in french.items() if e.translated()}
    for term, entry in translated.items():
        wanted = sorted(MARKUP.findall(term))
        found = sorted(MARKUP.findall(entry.msgstr))
        names = [re.sub(r'="[^"]*"', "", word) for word in wanted]
        assert [re.sub(r'="[^"]*"', "", word) for word in found] == names, term


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_no_line_breaks_before_a_colon(folder):
    """French puts a space before some signs, and never a new line."""
    _, french = read(folder)
    plain = [re.sub(r"<[^>]*>|\{\{.*?\}\}", "", e.msgstr) for e in french.values()]
    assert [text for text in plain if re.search(r"\S [:;?!»](?!=)|« ", text)] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.parent.name)
def test_expressions_are_not_french(folder):
    """What Odoo computes inside a term stands there unchanged."""
    _, french = read(folder)
    for term, entry in french.items():
        if entry.translated():
            found = re.findall(r"<[^>]*>|\{\{.*?\}\}", entry.msgstr)
            assert "\u00a0" not in "".join(found), term
