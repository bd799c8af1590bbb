"""How often something may be done: against floods, not against people."""

import hashlib

from odoo import api, fields, models

DAY = 24


class TrocRateLimit(models.Model):
    """One line a try.  Addresses are kept as fingerprints, for a day at most."""

    _name = "troc.rate.limit"
    _description = "Tries of what is limited"
    _log_access = False

    key = fields.Char(required=True, index=True)
    tried_on = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.model
    def _allows(self, action, who, times, hours=1):
        """Count a try of `action` by `who`; tell whether it is within `times`."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        key = hashlib.sha256(f"{secret}/{action}/{who}".encode()).hexdigest()
        # sudo: nobody reads or writes tries
        tries_sudo = self.sudo()
        since = fields.Datetime.subtract(fields.Datetime.now(), hours=hours)
        domain = [("key", "=", key), ("tried_on", ">", since)]
        if tries_sudo.search_count(domain, limit=times) >= times:
            return False
        tries_sudo.create({"key": key})
        return True

    @api.autovacuum
    def _forget(self):
        before = fields.Datetime.subtract(fields.Datetime.now(), hours=DAY)
        self.sudo().search([("tried_on", "<", before)]).unlink()
