"""Each figure of the dashboard opens the records that it counts."""

from odoo import api

from odoo.addons.troc_actif_invoice.public import each_once, typed


class TrocDashboardOpen:
    """A part of TrocDashboard, where its fields stand."""

    __slots__ = ()

    @api.model
    @typed
    def action_today(self):
        """Open the dashboard of the first network, over the last twelve months."""
        return self.create({}).action_show()

    @each_once
    def action_show(self):
        """Open a new dashboard with what was chosen on this one."""
        self.ensure_one()
        shown = self.create(
            {
                "network_id": self.network_id.id,
                "territory_id": self.territory_id.id,
                "date_from": self.date_from,
                "date_to": self.date_to,
            }
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif_dashboard.action_dashboard"
        )
        return {**action, "res_id": shown.id}

    def _open(self, xml_id, domain, name=None):
        action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
        if name:
            action["name"] = action["display_name"] = name
        return {**action, "domain": domain, "context": {}}

    def _open_trades(self, name, domain=()):
        self.ensure_one()
        return self._open(
            "troc_actif_dashboard.action_trade", [*self._in_period(), *domain], name
        )

    def _open_activity(self, name, domain):
        return self._open("troc_actif_dashboard.action_member_activity", domain, name)

    @each_once
    def action_open_volume(self):
        return self._open_trades(self.env._("Traded"))

    @each_once
    def action_open_validation(self):
        """Open the trades, the slowest to be validated first."""
        slow = [("days_to_validate", "!=", False)]
        name = self.env._("Days from submission to validation")
        action = self._open_trades(name, slow)
        views = [(self.env.ref("troc_actif_dashboard.view_trade_slowest").id, "list")]
        return {**action, "views": views, "view_mode": "list"}

    @each_once
    def action_open_active(self):
        domain = [*self._own(), ("state", "=", "active")]
        return self._open_activity(self.env._("Members who trade"), domain)

    @each_once
    def action_open_dormant(self):
        domain = [*self._own(), ("is_dormant", "=", True)]
        return self._open_activity(self.env._("Dormant members"), domain)

    @each_once
    def action_open_tight(self):
        domain = [*self._own(), ("is_tight", "=", True)]
        return self._open_activity(self.env._("Limit nearly used"), domain)

    @each_once
    def action_open_first_sale(self):
        return self._open_activity(
            self.env._("From joining to the first sale"), self._newcomers()
        )

    @each_once
    def action_open_first_purchase(self):
        return self._open_activity(
            self.env._("From joining to the first purchase"), self._newcomers()
        )

    @each_once
    def action_open_positive(self):
        domain = [*self._own(), ("side", "=", "positive")]
        return self._open(
            "troc_actif.action_balance", domain, self.env._("Balances above zero")
        )

    @each_once
    def action_open_negative(self):
        domain = [*self._own(), ("side", "=", "negative")]
        return self._open(
            "troc_actif.action_balance", domain, self.env._("Balances below zero")
        )

    @each_once
    def action_open_waiting(self):
        domain = [*self._either(), ("state", "=", "submitted")]
        return self._open("troc_actif.action_compensation_to_validate", domain)

    @each_once
    def action_open_needs(self):
        domain = [
            *self._own(),
            ("kind", "=", "need"),
            ("state", "=", "published"),
            ("is_unmatched", "=", True),
        ]
        return self._open("troc_actif_market.action_need_without_offer", domain)

    @each_once
    def action_open_overrides(self):
        return self._open("troc_actif.action_override_list", self._overrides())
