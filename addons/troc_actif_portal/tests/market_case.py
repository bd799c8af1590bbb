"""Two portal members with something to trade, over HTTP."""

import re

from odoo.addons.troc_actif.tests.market import Market

from .portal_case import PortalCase


class MarketCase(Market, PortalCase):
    def post(self, path, data=None, files=None, form=None):
        """Send a form as the page `form` shows it; its token comes from there."""
        page = self.page(form or path)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        values = {"csrf_token": token.group(1), **(data or {})}
        response = self.page(path, data=values, files=files)
        self.env.invalidate_all()
        return response

    def colleague(self, right, member=None):
        """Return a signed-in user of the first portal member with this right only."""
        user = self._portal_user(f"colleague_{right}", member or self.portal)
        user.write({"password": user.login, "lang": "fr_FR"})
        user._troc_set_right(right)
        self.sign_in(user)
        return user

    def stranger(self):
        """Return a signed-in user of a third member, who is no party to anything."""
        third = self._portal("Test Tiers Portail", "75010", "000100057")
        user = self._portal_user("third", third)
        user.password = user.login
        self.sign_in(user)
        return user
