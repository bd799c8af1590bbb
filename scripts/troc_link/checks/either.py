"""What doctor looks at, at either end: each answer in plain words, with what to fix."""

import email.utils
import time
import urllib.error
from dataclasses import dataclass
from urllib.parse import urlsplit

from troc_link.books import versions
from troc_link.clients import json2, transport
from troc_link.ends import is_loopback
from troc_link.errors import LinkError, Unreachable
from troc_link.words.help import PROGRAM

OK, WARNING, ERROR = "ok", "warning", "error"
TESTED = 19
OLD_API = 17  # before it, parameters have other names
LAST_RPC = 21  # the last Odoo with the endpoints of odoorpc
CLOCK_SECONDS = 300
TELL = "Montrez cette phrase à qui gère cet Odoo."


@dataclass(frozen=True)
class Check:
    """One thing looked at: how it is, and what to do."""

    end: str  # network, books or both
    name: str  # for programs
    state: str  # ok, warning or error
    text: str
    remedy: str = ""


class Checks:
    """Collects the checks of one end."""

    def __init__(self, end):
        self.end, self.found = end, []

    def add(self, name, state, text, remedy=""):
        """Note a check."""
        self.found.append(Check(self.end, name, state, text, remedy))

    def judge(self, name, good, text, otherwise, remedy="", state=ERROR):
        """Note a check as good, or else what is said otherwise."""
        if good:
            self.add(name, OK, text)
        else:
            self.add(name, state, otherwise, remedy)
        return good


def connected(checks, ends, end):
    """Check address and user; return the client, None where it cannot be had."""
    try:
        client = getattr(ends, end.name)
    except LinkError as error:
        checks.add("connection", ERROR, str(error), error.way_out or TELL)
        return None
    _transport(checks, end)
    checks.add("connection", OK, f"{end.url} répond à {client.login}.")
    return client


def _transport(checks, end):
    if is_loopback(end.url):
        return checks.add("tls", OK, "Cette machine même : https n'est pas utile.")
    if urlsplit(end.url).scheme == "http":
        return checks.add(
            "tls",
            WARNING,
            "Sans https, votre clé passe en clair.",
            "Demandez une adresse en https à l'hébergeur.",
        )
    checks.judge(
        "tls",
        not end.insecure,
        "https, certificat vérifié.",
        "https, mais le certificat n'est pas vérifié (--insecure).",
        "Faites renouveler le certificat, puis ôtez insecure des réglages.",
        WARNING,
    )


def version(checks, client):
    """Check the version of an end."""
    major, minor = client.version()
    text = f"Odoo {major}.{minor}"
    if major == TESTED:
        checks.add("version", OK, f"{text}, essayée.")
    elif major < OLD_API:
        checks.add(
            "version",
            WARNING,
            f"{text} : plus ancienne que ce qui a été essayé.",
            f"Commencez par {PROGRAM} push --dry-run et lisez ce qu'il dit.",
        )
    else:
        checks.add(
            "version",
            WARNING,
            f"{text} : seule la 19 a été essayée.",
            f"Commencez par {PROGRAM} push --dry-run et lisez ce qu'il dit.",
        )


def kind(checks, client, end, fix):
    """Check which client is used; `fix(kind)` keeps the better one."""
    better = "json2" if end.is_key and _has_json2(end) else "odoorpc"
    what = {
        "json2": "accès JSON-2, par clé API",
        "odoorpc": "accès odoorpc",
    }
    if client.kind != better:
        if fix:
            fix(better)
        checks.judge(
            "client",
            fix,
            f"Retenu : {what[better]}.",
            f"Sert : {what[client.kind]} ; mieux : {what[better]}.",
            f"Lancez {PROGRAM} doctor --fix.",
            WARNING,
        )
        return
    if better == "odoorpc" and client.version()[0] >= TESTED:
        checks.add(
            "client",
            WARNING,
            f"Sert : {what[better]}, qui disparaît avec Odoo {LAST_RPC + 1}.",
            f"Faites une clé API dans cet Odoo, puis {PROGRAM} init.",
        )
    else:
        checks.add("client", OK, f"Sert : {what[better]}.")


def _has_json2(end):
    try:
        return json2.answers(end)
    except Unreachable:
        return False


def key(checks, end):
    """Check that a key is used, which can be taken back by itself."""
    checks.judge(
        "key",
        end.is_key,
        "Une clé API, révocable seule.",
        "Un mot de passe ouvre tout le compte.",
        f"Faites une clé API dans cet Odoo, puis {PROGRAM} init.",
        WARNING,
    )


def clock(checks, end):
    """Check that the clock of an end is about ours."""
    theirs = _time_at(end)
    if theirs is None:
        return
    minutes = abs(time.time() - theirs) / 60
    checks.judge(
        "clock",
        minutes * 60 <= CLOCK_SECONDS,
        "Les horloges s'accordent.",
        f"Les horloges diffèrent de {minutes:.0f} minutes.",
        "Mettez à l'heure cette machine ou ce serveur (NTP) : les dates en dépendent.",
        WARNING,
    )


def _time_at(end):
    with transport.reaching(end):
        opener = transport.opener(end)
        try:
            headers = opener.open(f"{end.url}/web/health", timeout=end.timeout).headers
        except urllib.error.HTTPError as error:
            headers = error.headers
    said = headers.get("Date")
    return email.utils.parsedate_to_datetime(said).timestamp() if said else None


def groups(client, names):
    """Return those of these groups that the user has."""
    ids = versions.group_ids(client.version()[0], client.user_id())
    return [
        name
        for name in names
        if client.call("res.users", "has_group", ids, group_ext_id=name)
    ]
