"""Passing over a limit becomes a right of its own: who had it keeps it."""

from odoo import SUPERUSER_ID, Command, api


def migrate(cr, version):
    """Give it to the network managers of before."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    managers = env.ref("troc_actif.group_troc_manager").all_user_ids
    override = env.ref("troc_actif.group_troc_override")
    override.user_ids = [Command.link(user.id) for user in managers]
