"""What the browser tests share: sizes, sessions, pictures.

With TROC_SCREENS=FOLDER the pictures of all screens are kept there.
"""

import os
import re
from pathlib import Path

from playwright.sync_api import expect

from troc_demo import data

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# The file that Debian's package of Odoo leaves out, and what the browser says of it.
NOT_OURS = re.compile(r"selfie_segmentation|Failed to load resource")
expect.set_options(timeout=30_000)  # how fast a machine is, is no verdict


class Windows:
    """Windows of one browser, nobody logged in; what they loaded is not asked again.

    A window of its own for each page of a test; after the test they are forgotten but
    for the files of the server, which are the same for all.
    """

    def __init__(self, browser, odoo):
        self._browser, self._odoo = browser, odoo
        self._free, self._taken = [], []

    def visitor(self, size, errors):
        """Return a page in French, nobody logged in; its errors go to `errors`."""
        window = self._free.pop() if self._free else self._made()
        self._taken.append(window)
        page = window.new_page()
        page.set_viewport_size(dict(zip(("width", "height"), size, strict=True)))
        return watched(page, self._odoo, errors)

    def signed_in(self, login, size, errors):
        """Return such a page, its user logged in without the form, which takes long."""
        page = self.visitor(size, errors)
        form = page.request.get("/web/login").text()
        token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
        values = {"login": login, "password": data.PASSWORD, "csrf_token": token}
        told = page.request.post("/web/login", form=values, max_redirects=0)
        assert told.status == 303, f"{login}: {told.status}"
        return page

    def tidy(self):
        """Forget who was logged in, and all that the pages kept."""
        for window in self._taken:
            self._forget(window)
        self._free += self._taken
        self._taken = []

    def _made(self):
        return self._browser.new_context(
            base_url=self._odoo.url, locale="fr-FR", timezone_id="Europe/Paris"
        )

    def _forget(self, window):
        for page in window.pages:
            page.close()
        page = window.new_page()
        kept = {"origin": self._odoo.url, "storageTypes": "all"}
        window.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
        window.clear_cookies()
        page.close()


def watched(page, demo, errors):
    """Collect what a page complains of, and what it asks of other servers."""
    page.set_default_timeout(60_000)
    page.on("console", lambda message: _collect(message, errors))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: _stays(request.url, demo, errors))
    return page


def _stays(url, demo, errors):
    own = (demo.url, demo.url.replace("http", "ws", 1), "data:", "blob:", "about:")
    if not url.startswith(own):
        errors.append(f"asked of elsewhere: {url}")


def settled(page):
    """Wait until Odoo has loaded what the page shows (its bus never falls silent)."""
    page.wait_for_function("!document.querySelector('.o_loading_indicator')")
    page.wait_for_timeout(150)


def _collect(message, errors):
    if message.type == "error" and not NOT_OURS.search(message.text):
        errors.append(message.text)


def keep(page, name, size):
    """Keep a picture of the page where TROC_SCREENS asks for it."""
    folder = os.environ.get("TROC_SCREENS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}-{size}.png")


def one_screen_wide(page):
    """The page itself never scrolls sideways (a table may, within its own frame)."""
    # waits through a page that is still being replaced, as `evaluate` does not
    wide = page.wait_for_function(
        "() => document.documentElement"
        " && {by: document.documentElement.scrollWidth - innerWidth}"
    )
    return wide.json_value()["by"] <= 1
