"""The portal users of members get a right of their own: read, trade or administer."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let the first user of each member administer, the others trade."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["troc.member"].search([])._users().sorted("id")._troc_ensure_right()
