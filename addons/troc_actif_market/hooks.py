"""What goes with the marketplace when a network uninstalls it."""

from odoo.addons.troc_actif_invoice.seal import sealed


def uninstall_hook(env):
    """Free what is set aside: there will be no deal any more that would release it."""
    members = sealed(env["troc.member"].with_context(active_test=False))
    members.search([("reserved_amount", "!=", 0)]).write({"reserved_amount": 0})
