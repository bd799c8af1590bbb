"""What the browser tests share: sizes, sessions, pictures.

With TROC_SCREENS=FOLDER the pictures of all screens are kept there.
"""

import os
import re
from pathlib import Path

from troc_demo import data

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
# The file that Debian's package of Odoo leaves out, and what the browser says of it.
NOT_OURS = re.compile(r"selfie_segmentation|Failed to load resource")


def visitor(browser, demo, size, errors):
    """Return a page in French, nobody logged in; its errors are added to `errors`."""
    width, height = size
    context = browser.new_context(
        base_url=demo.url,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": width, "height": height},
    )
    return watched(context.new_page(), demo, errors)


def signed_in(browser, demo, login, size, errors):
    """Return such a page after the login."""
    page = visitor(browser, demo, size, errors)
    page.goto("/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", data.PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/odoo|/my"))
    return page


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
    page.wait_for_timeout(500)


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
        "() => ({by: document.documentElement.scrollWidth - innerWidth})"
    )
    return wide.json_value()["by"] <= 1
