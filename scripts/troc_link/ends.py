"""One end of the link: where it is, and who is speaking there."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from troc_link.errors import Misconfigured

SCHEMES = {"https": 443, "http": 80}
NAMES = {
    "network": "réseau",
    "books": "votre Odoo",
    "animator": "réseau, en animateur",
}
READ_SECONDS = 300
API_KEY = re.compile("[0-9a-f]{40}")  # as Odoo makes them
TOO_SHORT = 8  # to be told from ordinary words
_hidden = set()


def without_secrets(text):
    """Return a text in which no key or password can be read."""
    for secret in _hidden:
        text = text.replace(secret, "•••")
    return text


class Secret:
    """A key or a password that no log, table or traceback shows."""

    def __init__(self, text):
        self._text = text.strip()
        if len(self._text) >= TOO_SHORT:
            _hidden.add(self._text)

    def reveal(self):
        """Return the text, for the one line that sends it."""
        return self._text

    @property
    def looks_like_a_key(self):
        """Tell an API key of Odoo's from a password."""
        return bool(API_KEY.fullmatch(self._text))

    def __bool__(self):
        return bool(self._text)

    def __eq__(self, other):
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __repr__(self):
        return "•••" if self._text else "(aucun)"

    def __reduce__(self):
        raise TypeError("a secret is not written anywhere but in the settings")


@dataclass(frozen=True)
class End:
    """One database of an Odoo, and the user who speaks to it."""

    name: str  # network, books or animator
    url: str
    db: str
    login: str
    secret: Secret = field(repr=False)
    is_key: bool = True  # an API key, else a password
    kind: str = "auto"  # auto, odoorpc or json2
    company: int | None = None  # which company's books
    insecure: bool = False  # plain http and unknown certificates
    timeout: float = READ_SECONDS

    @property
    def title(self):
        """Return how this end is called on screen."""
        return NAMES.get(self.name, self.name)

    @property
    def context(self):
        """Return the context of every call."""
        context = {"lang": "fr_FR"}
        if self.company:
            context["allowed_company_ids"] = [self.company]
        return context


def clean_url(text):
    """Return scheme, host and port of what was typed or copied from a browser.

    >>> clean_url("odoo.exemple.fr/web#action=1")
    'https://odoo.exemple.fr'
    """
    text = text.strip()
    if "://" not in text:
        here = is_loopback(f"http://{text}")
        text = f"{'http' if here else 'https'}://{text}"
    parts = urlsplit(text)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in SCHEMES or not parts.hostname or port == -1:
        raise Misconfigured(
            f"« {text} » n'est pas une adresse d'Odoo.",
            "Donnez-la comme dans le navigateur, par exemple https://odoo.exemple.fr.",
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}"


def is_loopback(url):
    """Tell whether an address is of this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_transport(end):
    """Refuse to send a key in the clear over a network."""
    plain = urlsplit(end.url).scheme == "http"
    if plain and not end.insecure and not is_loopback(end.url):
        raise Misconfigured(
            f"{end.url} : sans https, votre clé passerait en clair sur le réseau.",
            "Donnez l'adresse en https://, ou ajoutez --insecure si vous êtes sûr de"
            " ce réseau.",
        )
