"""The network's own account: where voided Actifs go and opening balances come from."""

from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed

from ..common.managers import check_managers


class TrocNetworkOwn:
    """A part of TrocNetwork, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_open_own_account(self):
        """Open the network's own account where it has none; managers only."""
        check_managers(self)
        for network in self:
            network._ensure_own_member()
        return True

    def _ensure_own_member(self):
        """Return the network's own account, opened for the operator if need be."""
        self.ensure_one()
        if not self.own_member_id:
            sealed(self).own_member_id = self._operator_member()
        return self.own_member_id

    def _operator_member(self):
        """Return the operator's membership; one that keeps no books here if made.

        The register is in the operator's books already, beside its accounts.
        """
        # sudo: the operator's company is no secret to a manager
        operator = self.sudo().company_id.partner_id
        members_sudo = self.env["troc.member"].sudo()
        found = members_sudo.with_context(active_test=False).search(
            [("network_id", "=", self.id), ("partner_id", "=", operator.id)]
        )
        return found or members_sudo.create(
            {
                "network_id": self.id,
                "partner_id": operator.id,
                "kind": "portal",
                "state": "active",
            }
        )
