"""Which addon needs which: the drawing in the plan, the manifests and the code agree.

Arrows run one way.  What an addon imports, and the external ids that it names, stand in
itself or in what it needs; so does what its tests use, which run where nothing else is
installed.
"""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from troc_dev import paths
from troc_dev.needs import database

PLAN = paths.ROOT / "docs/dev/ARCHITECTURE.md"
ARROW = re.compile(r"^ +(\w+)(?:\[[^\]]*\])? --> (\w+)(?:\[[^\]]*\])?$", re.M)
ADDONS = database.our_addons()
NAMES = "|".join(sorted(ADDONS, key=len, reverse=True))
IMPORT = re.compile(rf"\bodoo\.addons\.({NAMES})\b")
# an external id, or the name of a template
ID = re.compile(rf"(?<![\w./-])({NAMES})\.[a-z]\w*(?!\.\w|\()")
READ = {".py", ".xml", ".csv", ".js"}
CHOSEN = ("troc_actif_invoice", "troc_actif", "troc_actif_portal")
APART = {"i18n", "migrations", "readme", "lib"}


def drawn():
    """Return {(addon, what it needs)} as the plan draws it."""
    return {pair for pair in ARROW.findall(PLAN.read_text()) if set(pair) <= {*ADDONS}}


def files(addon):
    for path in sorted((paths.ADDONS / addon).rglob("*")):
        if path.suffix in READ and not APART & set(path.parts):
            yield path


def named(path):
    """Return the addons that a file imports, or whose records it names."""
    text = path.read_text()
    return {*IMPORT.findall(text), *ID.findall(text)}


def test_the_plan_draws_what_the_manifests_say():
    needed = set()
    for addon in ADDONS:
        manifest = ast.literal_eval(
            (paths.ADDONS / addon / "__manifest__.py").read_text()
        )
        needed |= {(addon, name) for name in manifest["depends"] if name in ADDONS}
    assert drawn() == needed


def test_no_addon_needs_itself_by_way_of_others():
    graph = {addon: [to for one, to in drawn() if one == addon] for addon in ADDONS}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("addon", ADDONS)
def test_an_addon_names_nothing_but_what_it_needs(addon):
    found = {}
    for path in files(addon):
        if beyond := named(path) - {*database.needs(addon)}:
            found[path.relative_to(paths.ADDONS).as_posix()] = beyond
    assert found == {}


def test_leaves_install_themselves():
    """Today's users would miss them; invoices, the core and the portal are chosen."""
    for addon in ADDONS:
        manifest = ast.literal_eval(
            (paths.ADDONS / addon / "__manifest__.py").read_text()
        )
        leaf = addon not in CHOSEN
        assert bool(manifest.get("auto_install")) == leaf, addon


def modules(addon):
    """Return {module: the modules of the same addon that it imports}."""
    root = paths.ADDONS / addon
    there = {
        path.relative_to(root).with_suffix("").as_posix().replace("/", "."): path
        for path in root.rglob("*.py")
        if not {"tests", "migrations", "lib"} & set(path.parts)
    }
    return {name: _imports(name, path, there) for name, path in there.items()}


def _imports(name, path, there):
    above = name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = above[: len(above) - node.level + 1]
            source = ".".join([*base, *filter(None, [node.module])])
            for alias in node.names:
                inner = f"{source}.{alias.name}".lstrip(".")
                found |= {inner, source} & there.keys()
    return found - {name}


@pytest.mark.parametrize("addon", ADDONS)
def test_no_module_needs_itself_by_way_of_others(addon):
    graph = {n: m for n, m in modules(addon).items() if not n.endswith("__init__")}
    assert graph
    try:
        TopologicalSorter(graph).prepare()
        circle = ""
    except CycleError as error:
        circle = " -> ".join(error.args[1][::-1])
    assert not circle
