"""Debian packages: unpacked in a folder through private lists, or on the system."""

import glob
import os
import re
import shutil
from pathlib import Path

from troc_dev import paths, proc, say
from troc_dev.errors import Stop

DEBIAN = re.compile(
    r"(bullseye|bookworm|trixie|forky|sid|(old)*stable|testing|unstable)(-updates)?$"
)
KEYRINGS = "/usr/share/keyrings/debian-archive-keyring.*"
WAY_OUT = (
    "Set TROC_ODOO=<path of an Odoo 19 checkout>, or TROC_DEBIAN_MIRROR=<address of a"
    " Debian mirror>, and run the command again."
)


def unpack(name, packages, suites, folder):
    """Unpack packages in a folder, downloaded once for all clones of this user."""
    store = paths.cache() / f"{name.lower().replace(' ', '-')}-debian"
    with paths.locked(paths.cache(), "another download"):
        if not _holds(store, packages):
            _download(store, name, packages, suites)
    with say.Step(f"Unpacking {name}") as step:
        for package in sorted(store.glob("*.deb")):
            step.tell(package.name)
            _unpack(package, folder, store)
    return sorted(path.name for path in store.glob("*.deb"))


def _holds(store, packages):
    wanted = {package.partition("/")[0] for package in packages}
    return wanted <= {path.name.partition("_")[0] for path in store.glob("*.deb")}


def _download(store, name, packages, suites):
    """Fetch packages into a folder, verified by apt itself."""
    for tool in ("apt-get", "dpkg-deb"):
        proc.tool(tool, f"the download of {name} needs here", WAY_OUT)
    mirror = find_mirror()
    with say.Step(f"Download of {name}") as step, paths.made_whole(store) as new:
        state = new / "apt"
        apt = ["apt-get", "-q", *_private_options(state, mirror, suites)]
        proc.run("apt-get update", [*apt, "update"], follow=step.tell)
        proc.run(
            "apt-get download",
            [*apt, "download", *packages],
            cwd=new,
            follow=lambda text: step.tell(f"{_megabytes(new):.0f} MB  {text}"),
        )
        shutil.rmtree(state)


def _unpack(package, folder, store):
    try:
        proc.run("Unpacking", ["dpkg-deb", "-x", package, folder])
    except Stop as stop:
        if "disk" not in str(stop):
            shutil.rmtree(store)
            raise Stop(
                f"The download {package.name} was broken; it is removed.",
                "Run the same command again: it is downloaded anew.",
            ) from stop
        raise


def _megabytes(folder):
    return sum(path.stat().st_size for path in folder.glob("*.deb")) / 1e6


def find_mirror(etc="/etc/apt"):
    """Return the mirror that this machine itself is set to use."""
    if own := os.environ.get("TROC_DEBIAN_MIRROR"):
        return own
    for uri, suite in [*_deb822_entries(etc), *_one_line_entries(etc)]:
        if DEBIAN.match(suite) and not uri.startswith("cdrom:"):
            return uri
    raise Stop("No Debian mirror is set up on this machine.", WAY_OUT)


def _deb822_entries(etc):
    for path in sorted(glob.glob(f"{etc}/sources.list.d/*.sources")):
        for stanza in re.split(r"\n\s*\n", Path(path).read_text()):
            fields = dict(re.findall(r"(?m)^([\w-]+):[ \t]*(.*)$", stanza))
            if fields.get("Enabled", "yes").lower() == "no":
                continue
            for uri in fields.get("URIs", "").split():
                yield from ((uri, suite) for suite in fields.get("Suites", "").split())


def _one_line_entries(etc):
    for path in [f"{etc}/sources.list", *glob.glob(f"{etc}/sources.list.d/*.list")]:
        text = paths.read(Path(path))
        yield from re.findall(r"(?m)^\s*deb\s+(?:\[[^]]*\]\s*)?(\S+)\s+(\S+)", text)


def _private_options(state, mirror, suites):
    """Write apt's private lists; return the options that keep it to them."""
    for name in ("lists/partial", "cache/archives/partial"):
        (state / name).mkdir(parents=True)
    source = f"Types: deb\nURIs: {mirror}\nSuites: {suites}\nComponents: main\n"
    if keyrings := sorted(glob.glob(KEYRINGS)):
        source += f"Signed-By: {keyrings[0]}\n"
    paths.write(state / "debian.sources", source)
    options = {
        "Dir::Etc::SourceList": state / "debian.sources",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::State::Lists": state / "lists",
        "Dir::State::status": "/dev/null",
        "Dir::Cache": state / "cache",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
        "APT::Update::Error-Mode": "any",
        "APT::Sandbox::User": "root",  # its own user cannot enter private folders
    }
    return [f"-o{name}={value}" for name, value in options.items()]


def install(packages):
    """Install tools on the system; tell whether it was possible."""
    allowed = os.geteuid() == 0 and os.environ.get("TROC_APT", "yes") != "no"
    if not allowed or not shutil.which("apt-get"):
        return False
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-y", "install", "--no-install-recommends", *packages]
    try:
        with say.Step(f"Installing {packages[0]} on this system with apt") as step:
            proc.run("apt-get update", ["apt-get", "-q", "update"], follow=step.tell)
            proc.run("apt-get install", command, env=quiet, follow=step.tell)
    except Stop as stop:
        say.line(f"  {stop}")
        return False
    return True
