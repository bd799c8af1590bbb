"""What code and documents cite is in the repository."""

import re

import pytest

from troc_dev import paths

SUFFIXES = (".py", ".xml", ".js", ".md")
FOLDERS = ("addons", "benchmarks", "docs", "scripts", "tests")
# Not what is made in .local, which comes and goes.
FILES = [path for name in FOLDERS for path in sorted((paths.ROOT / name).rglob("*"))]
FILES += sorted(paths.ROOT.glob("*.md"))
TEXTS = [path for path in FILES if path.suffix in SUFFIXES]
CITED = re.compile(r"\b([A-Z][A-Z0-9]+\.md)\b")
SECTION = re.compile(r'\b([A-Z][A-Z0-9]+\.md), "([^"]+)"(?: and "([^"]+)")?')
DECISION = re.compile(r"\bdecision (\d{4})\b")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def words(path):
    """Return a text with all white space evened out: sentences go over lines."""
    return " ".join(path.read_text(encoding="utf-8").split())


def documents(name):
    return [path for path in FILES if path.match(name)]


def test_every_document_that_is_cited_is_here():
    cited = {name for path in TEXTS for name in CITED.findall(words(path))}
    assert {"ACCOUNTING.md", "FACTURX.md"} <= cited
    assert {name for name in cited if not documents(name)} == set()


def test_every_file_that_documents_name_is_here():
    """By its name, or by as much of its path as they tell."""
    told = {path: path.read_text("utf-8") for path in TEXTS if path.suffix == ".md"}
    named = {path: re.findall(r"`([\w/]+\.py)`", text) for path, text in told.items()}
    assert len(named[paths.ROOT / "docs/dev/ARCHITECTURE.md"]) > 15
    missing = {
        f"{path.name}: {name}"
        for path, names in named.items()
        for name in names
        if not documents(name)
    }
    assert missing == set()


def test_every_method_that_the_plan_names_is_here():
    plan = (paths.ROOT / "docs/dev/ARCHITECTURE.md").read_text(encoding="utf-8")
    code = "".join(path.read_text() for path in paths.ADDONS.glob("*/models/**/*.py"))
    named = set(re.findall(r"`(_?[a-z_]{5,})`", plan)) - {"odoo"}
    missing = {name for name in named if not re.search(rf"\b{name}\b", code)}
    assert missing == set()


def test_every_section_that_is_cited_is_in_its_document():
    """A heading, or what begins in bold, of that name."""
    missing = set()
    for path in TEXTS:
        for name, *sections in SECTION.findall(words(path)):
            (document,) = documents(name)
            text = document.read_text(encoding="utf-8")
            for section in filter(None, sections):
                if not re.search(rf"(?:^#+ |\*\*){re.escape(section)}", text, re.M):
                    missing.add((name, section))
    assert missing == set()


def test_every_decision_that_is_cited_is_here():
    decisions = {path.name[:4] for path in (paths.ROOT / "docs/decisions").glob("0*")}
    cited = {number for path in TEXTS for number in DECISION.findall(words(path))}
    assert cited
    assert cited - decisions == set()


@pytest.mark.parametrize(
    "path",
    [path for path in TEXTS if path.suffix == ".md"],
    ids=lambda path: path.relative_to(paths.ROOT).as_posix(),
)
def test_links_of_documents_lead_somewhere(path):
    broken = {
        link
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    }
    assert broken == set()
