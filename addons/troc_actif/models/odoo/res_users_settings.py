from psycopg2.errors import UniqueViolation

from odoo import models
from odoo.exceptions import ConcurrencyError


class ResUsersSettings(models.Model):
    """The settings that Odoo makes for whoever comes for the first time."""

    _inherit = "res.users.settings"

    def _find_or_create_for_user(self, user):
        """Let two first pages at once both come through: Odoo runs the later one anew.

        A browser asks for several at the same time, and there is one line for a user.
        """
        # sudo: what is a user's own; as Odoo itself reads it
        if user.sudo().res_users_settings_ids:
            return super()._find_or_create_for_user(user)
        try:
            with self.env.cr.savepoint():
                return super()._find_or_create_for_user(user)
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
