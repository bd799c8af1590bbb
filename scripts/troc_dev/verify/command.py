"""./scripts/verify: the invariants, on the demonstration database or TROC_DB."""

import argparse

from troc_dev import demo, setup
from troc_dev.errors import Stop
from troc_dev.needs import server


def main(arguments):
    """Print the report; the exit status is 0 only if every invariant holds."""
    parser = argparse.ArgumentParser(prog="./scripts/verify", description=__doc__)
    parser.parse_args(arguments)
    name = demo.db_name()
    with setup.ready() as databases:
        if not databases.exists(name):
            raise Stop(
                f"There is no database “{name}”.",
                "Make the demonstration with ./scripts/demo, or set TROC_DB.",
            )
        return server.inside(databases, name, "troc_dev.verify.inside")
