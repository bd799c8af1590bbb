"""What a piece of work costs: CPU of Python and of PostgreSQL, and queries."""

import contextlib
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import odoo.api
import odoo.modules.registry
import odoo.tools

TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """CPU seconds and queries of one piece of work on `records` records."""

    records: int
    python: float = 0.0
    postgres: float = 0.0
    wall: float = 0.0
    queries: int = 0

    @property
    def cpu(self):
        """CPU of both, in milliseconds a record."""
        return (self.python + self.postgres) * 1000 / self.records

    def as_dict(self):
        """Return the figures a record, for JSON."""
        return {
            "records": self.records,
            "cpu_ms": round(self.cpu, 1),
            "python_ms": round(self.python * 1000 / self.records, 1),
            "postgres_ms": round(self.postgres * 1000 / self.records, 1),
            "wall_ms": round(self.wall * 1000 / self.records, 1),
            "queries": round(self.queries / self.records, 1),
        }


@contextlib.contextmanager
def metered(cr, records):
    """Yield a Cost that is filled in at the end, of work done with this cursor."""
    cost = Cost(records)
    cr.execute("SELECT pg_backend_pid()")
    backend = cr.fetchone()[0]
    before = _backend_cpu(backend), time.process_time(), time.perf_counter()
    queries = cr.sql_log_count
    yield cost
    cost.queries = cr.sql_log_count - queries
    cost.wall = time.perf_counter() - before[2]
    cost.python = time.process_time() - before[1]
    cost.postgres = _backend_cpu(backend) - before[0]


def _backend_cpu(pid):
    """Return the CPU seconds of a PostgreSQL backend; 0 when it is on another host."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def open_registry():
    """Return (registry, arguments) of a benchmark started by troc_dev.bench.common."""
    config, database, *arguments = sys.argv[1:]
    odoo.tools.config.parse_config(
        ["-c", config, "-d", database, "--log-level=error"], setup_logging=True
    )
    return odoo.modules.registry.Registry(database), arguments


@contextlib.contextmanager
def environment(registry, uid=odoo.api.SUPERUSER_ID, **context):
    """Yield an environment on a cursor of its own, committed at the end."""
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, uid, {"lang": "fr_FR", **context})


def progress(text):
    """Say on the standard error what is being done."""
    print(text, file=sys.stderr, flush=True)
