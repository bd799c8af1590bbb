"""The client over JSON-2, for Odoo 19 and later: `/json/2/<model>/<method>`, API key.

Standard library only.
"""

import contextlib
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping

from troc_link.clients import transport
from troc_link.clients.log import logged
from troc_link.ends import check_transport
from troc_link.errors import Refused, Unreachable

UNAUTHORIZED, NOT_FOUND = 401, 404
FIRST = 19  # the Odoo that brought it
SENDABLE = re.compile("[!-~]+")


def connect(end):
    """Find out who speaks, which checks the key; return the client."""
    check_transport(end)
    return Json2(end)


def answers(end):
    """Tell whether a server speaks JSON-2."""
    check_transport(end)
    with transport.reaching(end):
        try:
            return _version(end, transport.opener(end))[0] >= FIRST
        except (urllib.error.HTTPError, ValueError, KeyError):
            return False


class Json2:
    """Calls over JSON-2, each by itself: see client.Client."""

    kind = "json2"

    def __init__(self, end):
        self.end, self.url, self.db = end, end.url, end.db
        if not SENDABLE.fullmatch(end.secret.reveal()):  # not in a header
            raise transport.denied(end)
        self._opener = transport.opener(end)
        self._user_id = self._who()
        self.login = end.login or self._own_login()

    def version(self):
        with transport.reaching(self.end):
            return _version(self.end, self._opener)

    def user_id(self):
        return self._user_id

    @logged
    def call(self, model, method, ids=None, *, context=None, **params):
        body = {**params, "context": {**self.end.context, **(context or {})}}
        if ids is not None:
            body["ids"] = list(ids)
        result = self._ask(f"{model}/{method}", body)
        alone = method == "create" and isinstance(params.get("vals_list"), Mapping)
        return result[0] if alone else result

    def _who(self):
        with contextlib.suppress(KeyError, TypeError):
            return self.call("res.users", "context_get")["uid"]
        raise _no_odoo(self.end)

    def _own_login(self):
        (user,) = self.call("res.users", "read", [self._user_id], fields=["login"])
        return user["login"]

    def _ask(self, path, body):
        request = urllib.request.Request(
            f"{self.url}/json/2/{path}",
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"bearer {self.end.secret.reveal()}",
                "Content-Type": "application/json",
                "X-Odoo-Database": self.db,
            },
        )
        with transport.reaching(self.end):
            try:
                with self._opener.open(request, timeout=self.end.timeout) as answer:
                    return json.load(answer)
            except urllib.error.HTTPError as error:
                told = _told(error)
                if not told and error.code not in (UNAUTHORIZED, NOT_FOUND):
                    raise
                # None: its traceback would show what was sent
                raise self._refusal(error.code, told) from None

    def _refusal(self, status, told):
        name = told.get("name", "")
        if status == UNAUTHORIZED:
            return transport.denied(self.end)
        if not told:
            return self._lost()
        return Refused(told.get("message"), name=name)

    def _lost(self):
        """Say why there is no JSON-2 here: no such database, or no such Odoo."""
        if answers(self.end):
            return transport.no_database(self.end)
        return _no_odoo(self.end)


def _no_odoo(end):
    return Unreachable(
        f"{end.url} ne répond pas comme un Odoo 19.", transport.OTHER_ADDRESS
    )


def _version(end, opener):
    with opener.open(f"{end.url}/json/version", timeout=end.timeout) as answer:
        return tuple(json.load(answer)["version_info"][:2])


def _told(error):
    """Return what Odoo says of an error, nothing where it was not Odoo who spoke."""
    with contextlib.suppress(ValueError), error:
        told = json.load(error)
        if isinstance(told, dict) and "message" in told:
            return told
    return {}
