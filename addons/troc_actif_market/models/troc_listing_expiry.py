"""Listings do not last for ever: a reminder, then they leave the marketplace."""

from odoo import api, fields
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.lib.actif_rules import listing as rules
from odoo.addons.troc_actif_invoice.seal import sealed


class TrocListingExpiry:
    """A part of TrocListing, where its fields stand."""

    __slots__ = ()

    @api.model
    def _cron_expire(self):
        """Take offline what has expired, remind of what soon will."""
        today = fields.Date.context_today(self)
        online = Domain("state", "=", "published")
        each_alone(
            self.search(online & Domain("expires_on", "<", today)),
            lambda listing: listing._expire(),
        )
        soon = Domain("expires_on", "<=", rules.last_day_to_remind(today))
        each_alone(
            self.search(online & soon & Domain("reminded_on", "=", False)),
            lambda listing: listing._remind(today),
        )

    def _expire(self):
        sealed(self).write({"state": "expired"})
        self._send("troc_actif_market.mail_listing_expired")

    def _remind(self, today):
        sealed(self).write({"reminded_on": today})
        self._send("troc_actif_market.mail_listing_expires")

    def _send(self, template):
        """Queue a mail of the network to each listing's member."""
        record_sudo = self.env.ref(template).sudo()
        for listing in self:
            record_sudo.send_mail(listing.id)

    def _expires_soon(self):
        """Tell whether a button to renew is due."""
        today = fields.Date.context_today(self)
        return (
            self.state == "published"
            and self.expires_on
            and self.expires_on <= rules.last_day_to_remind(today)
        )

    def _label_of_expiry(self):
        return format_date(self.env, self.expires_on) if self.expires_on else ""
