from odoo import models


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    def unlink(self):
        """Refuse a removed key at once, in all workers.

        Over XML-RPC Odoo keeps in each worker's cache who came in with which key.
        """
        removed = super().unlink()
        self.env.registry.clear_cache()
        return removed
