"""./scripts/demo: the demonstration database, its story, and then Odoo on it."""

import argparse
import os

from troc_dev import paths, proc, say, setup
from troc_dev.errors import Stop
from troc_dev.needs import database, printing, server, venv

MARK = "troc-actif demonstration"
STORY = [venv.PYTHON, "-m", "troc_demo"]


def main(arguments):
    """Make or update the demonstration, run its story, serve."""
    return run(arguments, script="demo", story="always")


def db_name():
    """Return the name of the demonstration database."""
    return os.environ.get("TROC_DB") or "troc_demo"


def run(arguments, script, story):
    """Run the demonstration; `story` says when it is told."""
    options = _options(arguments, script)
    port = _port()
    server.check_port(port, script)
    with setup.ready() as databases:
        printing.ensure()
        if script == "serve" and not databases.exists(db_name()):
            say.line("There is no demonstration yet: making it first.")
        made = prepare(databases, db_name(), options.reset)
        server.check_port(port, script)
        with server.serving(databases, db_name(), port, cron_threads=1) as odoo:
            status = 0
            if story == "always" or made:
                status = _tell_story(databases, odoo)
                _finish(databases, status)
            if options.no_serve:
                return status
            _wait(odoo)
    return status


def _options(arguments, script):
    parser = argparse.ArgumentParser(
        prog=f"./scripts/{script}", description=__doc__ if script == "demo" else None
    )
    if script == "demo":
        parser.add_argument(
            "--no-serve", action="store_true", help="end after the story"
        )
        parser.add_argument("--reset", action="store_true", help="start over")
    parser.set_defaults(no_serve=False, reset=False)
    return parser.parse_args(arguments)


def _port():
    text = os.environ.get("TROC_PORT") or "8069"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"TROC_PORT={text} is no port.", "Take a number such as 8069.")
    return int(text)


def prepare(databases, name, reset=False):
    """Make or update the database; tell whether its story is still to be told."""
    odoo, addons = databases.odoo.identity, database.addons_hash()
    # On a server that other clones use too, theirs are left alone.
    whose = MARK if databases.postgres.embedded else f"{MARK} {paths.CLONE_ID}"
    mark = f"{whose}|{odoo}|{addons}"
    found = databases.mark(name)
    if databases.exists(name) and not found.startswith(f"{whose}|"):
        raise Stop(
            f"The database “{name}” was not made by this command: left alone.",
            "Choose another name with TROC_DB, or drop that database yourself.",
        )
    if reset or not found or not (database.FILESTORE / name).exists():
        databases.clone(databases.installed(), name, f"{mark}|new")
        return True
    if found.split("|")[1:3] != [odoo, addons]:
        _update(databases, name, found.split("|")[1] == odoo)
        databases.set_mark(name, mark + ("|new" if found.endswith("|new") else ""))
    return found.endswith("|new")


def _update(databases, name, same_odoo):
    ours, there = set(database.our_addons()), databases.installed_modules(name)
    updated = sorted(ours & there) if same_odoo else ["base"]
    for how, modules in (("-u", updated), ("-i", sorted(ours - there))):
        if modules:
            databases.install(name, ",".join(modules), "Our addons", how)


def told(databases):
    """Return a template with the demonstration on it, its story told."""

    def fill(name):
        with say.Step("Demonstration"), server.serving(databases, name) as odoo:
            proc.run("Story", STORY, env=_story_environment(databases, odoo))

    base = databases.installed()
    story = sorted(path for path in (paths.ROOT / "scripts/troc_demo").rglob("*.py"))
    key = paths.digest(base, *[path.read_text() for path in story])
    return databases.template(f"troc_told_{key}", base, fill)


def _finish(databases, status):
    mark = databases.mark(db_name())
    if status == 0 and mark.endswith("|new"):
        databases.set_mark(db_name(), mark.removesuffix("|new"))


def _tell_story(databases, odoo):
    return proc.wait(STORY, env=_story_environment(databases, odoo))


def _story_environment(databases, odoo):
    password = os.environ.get("TROC_ADMIN_PASSWORD") or "admin"
    return server.environment(
        databases, TROC_URL=odoo.url, TROC_DB=odoo.db, TROC_ADMIN_PASSWORD=password
    )


def _wait(odoo):
    say.line(f"\nOdoo serves {odoo.url}/odoo (database {odoo.db}); Ctrl-C stops it.")
    try:
        status = odoo.process.wait()
    except KeyboardInterrupt:
        say.line("\nStopping…")
        return
    raise Stop(f"Odoo ended by itself (status {status}).", "Run the command again.")
