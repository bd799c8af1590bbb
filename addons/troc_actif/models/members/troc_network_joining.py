"""What a network asks of who wants to join, and of a buyer before validation."""

import hashlib

from odoo.tools import plaintext2html


class TrocNetworkJoining:
    """A part of TrocNetwork, where its fields stand."""

    __slots__ = ()

    def _charter_html(self):
        """Return the charter as it is shown and accepted."""
        self.ensure_one()
        return self.charter or plaintext2html(
            self.env._(
                "Members deal fairly with each other: they answer, deliver what was "
                "agreed, and spend what they earn. Actifs are never paid out in euros."
            )
        )

    def _charter_fingerprint(self):
        """Return the SHA-256 of the charter: which words were accepted."""
        return hashlib.sha256(str(self._charter_html()).encode()).hexdigest()
