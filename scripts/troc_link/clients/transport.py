"""How bytes reach a server: certificates, patience, no redirections, no retries."""

import contextlib
import http.client
import socket
import ssl
import urllib.error
import urllib.request

from troc_link.ends import is_loopback
from troc_link.errors import NotAllowed, Unreachable, Untrusted

CONNECT_SECONDS = 30
AWAY = (429, 502, 503, 504)
REDIRECTED = (301, 302, 303, 307, 308)
OTHER_ADDRESS = "Vérifiez l'adresse : celle de la page de connexion d'Odoo."
LATER = "Réessayez plus tard : la même commande reprend où elle en était."


class _Plain(http.client.HTTPConnection):
    """Short patience to connect, long patience to hear the answer."""

    def connect(self):
        patience, self.timeout = self.timeout, min(self.timeout, CONNECT_SECONDS)
        super().connect()
        self.sock.settimeout(patience)


class _Safe(http.client.HTTPSConnection):
    def connect(self):
        patience, self.timeout = self.timeout, min(self.timeout, CONNECT_SECONDS)
        super().connect()
        self.sock.settimeout(patience)


class _PlainHandler(urllib.request.HTTPHandler):
    def http_open(self, request):
        return self.do_open(_Plain, request)


class _SafeHandler(urllib.request.HTTPSHandler):
    def https_open(self, request):
        return self.do_open(_Safe, request, context=self._context)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A key is never sent on to another address."""

    def redirect_request(self, *_args):
        return None


def opener(end):
    """Return what opens addresses of an end; local ones never through a proxy."""
    context = ssl.create_default_context()
    if end.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    handlers = [_PlainHandler(), _SafeHandler(context=context), _NoRedirect()]
    if is_loopback(end.url):
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)


@contextlib.contextmanager
def reaching(end):
    """Turn what may go wrong on the way into Unreachable."""
    try:
        yield
    except urllib.error.HTTPError as error:
        raise _from_status(end, error) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        # None: neither the request nor its headers belong in a traceback
        raise _from_trouble(end, getattr(error, "reason", None) or error) from None


def _from_status(end, error):
    if error.code in REDIRECTED:
        place = error.headers.get("Location", "une autre adresse")
        return Unreachable(f"{end.url} renvoie à {place}.", OTHER_ADDRESS)
    if error.code in AWAY:
        return Unreachable(f"{end.url} est indisponible ({error.code}).", LATER)
    return Unreachable(
        f"{end.url} ne répond pas comme un Odoo ({error.code}).", OTHER_ADDRESS
    )


def _from_trouble(end, reason):
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Untrusted(
            f"Le certificat de {end.url} n'est pas valable ({reason.verify_message}).",
            "Faites-le renouveler par l'hébergeur ; --insecure l'accepte tel quel, à"
            " vos risques.",
        )
    elsewhere = isinstance(
        reason, (ConnectionRefusedError, socket.gaierror, ssl.SSLError)
    )
    way_out = f"{OTHER_ADDRESS} {LATER}" if elsewhere else LATER
    return Unreachable(f"{end.url} ne répond pas ({_said(reason, end)}).", way_out)


def _said(reason, end):
    if isinstance(reason, TimeoutError):
        return f"rien entendu en {end.timeout:.0f} s"
    if isinstance(reason, ConnectionRefusedError):
        return "connexion refusée"
    if isinstance(reason, socket.gaierror):
        return "ce nom de serveur est inconnu"
    if isinstance(reason, (http.client.HTTPException, ConnectionError)):
        return "connexion coupée"
    if isinstance(reason, ssl.SSLError):
        return "pas de https à cette adresse"
    if isinstance(reason, ValueError):
        return "la réponse n'est pas celle d'un Odoo"
    return getattr(reason, "strerror", None) or str(reason)


def denied(end):
    """Return the NotAllowed of a key or password that is not accepted."""
    return NotAllowed(
        f"{end.url} n'accepte pas {'cette clé' if end.is_key else 'ce mot de passe'}"
        f"{f' de « {end.login} »' if end.login else ''}.",
        "Refaites une clé dans cet Odoo, puis : ./scripts/troc-link init",
    )


def no_database(end):
    """Return the NotAllowed of a database that is not there."""
    return NotAllowed(
        f"{end.url} n'a pas de base « {end.db} ».",
        "Demandez le nom exact de la base à l'hébergeur, puis :"
        " ./scripts/troc-link init",
    )
