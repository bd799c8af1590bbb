"""Who speaks where: a file that only its owner may read, the environment, a keyring.

The file is `--config`, else TROC_LINK_CONFIG, else troc-actif/link.ini in the user's
configuration folder.  Each value may also come from the environment, which wins:
TROC_LINK_NETWORK_URL, _DB, _LOGIN, _KEY or _PASSWORD; TROC_LINK_BOOKS_… alike.
"""

import configparser
import dataclasses
import os
import stat
from pathlib import Path

from troc_link.clients import keyrings
from troc_link.ends import READ_SECONDS, End, Secret, clean_url
from troc_link.errors import Misconfigured

SECTIONS = ("network", "books", "animator")
NAMES = (
    "url",
    "db",
    "login",
    "key",
    "password",
    "kind",
    "company",
    "insecure",
    "timeout",
)
KINDS = ("auto", "odoorpc", "json2")
TRUE = ("1", "yes", "true", "on", "oui")
ANIMATOR = (
    "Donnez TROC_LINK_ANIMATOR_LOGIN et TROC_LINK_ANIMATOR_KEY (ou _PASSWORD), ou une"
    " section [animator] avec login et key."
)
INIT = "Lancez ./scripts/troc-link init, qui les demande."
OTHERS_MAY_READ = stat.S_IRWXG | stat.S_IRWXO


def default_path(environ):
    """Return where the settings are, unless told otherwise."""
    if environ.get("TROC_LINK_CONFIG"):
        return Path(environ["TROC_LINK_CONFIG"]).expanduser()
    base = environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "troc-actif" / "link.ini"


def load(path=None, environ=None, insecure=False):
    """Return the settings; the file need not exist."""
    environ = os.environ if environ is None else environ
    path = Path(path).expanduser() if path else default_path(environ)
    sections = _read(path)
    return Settings(path, sections, _from_environment(environ), insecure)


@dataclasses.dataclass
class Settings:
    """What is known of the ends: `sections` of the file, `given` by the environment."""

    path: Path
    sections: dict = dataclasses.field(default_factory=dict, repr=False)
    given: dict = dataclasses.field(default_factory=dict, repr=False)
    insecure: bool = False

    def has(self, name):
        """Tell whether an end is set up."""
        key = "login" if name == "animator" else "url"
        return bool(self.values(name).get(key))

    def values(self, name):
        """Return what is known of an end; an animator is on the network's server."""
        values = dict(self.sections.get(name, {}))
        given = self.given.get(name, {})
        if given.keys() & {"key", "password"}:
            values.pop("key", None)
            values.pop("password", None)
        values |= given
        if name == "animator" and "login" in values:
            there = self.values("network")
            values = {k: there[k] for k in ("url", "db") if k in there} | values
        return values

    def end(self, name):
        """Return an end; raises Misconfigured where something is missing or wrong."""
        values = self.values(name)
        self._check_complete(name, values)
        secret, is_key = self._secret(name, values)
        return End(
            name=name,
            url=clean_url(values["url"]),
            db=values["db"],
            login=values.get("login", ""),
            secret=secret,
            is_key=is_key,
            kind=self._chosen(name, values),
            company=self._whole(name, values, "company"),
            insecure=self.insecure or values.get("insecure", "").lower() in TRUE,
            timeout=self._whole(name, values, "timeout") or READ_SECONDS,
        )

    def set(self, name, **values):
        """Change an end; None takes a value away.  `write` keeps it."""
        section = self.sections.setdefault(name, {})
        for key, value in values.items():
            section.pop(key, None)
            if value is not None:
                section[key] = str(value)

    def write(self):
        """Replace the file in one go, for its owner alone."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_dict({n: v for n, v in self.sections.items() if v})
        path = self.path.resolve()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            _write_private(new, parser)
            new.replace(path)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    def _check_complete(self, name, values):
        missing = [key for key in ("url", "db") if not values.get(key)]
        if not values.get("key") and not values.get("password"):
            missing.append("key")
        elif not values.get("login") and self._needs_login(name, values):
            missing.append("login")
        if missing:
            what = f"[{name}] {', '.join(missing)}"
            way_out = ANIMATOR if name == "animator" else INIT
            raise Misconfigured(f"Il manque {what} dans {self.path}.", way_out)

    def _needs_login(self, name, values):
        """Tell whether a key alone does not say who speaks, as it does over JSON-2."""
        return not values.get("key") or self._chosen(name, values) == "odoorpc"

    def _secret(self, name, values):
        is_key = bool(values.get("key"))
        text = values["key"] if is_key else values["password"]
        if text == keyrings.NAME:
            text = keyrings.read(name, values)
        return Secret(text), is_key

    def _chosen(self, name, values):
        kind = values.get("kind") or "auto"
        if kind not in KINDS:
            raise Misconfigured(
                f"{self.path} : [{name}] kind = {kind} n'est pas connu.",
                f"Mettez {', '.join(KINDS[:-1])} ou {KINDS[-1]}.",
            )
        return kind

    def _whole(self, name, values, key):
        text = values.get(key)
        if text and not text.isdecimal():
            raise Misconfigured(
                f"{self.path} : [{name}] {key} = {text} n'est pas un nombre entier.",
                "Corrigez ce fichier, ou refaites ./scripts/troc-link init.",
            )
        return int(text) if text else None


def _read(path):
    """Return the sections of the file, refused where others may read it."""
    try:
        with open(path, encoding="utf-8") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & OTHERS_MAY_READ:
                raise Misconfigured(
                    f"D'autres que vous peuvent lire {path}, où sont vos clés.",
                    f"Faites : chmod 600 {path}  puis remplacez ces clés si ce poste"
                    " est partagé.",
                )
            return _parsed(path, file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        reason = f"{path} ne peut pas être lu ({error.strerror})."
        raise Misconfigured(reason, "Vérifiez les droits sur ce fichier.") from None


def _parsed(path, file):
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_file(file)
    except (configparser.Error, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", None)  # its message would quote the line
        where = f", ligne {line}" if line else ""
        raise Misconfigured(
            f"{path} n'est pas un fichier de réglages{where}.",
            "Corrigez-le, ou effacez-le puis : ./scripts/troc-link init",
        ) from None
    return {name: dict(parser[name]) for name in parser.sections()}


def _from_environment(environ):
    given = {}
    for section in SECTIONS:
        for name in NAMES:
            value = environ.get(f"TROC_LINK_{section}_{name}".upper())
            if value:
                given.setdefault(section, {})[name] = value
    return given


def _write_private(path, parser):
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        parser.write(file)
        file.flush()
        os.fsync(handle)
