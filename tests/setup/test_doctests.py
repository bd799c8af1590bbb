"""The examples in the docstrings of the rules are run."""

import doctest
import importlib
import pkgutil

import pytest

import actif_rules

MODULES = [
    module.name
    for module in pkgutil.walk_packages(actif_rules.__path__, "actif_rules.")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
