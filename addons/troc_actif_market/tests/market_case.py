"""Two portal members with something to trade, over HTTP."""

from odoo.addons.troc_actif_portal.tests.portal_case import PortalCase

from .market import Market


class MarketCase(Market, PortalCase):
    """See `Market` and `PortalCase`."""
