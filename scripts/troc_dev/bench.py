"""Benchmarks: each runs inside Odoo, on a database of its own."""

from troc_dev import paths, proc, server, setup, venv


def run(name, arguments):
    """Run `benchmarks/inside/NAME.py` on a fresh database; return its exit status."""
    program = paths.ROOT / "benchmarks/inside" / f"{name}.py"
    with setup.ready() as databases, databases.scratch("bench") as database:
        config = server.command(databases)[-1]
        child = proc.start(
            [venv.PYTHON, program, config, database, *arguments],
            env=server.environment(databases),
        )
        try:
            return child.wait()
        finally:
            proc.stop(child)
