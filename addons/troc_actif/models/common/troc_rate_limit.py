"""How often something may be done: against floods, not against people."""

import hashlib
import random

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.tools import SQL

DAY = 24


class TrocRateLimit(models.Model):
    """One line a try.  Addresses are kept as fingerprints, for a day at most.

    Tries at the same moment do not see each other, so each takes a place of its own in
    the present period, of as many as are allowed; the database gives a place once.
    """

    _name = "troc.rate.limit"
    _description = "Tries of what is limited"
    _log_access = False

    key = fields.Char(required=True, index=True)
    tried_on = fields.Datetime(required=True, default=fields.Datetime.now)
    period = fields.Integer()
    place = fields.Integer()

    _place_unique = models.UniqueIndex("(key, period, place)")

    @api.model
    def _allows(self, action, who, times, hours=1):
        """Count a try of `action` by `who`; tell whether it is within `times`."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        key = hashlib.sha256(f"{secret}/{action}/{who}".encode()).hexdigest()
        now = fields.Datetime.now()
        since = fields.Datetime.subtract(now, hours=hours)
        seen = self._seen(key, since, times)
        if len(seen) >= times:
            return False
        present = int(now.timestamp() // (hours * 3600))
        taken = {place for period, place in seen if period == present}
        return self._take_place(key, present, set(range(1, times + 1)) - taken)

    @api.model
    def _seen(self, key, since, most):
        """Return (period, place) of the tries that can be seen; a link makes many."""
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT period, place FROM troc_rate_limit"
                " WHERE key = %s AND tried_on > %s LIMIT %s",
                key,
                since,
                most,
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _take_place(self, key, period, free):
        """Take one of these places; tell whether one was left.

        Whoever is about to take the same one is waited for: he may give it back.
        """
        for place in random.sample(sorted(free), len(free)):
            query = SQL(
                "INSERT INTO troc_rate_limit (key, period, place, tried_on)"
                " VALUES (%s, %s, %s, %s)",
                key,
                period,
                place,
                fields.Datetime.now(),
            )
            try:
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(query, log_exceptions=False)
                return True
            except UniqueViolation:
                continue
        return False

    @api.autovacuum
    def _forget(self):
        before = fields.Datetime.subtract(fields.Datetime.now(), hours=DAY)
        self.sudo().search([("tried_on", "<", before)]).unlink()
