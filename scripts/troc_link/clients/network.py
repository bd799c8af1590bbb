"""The network's end: the public methods of `troc.link`, called as the member's user.

What each takes and returns is in docs/api.md.  All may be repeated.
"""

from troc_link.errors import Misconfigured, Refused

PROTOCOL = 1  # the version of the link that is spoken here
MAX_DOCUMENTS = 20
MAX_ENTRIES = 500
PAGE = 100


class Network:
    """The network's Odoo, as one member sees it."""

    def __init__(self, client):
        self.client = client

    def _ask(self, method, **params):
        try:
            return self.client.call("troc.link", method, **params)
        except Refused as error:
            if not error.is_absent:
                raise
            raise Misconfigured(
                f"{self.client.url} n'est pas l'Odoo d'un réseau Troc Actif, ou sa"
                " version est trop ancienne.",
                "Vérifiez l'adresse du réseau : celle de la page « Votre Odoo ».",
            ) from None

    def hello(self, client=None):
        """Return who is asked and who asks (a dict); tells the network of `client`."""
        return self._ask("hello", **({"client": client} if client else {}))

    def open(self, since=None):
        """Open the link; `since` is an ISO date."""
        return self._ask("open", **({"since": since} if since else {}))

    def known(self, documents):
        """Return what is known of documents (number, date, type), in their order."""
        return self._ask("known", documents=list(documents))

    def push(self, documents):
        """Send documents (name, content in base64); return what became of each."""
        return self._ask("push", documents=list(documents))

    def pull(self, after=0, limit=PAGE, everything=False):
        """Return a page of entries: a dict, entries, after and more."""
        return self._ask("pull", after=after, limit=limit, everything=everything)

    def pages(self, limit=PAGE, everything=False):
        """Yield the lists of entries of all pages."""
        after, more = 0, True
        while more:
            page = self.pull(after, limit, everything)
            if page["entries"]:
                yield page["entries"]
            after, more = page["after"], page["more"]

    def report(self, entries):
        """Tell what became of entries in the member's books; return the cursor."""
        return self._ask("report", entries=list(entries))["cursor"]

    def unknown(self, keys):
        """Return those of these keys that the network does not know."""
        return self._ask("unknown", keys=list(keys))

    def statement(self, date_from, date_to):
        """Return the member's account of a period."""
        return self._ask("statement", date_from=date_from, date_to=date_to)

    def bookings(self, date_from, date_to, form="csv"):
        """Return the file of the entries to book of a period."""
        return self._ask("bookings", date_from=date_from, date_to=date_to, form=form)
