"""Credit limits that grow with the sales of the last twelve months."""

import dataclasses

from dateutil.relativedelta import relativedelta

from odoo import api
from odoo.tools import formatLang

from ...lib.actif_rules.limit_policy import grown
from ...scheduled import each_alone
from ...tools import dec
from .troc_limit_notify import mail_each


class TrocMemberGrowth:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.model
    def _cron_grow_limits(self):
        """Let the credit limits of trading members grow, where the network says so."""
        networks = self.env["troc.network"].search(
            [("growth_percent", ">", 0), ("growth_cap", ">", 0)]
        )
        domain = [("network_id", "in", networks.ids), ("state", "=", "active")]
        members = self.search(domain)
        sold = members._sold_in_a_year()
        growing = members.filtered(lambda m: m._grown_limit(sold) > m._lasting_credit())
        each_alone(growing, lambda m: m._take_accounts()._grow(sold))

    def _sold_in_a_year(self):
        """Return {member id: Actifs sold in a year, validated, less credit notes}."""
        groups = self.env["troc.compensation"]._read_group(
            [
                ("seller_id", "in", self.ids),
                ("state", "=", "validated"),
                ("entry_date", ">", self._today() - relativedelta(years=1)),
            ],
            ["seller_id", "document_type"],
            ["actif_amount:sum"],
        )
        sold = dict.fromkeys(self.ids, dec(0))
        for seller, kind, amount in groups:
            sold[seller.id] += -dec(amount) if kind == "credit_note" else dec(amount)
        return sold

    def _lasting_credit(self):
        return self._lasting_limits().credit

    def _grown_limit(self, sold):
        network = self.network_id
        return grown(
            self._lasting_credit(),
            sold[self.id],
            dec(network.growth_percent),
            dec(network.growth_cap),
        )

    def _grow(self, sold):
        """Raise the credit limit to what the sales give (a locked, sealed member)."""
        own = dataclasses.replace(
            self._lasting_limits(), credit=self._grown_limit(sold)
        )
        if own.credit <= self._lasting_credit():
            return
        reason = self.env._(
            "%(sold)s Actifs sold in twelve months",
            sold=formatLang(self.env, float(sold[self.id]), digits=2),
        )
        # one who lies beyond by an override lies less beyond then
        change = self._change_limits(own.raised(self._extra()), "growth", reason)
        mail_each(change, "troc_actif.mail_limit_grown")
