"""Members who use the portal, over HTTP as a browser does."""

import re

from odoo.tests import HttpCase

from odoo.addons.troc_actif.tests.common import Network


class PortalCase(Network, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_network()
        for user in (cls.portal_user, cls.portal2_user):
            user.password = user.login
            user.lang = "fr_FR"

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path, **options):
        """Return the response for a page, redirections followed."""
        self.env.flush_all()
        return self.url_open(path, **options)

    def words(self, response):
        """Return what a person reads on the page, spaces evened out."""
        main = response.text.partition("<main")[2].partition("</main>")[0]
        text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
        return " ".join(text.replace("\u00a0", " ").replace("&nbsp;", " ").split())

    def send(self, path, data=None, files=None):
        """Send a form with its token, as the page that shows it does."""
        form = self.page(path.rpartition("/")[0])
        (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', form.text))
        values = {"csrf_token": token, **(data or {})}
        return self.page(path, data=values, files=files)

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
