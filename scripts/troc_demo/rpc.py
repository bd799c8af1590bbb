"""How an Odoo server is reached: the only module that knows odoorpc.

`Server.connect(login)` gives a user's session; `session["res.partner"].read([1])`
calls a public method with that user's rights, as any program outside Odoo would.
"""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import odoorpc

TIMEOUT = 600


class Refused(Exception):
    """Odoo said no; the text is the sentence that a user would read."""


class Unreachable(Exception):
    """The server did not answer, or not as an Odoo does."""


class Server:
    """One database of a running Odoo."""

    def __init__(self, url, db, passwords):
        """`passwords`: from login to password, with a default under None."""
        self.url = url.rstrip("/")
        self.db = db
        self._passwords = passwords
        self._sessions = {}

    def connect(self, login):
        """Return the session of a user, opened once."""
        if login not in self._sessions:
            self._sessions[login] = self._open(login)
        return self._sessions[login]

    def connect_all(self, logins):
        """Open the sessions of several users at once: a login takes half a second."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(self.connect, logins))

    def password(self, login):
        """Return the password of a user."""
        return self._passwords.get(login, self._passwords.get(None))

    def _open(self, login):
        client = _told(self.url, self._client)
        try:
            _told(self.url, client.login, self.db, login, self.password(login))
        except Refused as error:
            if not error.__cause__.info:  # words of odoorpc, not of Odoo
                raise Refused(f"mauvais mot de passe pour « {login} ».") from error
            raise
        return Session(self.url, client, login)

    def _client(self):
        address = urlsplit(self.url)
        safe = address.scheme == "https"
        return odoorpc.ODOO(
            address.hostname,
            protocol="jsonrpc+ssl" if safe else "jsonrpc",
            port=address.port or (443 if safe else 80),
            timeout=TIMEOUT,
        )


class Session:
    """What one user may do."""

    def __init__(self, url, client, login):
        self.login = login
        self._url = url
        self._client = client
        self.user_id = client.env.uid
        self._ids = {}

    def __getitem__(self, model):
        return Model(self, model)

    def call(self, model, method, *args, context=None, **kwargs):
        """Call a public method of a model; raises Refused with Odoo's sentence."""
        context = {**self._client.env.context, **(context or {})}
        kwargs["context"] = context
        return _told(
            self._url, self._client.execute_kw, model, method, list(args), kwargs
        )

    def ids(self, *names):
        """Return {external id: database id} of those that exist; remembered."""
        wanted = [name for name in names if name not in self._ids]
        if wanted:
            self._ids.update(self._look_up(wanted))
        return {name: self._ids[name] for name in names if name in self._ids}

    def _look_up(self, names):
        modules, ids = zip(*(name.split(".", 1) for name in names), strict=True)
        found = self["ir.model.data"].search_read(
            [("module", "in", modules), ("name", "in", ids)],
            ["module", "name", "res_id"],
        )
        return {f"{row['module']}.{row['name']}": row["res_id"] for row in found}


class Model:
    """A model, whose methods are called by their name."""

    def __init__(self, session, name):
        self._session = session
        self._name = name

    def __getattr__(self, method):
        def call(*args, **kwargs):
            return self._session.call(self._name, method, *args, **kwargs)

        return call

    def ensure(self, domain, values, **kwargs):
        """Return the id of the first record found, else of one made of `values`."""
        found = self.search(domain, limit=1, **kwargs)
        return found[0] if found else self.create(values, **kwargs)


def _told(url, function, *args):
    """Call; turn what may go wrong on the way into our two exceptions."""
    try:
        return function(*args)
    except odoorpc.error.RPCError as error:
        raise Refused(" ".join(str(error).split())) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise Unreachable(f"Odoo ne répond pas à {url} ({reason}).") from error
