"""All the set-up a command needs, each step only where something is missing."""

import contextlib

from troc_dev import database, odoo_source, paths, postgres, venv


@contextlib.contextmanager
def ready():
    """Yield the databases of this clone, on a server that runs meanwhile."""
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    venv.ensure()
    odoo = odoo_source.ensure()
    with postgres.running() as server:
        yield database.Databases(odoo, server)
