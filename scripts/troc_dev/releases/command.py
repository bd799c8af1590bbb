"""./scripts/keep-release: keeps the demonstration of a release, to update from.

  ./scripts/keep-release COMMIT…

Takes the tree of each commit, lets its own ./scripts/demo make its demonstration, and
writes that to tests/releases/<version>.sql.xz.  Takes minutes; to be done once, when
the work on the next version begins.
"""

import ast
import contextlib
import os
import subprocess

from troc_dev import paths, proc, say, setup
from troc_dev.errors import Stop
from troc_dev.needs import odoo_source, server
from troc_dev.releases import dumps

MANIFEST = "addons/troc_actif/__manifest__.py"
NAME = f"troc_release_{paths.CLONE_ID}"
TREE = paths.LOCAL / "release"


def main(arguments):
    """Keep the release that each commit was."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 0 if arguments else 2
    with setup.ready() as databases:
        for commit in arguments:
            kept = _keep(databases, commit)
            size = kept.stat().st_size / 1000
            print(f"{kept.relative_to(paths.ROOT)}: {size:.0f} kB")
    return 0


def _keep(databases, commit):
    version = ast.literal_eval(_git("show", f"{commit}:{MANIFEST}"))["version"]
    identity = _git("rev-parse", "--short=10", commit).strip()
    with _told(databases, commit, version):
        say.line(f"· {version}: what is left out, and the file")
        origin = f"commit {identity}, {databases.odoo.identity}"
        return dumps.keep(databases, NAME, version, origin)


@contextlib.contextmanager
def _told(databases, commit, version):
    """Tell the story of a commit on a database that is there meanwhile."""
    _clear(databases)
    try:
        _unpack(commit)
        with say.Step(f"The demonstration of {version}") as step:
            demo = [TREE / "scripts/demo", "--no-serve"]
            proc.run("Story", demo, follow=step.tell, env=_environment(databases))
            proc.run("More", _inside(), env=server.environment(databases))
        yield
    finally:
        _clear(databases)


def _environment(databases):
    """Return what lets an old tree use our Odoo and our server, but its own addons."""
    odoo = os.environ.get("TROC_ODOO") or odoo_source.FOLDER
    ours = {"TROC_ODOO": str(odoo), "TROC_PORT": str(server.free_port())}
    return os.environ | databases.postgres.env | ours | {"TROC_DB": NAME}


def _inside():
    """Return what does, with the old addons, what the story leaves out."""
    local = TREE / ".local"
    module = ["-m", "troc_dev.releases.inside"]
    return [local / "python/bin/python", *module, "-c", local / "odoo.conf", "-d", NAME]


def _unpack(commit):
    with paths.made_whole(TREE) as new:
        archive = new / "tree.tar"
        _git("archive", f"--output={archive}", commit)
        proc.run("tar", ["tar", "-xf", archive, "-C", new])
        archive.unlink()


def _clear(databases):
    """Remove the tree with the databases it made: their names are in its filestore."""
    made = TREE / ".local/odoo-data/filestore"
    folders = made.iterdir() if made.exists() else []
    for name in [NAME, *(path.name for path in folders if path.is_dir())]:
        databases.drop(name)
    paths.remove(TREE)


def _git(*arguments):
    done = subprocess.run(
        ["git", "-C", str(paths.ROOT), *arguments], capture_output=True, text=True
    )
    if done.returncode:
        raise Stop(
            f"git {arguments[0]}: {done.stderr.strip()}",
            "Name a commit of a full clone of this repository.",
        )
    return done.stdout
