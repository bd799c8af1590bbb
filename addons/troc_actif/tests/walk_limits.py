"""Limits for a time, requests, growth and the nights, in the random walk."""

from datetime import timedelta

from odoo import fields

from odoo.addons.troc_actif_invoice.seal import sealed

from .walk_common import WalkPart


class WalkLimits(WalkPart):
    WEIGHTS = {
        "temporary": 4,
        "end_temporary": 3,
        "request": 4,
        "answer": 4,
        "grow": 2,
        "night": 2,
    }

    def do_temporary(self):
        member = self.one_of(self.members)
        until = fields.Date.today() + timedelta(days=self.random.choice((-1, 0, 5)))
        credit, ceiling = self.random.choice(((400, 0), (0, 300), (1000, 1000)))
        excess = self.random.random() < 0.5
        self.by(self.manager, member).action_set_temporary_limits(
            credit, ceiling, until, "Marche", excess
        )

    def do_end_temporary(self):
        """A day passes over somebody's extra, and the night comes, or is late."""
        members = self.env["troc.member"]
        running = members.search([("temporary_until", ">=", fields.Date.today())])
        member = self.one_of(running & self.members)
        yesterday = fields.Date.today() - timedelta(days=1)
        sealed(member).temporary_until = yesterday
        if self.random.random() < 0.5:
            self.env["troc.account"]._cron_end_temporary_limits()

    def do_request(self):
        user, member = self.random.choice(
            (
                (self.portal_user, self.portal),
                (self.portal2_user, self.portal2),
                (self.portal_user, self.portal2),
            )
        )
        wanted = self.random.choice((100, 2500, 4000))
        self.by(user, member).action_request_limits(wanted, 0, "Marche")

    def do_answer(self):
        requests = self.env["troc.limit.request"].search([("state", "=", "submitted")])
        own = self.by(self.manager, self.one_of(requests))
        if self.random.random() < 0.7:
            own.action_grant(self.random.choice((0, 2500, 4000)), 0, "Marche")
        else:
            own.action_refuse("Marche")

    def do_grow(self):
        self.network.write({"growth_percent": 25, "growth_cap": 2600})
        self.env["troc.account"]._cron_grow_limits()

    def do_night(self):
        self.env["troc.account"]._cron_end_temporary_limits()
        self.env["troc.account"]._cron_warn()
        self.env["troc.account"]._cron_find_dormant()
        self.env["troc.compensation"]._cron_time_out()
