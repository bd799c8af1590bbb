"""The rules depend on the standard library, lxml, pypdf and factur-x: nothing else."""

import ast
import doctest
import importlib
import pkgutil
import sys

import pytest
from rules_samples import LIB

import actif_rules

ALLOWED = {*sys.stdlib_module_names, "lxml", "pypdf", "facturx", "actif_rules"}
FILES = sorted(LIB.rglob("*.py"))
# The worker is a script: importing it would change this process.
WORKER = LIB / "actif_rules/facturx/worker.py"
MODULES = sorted(
    module.name.removeprefix("actif_rules.")
    for module in pkgutil.walk_packages(actif_rules.__path__, "actif_rules.")
    if not module.name.endswith(WORKER.stem)
)


def from_lib(path):
    return path.relative_to(LIB).as_posix()


def imports(tree):
    """(level, top-level package) of every import in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((0, name.name.partition(".")[0]) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.level, (node.module or "").partition(".")[0]


def test_there_are_rules():
    assert len(MODULES) > 10


def test_every_file_is_looked_at_as_a_module():
    """In sub-folders too, which must be packages."""
    outside = [LIB / "__init__.py", LIB / "actif_rules/__init__.py", WORKER]
    assert len(MODULES) == len(set(FILES) - set(outside))
    assert set(outside) <= set(FILES)


@pytest.mark.parametrize("path", FILES, ids=from_lib)
def test_imports_nothing_foreign(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    foreign = {name for level, name in imports(tree) if not level} - ALLOWED

    assert foreign == set()


@pytest.mark.parametrize("path", FILES, ids=from_lib)
def test_reaches_its_neighbours_relatively(path):
    """Inside Odoo the package has another name; only the child knows it by this one."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    absolute = "actif_rules" in {name for level, name in imports(tree) if not level}

    assert absolute == (path == WORKER)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name):
    module = importlib.import_module(f"actif_rules.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_loads_as_part_of_another_package(name, tmp_path, monkeypatch):
    """As in Odoo, where it is `odoo.addons.troc_actif_invoice.lib.actif_rules`."""
    monkeypatch.syspath_prepend(str(LIB.parent))
    module = importlib.import_module(f"lib.actif_rules.{name}")
    assert module.__name__ == f"lib.actif_rules.{name}"
