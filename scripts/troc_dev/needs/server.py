"""Odoo processes: runs that end, and servers."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from troc_dev import errors, paths, proc, say
from troc_dev.errors import Stop
from troc_dev.needs import printing, venv

HOST = "127.0.0.1"
CONFIG = paths.LOCAL / "odoo.conf"
START_SECONDS = 120
# Odoo lets wkhtmltopdf wait for scripts that go on after the page is loaded, in
# milliseconds; no page that is printed has one.
NO_DELAY = ("report.print_delay", "0")
# PostgreSQL says "done" before it is on the disk.  For tests alone: after a crash of
# the machine nothing is half there, but what was acknowledged last may be gone.
NOT_DURABLE = {"PGOPTIONS": "-c synchronous_commit=off"}


@dataclass(frozen=True)
class Running:
    """An Odoo that answers."""

    url: str
    port: int
    db: str
    process: subprocess.Popen


def command(databases):
    """Write Odoo's configuration file; return the command that starts Odoo."""
    addons = [*databases.odoo.addons, paths.ADDONS]
    env = databases.postgres.env
    settings = {
        "addons_path": ",".join(str(path) for path in addons if path.exists()),
        "data_dir": paths.LOCAL / "odoo-data",
        "http_interface": HOST,
        "list_db": False,
        "unaccent": True,
        **({"db_host": env["PGHOST"], "db_user": env["PGUSER"]} if env else {}),
    }
    lines = [f"{name} = {value}" for name, value in settings.items()]
    paths.write(CONFIG, "\n".join(["[options]", *lines, ""]))
    return [venv.PYTHON, databases.odoo.script, "-c", CONFIG]


def environment(databases, **more):
    """Return the process environment in which Odoo and its helpers run."""
    scripts = paths.ROOT / "scripts"
    python_path = databases.odoo.python_path
    env = venv.environment(python_path, scripts, **databases.postgres.env, **more)
    path = {"PATH": f"{printing.BIN}{os.pathsep}{env['PATH']}"}
    return env | path | (NOT_DURABLE if databases.for_tests_alone else {})


def odoo(databases, what, arguments, follow=None):
    """Run Odoo to its end; return what it said."""
    return proc.run(
        what,
        [*command(databases), *arguments],
        env=environment(databases),
        follow=follow,
    )


def inside(databases, db, module, *arguments):
    """Run a Python module with `odoo` at hand, on a database; return its status."""
    config = command(databases)[-2:]
    program = [venv.PYTHON, "-m", module, *config, "-d", db, *arguments]
    return proc.wait(program, env=environment(databases))


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def check_port(port, script):
    """Stop with a way out if the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Stop(
                f"Port {port} of {HOST} cannot be used ({error.strerror}).",
                f"Take another one: TROC_PORT={free_port()} ./scripts/{script}",
            ) from error


@contextlib.contextmanager
def serving(databases, db, port=None, *, workers=0, cron_threads=0):
    """Yield a running Odoo, stopped at the end."""
    port = port or free_port()
    url = f"http://{HOST}:{port}"
    # wkhtmltopdf asks this server for the styles, whichever port it had before
    databases.set_parameter(db, "report.url", url)
    if databases.for_tests_alone:
        databases.set_parameter(db, *NO_DELAY)
    log = paths.LOGS / f"odoo-{port}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    options = [f"--http-port={port}", f"--workers={workers}", f"--db-filter=^{db}$"]
    options += [f"--max-cron-threads={cron_threads}", "--no-database-list"]
    if workers:
        options.append(f"--gevent-port={free_port()}")
    with open(log, "w") as output:
        process = proc.start(
            [*_program(databases), "-d", db, *options],
            env=environment(databases),
            stdout=output,
            stderr=output,
        )
    try:
        with say.Step("Odoo server"):
            _wait_until_it_answers(process, url, log)
        yield Running(url, port, db, process)
    finally:
        proc.stop(process)


def _program(databases):
    python, script, *options = command(databases)
    if databases.for_tests_alone:
        return [python, "-m", "troc_dev.needs.quick_passwords", *options]
    return [python, script, *options]


def _wait_until_it_answers(process, url, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise errors.from_output("The start of Odoo", paths.read(log), log)
        with contextlib.suppress(OSError, urllib.error.URLError):
            with _direct.open(f"{url}/web/health", timeout=10) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.2)
    raise Stop(f"Odoo did not answer within {START_SECONDS} s.", f"See {log}.")


# Never through a proxy: it is this machine.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
