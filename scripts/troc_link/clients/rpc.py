"""The client over odoorpc, for every Odoo until 21: `/jsonrpc`, password or key."""

import logging
import re
from urllib.parse import urlsplit

import odoorpc

from troc_link.clients import transport
from troc_link.clients.log import logged
from troc_link.ends import SCHEMES, check_transport
from troc_link.errors import Misconfigured, Refused

DENIED = "odoo.exceptions.AccessDenied"

# Its debug messages hold all that is sent, the key included.
logging.getLogger("odoorpc").disabled = True
logging.getLogger("odoorpc.rpc.jsonrpclib").disabled = True


def connect(end):
    """Log in; return the client."""
    check_transport(end)
    if not end.login:
        raise Misconfigured(
            f"Il manque l'utilisateur de {end.url}.",
            "Donnez-le : ./scripts/troc-link init",
        )
    return OdooRpc(end)


class OdooRpc:
    """A session over odoorpc: see client.Client."""

    kind = "odoorpc"

    def __init__(self, end):
        self.end, self.url, self.db, self.login = end, end.url, end.db, end.login
        with transport.reaching(end):
            self._odoo = _server(end)
        self._told(self._odoo.login, end.db, end.login, end.secret.reveal())

    def version(self):
        found = re.search(r"(\d+)\.(\d+)", self._odoo.version or "")
        return tuple(map(int, found.groups())) if found else (0, 0)

    def user_id(self):
        return self._odoo.env.uid

    @logged
    def call(self, model, method, ids=None, *, context=None, **params):
        args = [] if ids is None else [list(ids)]
        if method == "create":  # the one whose result depends on how it is given
            args.append(params.pop("vals_list"))
        params["context"] = {**self.end.context, **(context or {})}
        return self._told(self._odoo.execute_kw, model, method, args, params)

    def _told(self, function, *args):
        try:
            with transport.reaching(self.end):
                return function(*args)
        except odoorpc.error.RPCError as error:
            # None: its traceback would show what was sent
            raise _refusal(self.end, error) from None


def _server(end):
    address = urlsplit(end.url)
    host = address.hostname
    try:
        return odoorpc.ODOO(
            f"[{host}]" if ":" in host else host,
            protocol="jsonrpc+ssl" if address.scheme == "https" else "jsonrpc",
            port=address.port or SCHEMES[address.scheme],
            timeout=end.timeout,
            opener=transport.opener(end),
        )
    except (KeyError, TypeError):  # it did not find the version in the answer
        raise ValueError("no version") from None


def _refusal(end, error):
    data = (error.info or {}).get("data") or {}
    name = data.get("name", "")
    if not error.info or name == DENIED:  # without: words of odoorpc itself
        return transport.denied(end)
    if name.startswith("psycopg2.") and "does not exist" in str(error):
        return transport.no_database(end)
    return Refused(data.get("message") or str(error), name=name)
