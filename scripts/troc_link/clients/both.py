"""Both ends of the link, as clients."""

import functools

from troc_link.clients import odoo


class Ends:
    """The clients of both ends, connected when first asked for."""

    def __init__(self, settings):
        """`settings`: see `Settings`; `.folder` is where a state may be kept."""
        self.settings = settings
        self.folder = settings.path.parent

    @property
    def has_books(self):
        """Tell whether the member has an Odoo of his own."""
        return self.settings.has("books")

    @property
    def company(self):
        """Return the id of the company whose books are linked, in the member's Odoo."""
        return self.settings.end("books").company

    def forget(self):
        """Connect anew when next asked: a server that went away forgot its sessions."""
        for name in ("network", "books", "animator"):
            self.__dict__.pop(name, None)

    @functools.cached_property
    def network(self):
        """Return the client of the network."""
        return odoo.connect(self.settings.end("network"))

    @functools.cached_property
    def books(self):
        """Return the client of the member's own Odoo."""
        return odoo.connect(self.settings.end("books"))

    @functools.cached_property
    def animator(self):
        """Return the client of the network for the animator."""
        return odoo.connect(self.settings.end("animator"))
