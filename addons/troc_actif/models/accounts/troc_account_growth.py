"""Credit limits that grow with the sales of the last twelve months."""

import dataclasses

from dateutil.relativedelta import relativedelta

from odoo import api
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules.limit_policy import grown
from odoo.addons.troc_actif_invoice.tools import dec

from ...scheduled import each_alone
from .troc_member_limit_notify import mail_each


class TrocAccountGrowth:
    """A part of TrocAccount, where its fields stand."""

    __slots__ = ()

    @api.model
    def _cron_grow_limits(self):
        """Let the credit limits of trading members grow, where the network says so."""
        networks = self.env["troc.network"].search(
            [("growth_percent", ">", 0), ("growth_cap", ">", 0)]
        )
        domain = [("network_id", "in", networks.ids), ("state", "=", "active")]
        accounts = self.env["troc.member"].search(domain).account_id
        sold = accounts._sold_in_a_year()
        growing = accounts.filtered(
            lambda a: a._grown_limit(sold) > a._lasting_limits().credit
        )
        each_alone(growing, lambda account: account._take()._grow(sold))

    def _sold_in_a_year(self, day=None):
        """Return {member id: Actifs sold in the year until `day` (today), net}.

        Validated, less credit notes and the parts that were taken back.
        """
        members, day = self.member_ids, day or self._today()
        groups = self.env["troc.compensation"]._read_group(
            [
                ("seller_id", "in", members.ids),
                ("state", "=", "validated"),
                ("entry_date", ">", day - relativedelta(years=1)),
                ("entry_date", "<=", day),
            ],
            ["seller_id", "document_type"],
            ["actif_amount:sum"],
        )
        sold = dict.fromkeys(members.ids, dec(0))
        for seller, kind, amount in groups:
            sold[seller.id] += dec(amount) if kind == "invoice" else -dec(amount)
        return sold

    def _grown_limit(self, sold):
        network = self.member_ids.network_id
        return grown(
            self._lasting_limits().credit,
            sold[self.member_ids.id],
            dec(network.growth_percent),
            dec(network.growth_cap),
        )

    def _grow(self, sold):
        """Raise the credit limit to what the sales give (a locked, sealed account)."""
        before = self._lasting_limits()
        own = dataclasses.replace(before, credit=self._grown_limit(sold))
        if own.credit <= before.credit:
            return
        reason = self.env._(
            "%(sold)s Actifs sold in twelve months",
            sold=formatLang(self.env, float(sold[self.member_ids.id]), digits=2),
        )
        # one who lies beyond by an override lies less beyond then
        change = self._change_limits(own.raised(self._extra()), "growth", reason)
        mail_each(change, "troc_actif.mail_limit_grown")
