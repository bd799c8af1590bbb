"""No script or style inside our pages, and nothing fetched from elsewhere."""

import re

import pytest
from lxml import etree

from troc_dev import paths

# The members' pages, in whichever addon they stand.
PAGES = sorted(paths.ADDONS.glob("*/views/**/portal_*.xml"))
SOURCES = {"src", "srcset", "data", "poster", "action", "formaction"}


def found_in(tree):
    """Return what in a template a strict content policy would stop."""
    wrong = []
    for element in tree.iter(etree.Element):
        if element.tag in ("script", "style", "iframe", "object", "embed"):
            wrong.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            plain = re.sub(r"^t-(att|attf)-", "", name)
            if plain == "style" or re.match(r"on[a-z]+$", plain):
                wrong.append(f"{element.tag} {name}")
            if plain in SOURCES and re.match(r"['\"]?(https?:)?//", value):
                wrong.append(f"{element.tag} {name}={value}")
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_nothing_inline_and_nothing_from_elsewhere(path):
    assert found_in(etree.parse(path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "<t><script>x()</script></t>",
        '<p style="color:red"/>',
        '<p t-attf-style="width:{{x}}%"/>',
        '<a onclick="x()"/>',
        '<img src="https://elsewhere.example/x.png"/>',
        "<img t-att-src=\"'//elsewhere.example/x.png'\"/>",
    ],
)
def test_each_of_them_is_found(text):
    assert found_in(etree.fromstring(text).getroottree())


def test_there_are_pages():
    assert len(PAGES) > 5


LONGEST = 160
SEVERAL = re.compile(r"<[\w.:-]+(?:\s+[\w.:-]+=(?:\"[^\"]*\"|'[^']*')){2,}\s*/?>")


@pytest.mark.parametrize(
    "path",
    [p for p in sorted(paths.ADDONS.rglob("*.xml")) if "tests" not in p.parts],
    ids=lambda path: path.relative_to(paths.ADDONS).as_posix(),
)
def test_no_long_line_that_could_be_broken(path):
    """Between the attributes of a tag a line may end; within a sentence it may not."""
    lines = path.read_text().splitlines()
    wrong = [
        f"{number}: {line[:60]}…"
        for number, line in enumerate(lines, 1)
        if len(line) > LONGEST and SEVERAL.search(line)
    ]
    assert wrong == []
