"""Both ends of a link, opened for a run that books."""

import hashlib
from dataclasses import dataclass

from troc_link import VERSION
from troc_link.books.ledger import Books
from troc_link.books.refs import refs
from troc_link.clients.network import PROTOCOL, Network
from troc_link.errors import LinkError, Misconfigured
from troc_link.words.help import PROGRAM


@dataclass
class Opened:
    """The network, the books, and what the network told of itself."""

    network: Network
    books: Books
    hello: dict

    @property
    def codes(self):
        """The accounts of the member's chart, by role."""
        return self.hello["accounts"]


def opened(ends):
    """Return both ends; raises LinkError where the link is not open or not set up."""
    if not ends.has_books or not ends.company:
        raise Misconfigured(
            "Votre Odoo n'est pas relié.",
            f"Lancez {PROGRAM} init ; sans Odoo à vous : submit, status, statement,"
            " entries.",
        )
    client = ends.books
    where = refs(client, ends.company)
    network = Network(ends.network)
    hello = network.hello(client=_told_of(client, where))
    check(hello)
    return Opened(network, Books(client, ends.company, where), hello)


def check(hello):
    """Refuse to go on with another protocol, or without an open link."""
    if hello["protocol"] != PROTOCOL:
        raise LinkError(
            f"Le réseau parle une autre version du lien ({hello['protocol']}).",
            "Mettez troc-link à jour.",
        )
    link = hello["link"]
    if not link:
        raise Misconfigured("La liaison n'est pas ouverte.", f"Lancez : {PROGRAM} init")
    if link["state"] == "revoked":
        raise Misconfigured(
            f"La liaison est révoquée : {link['revoked_reason']}",
            "Voyez avec votre animateur, ou rouvrez-la avec init.",
        )


def _told_of(client, where):
    """Return what the network's screen shows of this side: no name, no address."""
    place = hashlib.sha256(f"{client.url}/{client.db}".encode()).hexdigest()[:12]
    version = ".".join(map(str, client.version()))
    return {
        "version": VERSION,
        "odoo": version,
        "database": place,
        "addon": where.has_addon,
    }
