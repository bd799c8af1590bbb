"""All public files, read once."""

import csv
import time
from dataclasses import dataclass

import pytest
from rules_processes import peak_memory

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import Worker
from actif_rules.facturx.parsed import ParsedInvoice
from actif_rules.facturx.reader import read_xml


@dataclass(frozen=True)
class Reading:
    """A row of the manifest, and what came of its file: an invoice or a refusal."""

    row: dict
    parsed: ParsedInvoice | None
    refusal: RuleError | None
    seconds: float

    @property
    def path(self):
        return self.row["path"]

    @property
    def code(self):
        return self.refusal and self.refusal.code


@dataclass(frozen=True)
class Corpus:
    """The readings, and the most memory (bytes) the child ever had."""

    readings: tuple[Reading, ...]
    child_bytes: int

    def __iter__(self):
        return iter(self.readings)

    def ending(self, path):
        """The one reading of a file whose path ends so."""
        (found,) = (reading for reading in self if reading.path.endswith(path))
        return found


@pytest.fixture(scope="session")
def corpus(shared_files):
    with (shared_files / "manifest.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    with Worker() as worker:
        readings = tuple(reading(shared_files, worker, row) for row in rows)
        return Corpus(readings, peak_memory(worker.pid))


def reading(shared_files, worker, row):
    content = (shared_files / "corpus" / row["path"]).read_bytes()
    start = time.monotonic()
    parsed = refusal = None
    try:
        parsed = read_xml(worker.extract(content).xml)
    except RuleError as error:
        refusal = error
    return Reading(row, parsed, refusal, time.monotonic() - start)
