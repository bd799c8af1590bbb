"""Benchmarks: each runs inside Odoo, on a database of its own."""

from troc_dev import cli, paths, proc, setup
from troc_dev.needs import server, venv


def run(name, arguments):
    """Run `benchmarks/inside/NAME.py` on a fresh database; return its exit status."""
    return cli.guarded(lambda _: _run(name, arguments))


def _run(name, arguments):
    program = paths.ROOT / "benchmarks/inside" / f"{name}.py"
    with (
        setup.ready() as databases,
        databases.scratch("bench", databases.for_tests) as database,
    ):
        config = server.command(databases)[-1]
        return proc.wait(
            [venv.PYTHON, program, config, database, *arguments],
            env=server.environment(databases),
        )
