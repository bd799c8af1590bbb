"""All the set-up a command needs, each step only where something is missing."""

import contextlib
import time

from troc_dev import paths
from troc_dev.needs import database, odoo_source, postgres, venv

LOG_SECONDS = 3 * 24 * 3600


@contextlib.contextmanager
def ready():
    """Yield the databases of this clone, on a server that runs meanwhile."""
    for log in paths.LOGS.glob("*.log"):
        if log.stat().st_mtime < time.time() - LOG_SECONDS:
            log.unlink(missing_ok=True)
    venv.ensure()
    odoo = odoo_source.ensure()
    with postgres.running() as server:
        yield database.Databases(odoo, server)
