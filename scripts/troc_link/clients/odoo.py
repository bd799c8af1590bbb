"""What the link asks of an Odoo, whichever way it is reached.

`connect(end)` gives a client of one of two kinds under this one interface: JSON-2, the
API of Odoo 19 and later, for those with an API key; odoorpc for all others.
"""

import importlib
import time
from collections.abc import Sequence
from typing import Any, Protocol

from troc_link.errors import Unreachable, Untrusted

KINDS = {"odoorpc": "troc_link.clients.rpc", "json2": "troc_link.clients.json2"}
PAUSES = (1, 3)  # seconds before connecting again


class Client(Protocol):
    """A user's session on one database of an Odoo.

    Nothing is asked twice: who got no answer must look what was done.
    """

    url: str
    db: str
    login: str
    kind: str  # "odoorpc" or "json2"

    def version(self) -> tuple[int, int]:
        """Return the version, as (19, 0)."""

    def user_id(self) -> int:
        """Return the id of the user who speaks."""

    def call(
        self,
        model: str,
        method: str,
        ids: Sequence[int] | None = None,
        *,
        context: dict | None = None,
        **params: Any,
    ) -> Any:
        """Call a public method, its parameters by their name in Odoo 19.

        `ids` are of the records it is called on: needed, even empty, unless it is a
        method of the model.  Raises Refused with Odoo's sentence, NotAllowed where
        the key is not accepted, Unreachable where there is no (clear) answer.
        """


def connect(end):
    """Return the client of an end, of the kind its settings say, else that answers."""
    # A user logging in has done nothing yet, so that asking again is harmless.
    for pause in (*PAUSES, None):
        try:
            return _of_kind(end, end.kind)
        except Untrusted:
            raise
        except Unreachable:
            if pause is None or end.timeout < PAUSES[-1]:
                raise
            time.sleep(pause)
    raise AssertionError  # the loop returns or raises


def _of_kind(end, kind):
    if kind == "auto":
        is_key = end.is_key and end.secret.looks_like_a_key
        kind = "json2" if is_key and _speaks_json2(end) else "odoorpc"
    # Importing odoorpc takes longer than a call
    return importlib.import_module(KINDS[kind]).connect(end)


def _speaks_json2(end):
    return importlib.import_module(KINDS["json2"]).answers(end)
