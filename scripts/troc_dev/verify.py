"""./scripts/verify: the invariants, on the demonstration database or TROC_DB."""

import argparse

from troc_dev import demo, proc, server, setup, venv
from troc_dev.errors import Stop


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
        program = [venv.PYTHON, "-m", "troc_dev.verify_inside"]
        config = server.command(databases)[-2:]
        child = proc.start(
            [*program, *config, "-d", name], env=server.environment(databases)
        )
        try:
            return child.wait()
        finally:
            proc.stop(child)
