"""A member's data, for himself."""

from odoo import models

from odoo.addons.troc_actif.models.common.managers import check_managers
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed


class TrocMember(models.Model):
    _inherit = "troc.member"

    @each_once
    def action_ask_export(self):
        """Gather all that this member owns; its administrators only.

        Returns the id of the export: made at once when it is small, else announced by
        mail.
        """
        self.ensure_one()
        self._check_administrator()
        exports = self.env["troc.export"]
        exports._check_often(self.sudo())
        # sudo: a member writes no exports; what it gathers is his
        export = exports._ask(self.sudo().network_id, self.sudo())
        self._log(self.env._("%s asked for all the data", self.env.user.name))
        return export.id

    @each_once
    def action_export_data(self):
        """Gather all that this member owns, for him; managers only."""
        self.ensure_one()
        check_managers(self)
        export = self.env["troc.export"]._ask(self.network_id, self)
        self._log(self.env._("%s exported all the data", self.env.user.name))
        return export._get_records_action()

    def _own_exports(self):
        """Return the exports that this member may take (as superuser); administrators
        only."""
        self.ensure_one()
        # sudo: hidden from members, but for these
        exports = sealed(self.env["troc.export"])
        if self._right_of(self.env.user) != "administer":
            return exports
        return exports.search([("member_id", "=", self.id)])


class TrocNetwork(models.Model):
    _inherit = "troc.network"

    @each_once
    def action_export_all(self):
        """Gather the whole network in the background, to leave or to keep; managers."""
        self.ensure_one()
        check_managers(self)
        export = self.env["troc.export"]._ask(self)
        return export._get_records_action()
