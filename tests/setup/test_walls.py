"""Which folder needs which: arrows run one way, from a row to rows below it.

The tables are the drawing. An import inside a function counts, and so does a module
that is named in a text, as `importlib` takes it; one that is a program is not imported
but started, so its name in a text does not count.
"""

import ast
import re
from graphlib import CycleError, TopologicalSorter

import pytest

from troc_dev import paths

RULES = {
    "facturx": ["rules"],
    "imports": ["rules"],
    "rules": [],
}
LINK = {
    "cli": ["commands", "clients", "words", "values"],
    "commands": ["checks", "invoices", "books", "clients", "words", "values"],
    "checks": ["books", "clients", "words", "values"],
    "invoices": ["books", "clients", "values"],
    "books": ["values"],
    "clients": ["values"],
    "words": ["values"],
    "values": [],
}
DEV = {
    "bench": ["demo", "setup", "needs", "cli", "base"],
    "screenshots": ["demo", "setup", "needs", "base"],
    "verify": ["demo", "setup", "needs", "base"],
    "serve": ["demo"],
    "demo": ["setup", "needs", "base"],
    "releases": ["setup", "needs", "base"],
    "testing": ["setup", "needs", "base"],
    "translate": ["setup", "needs", "base"],
    "setup": ["needs", "base"],
    "read_invoice": ["needs", "base"],
    "link": ["needs", "base"],
    "lint": ["needs", "base"],
    "needs": ["base"],
    "cli": ["base"],
    "base": [],
}
DRAWN = {"actif_rules": RULES, "troc_link": LINK, "troc_dev": DEV}
# A module in no folder stands in the row that is named here, else in the last one.
ALONE = ("cli", "demo", "link", "lint", "serve", "setup")
OUTSIDE = {
    "actif_rules": {},
    "troc_link": {"__main__": "cli", "cli": "cli"},
    "troc_dev": {"": "cli"} | {name: name for name in ALONE},
}
PARENTS = {"actif_rules": paths.ADDONS / "troc_actif_invoice/lib"}


def modules(package):
    """Return {name: path} of all modules of a package."""
    parent = PARENTS.get(package, paths.ROOT / "scripts")
    found = {}
    for path in sorted((parent / package).rglob("*.py")):
        parts = path.relative_to(parent).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = {name: path for package in DRAWN for name, path in modules(package).items()}


def room(name):
    """Return the row of a module in the drawing of its package."""
    package, *inside = name.split(".")
    if MODULES[name].parent.name != package:
        return inside[0]
    return OUTSIDE[package].get(".".join(inside), list(DRAWN[package])[-1])


TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def is_program(tree):
    """Tell whether a module does its work as soon as it is loaded."""
    last = tree.body[-1]
    guarded = isinstance(last, ast.If) and "__name__" in ast.unparse(last.test)
    return guarded or isinstance(last, ast.Expr) and isinstance(last.value, ast.Call)


PROGRAMS = {name for name, tree in TREES.items() if tree.body and is_program(tree)}


def needed(name):
    """Return the modules of ours that a module imports, or names as a text."""
    is_package = MODULES[name].name == "__init__.py"
    parts = name.split(".") if is_package else name.split(".")[:-1]
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= _imported(node, parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value.removesuffix(".")} - PROGRAMS - DRAWN.keys()
    return found & MODULES.keys() - {name}


def _imported(node, parts):
    """Return what one `from … import` names: modules, or the module of their names."""
    above = parts[: len(parts) - node.level + 1] if node.level else []
    source = ".".join([*above, *filter(None, [node.module])])
    names = [f"{source}.{alias.name}" for alias in node.names]
    return {name if name in MODULES else source for name in names}


NEEDED = {name: needed(name) for name in MODULES}


@pytest.mark.parametrize(
    "name",
    [name for name, path in MODULES.items() if path.name == "__init__.py"],
)
def test_a_folder_says_what_it_holds_and_holds_no_code(name):
    """So that one module is loaded without the others: the child counts on it."""
    if name not in ("troc_link", "troc_dev"):
        assert [type(node) for node in TREES[name].body] == [ast.Expr]
    assert ast.get_docstring(TREES[name])


def test_a_module_that_is_named_in_a_text_is_here():
    """As `importlib`, `python -m` and `pytest -p` are given it."""
    named = re.compile(rf"(?:{'|'.join(DRAWN)})(?:\.\w+)*\.?")
    texts = {
        node.value.removesuffix(".")
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and named.fullmatch(str(node.value))
    }
    assert len(texts) > 10
    assert texts - MODULES.keys() == set()


def test_no_module_needs_itself_by_way_of_others():
    try:
        TopologicalSorter(NEEDED).prepare()
        circle = ""
    except CycleError as error:
        circle = " -> ".join(error.args[1][::-1])
    assert not circle


@pytest.mark.parametrize("package", DRAWN)
def test_rooms_need_each_other_as_drawn(package):
    found = {}
    for name in modules(package):
        own = {other for other in NEEDED[name] if other.split(".")[0] == package}
        needs = {room(other) for other in own} - {room(name)}
        found.setdefault(room(name), set()).update(needs)
    assert found == {name: set(needs) for name, needs in DRAWN[package].items()}


@pytest.mark.parametrize("package", DRAWN)
def test_arrows_run_downwards(package):
    rows = list(DRAWN[package])
    for number, needs in enumerate(DRAWN[package].values()):
        assert set(needs) <= set(rows[number + 1 :]), rows[number]
