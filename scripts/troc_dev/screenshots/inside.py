"""Takes the pictures; runs where playwright is installed.

python -m troc_dev.screenshots.inside BROWSER URL FOLDER [NAME…]
"""

import dataclasses
import io
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from troc_demo import data, deals
from troc_demo.fixtures import cii
from troc_demo.fixtures.invoice import Invoice
from troc_dev import say
from troc_dev.needs import browser as browsers

SIZES = {"": (1440, 900), "-telephone": (390, 844)}
COLOURS = 128  # flat pages: a third of the bytes
BUYER = "contact@deux-canaux.example"
SELLER = "contact@palissandre.example"
GROWER = "contact@jardins-almont.example"
BORROWER = "contact@page-cornee.example"
ANIMATOR = "animatrice@troc-actif.example"
MANAGER = data.MANAGER_LOGIN
READER = "comptable@troc-actif.example"


@dataclass(frozen=True)
class Screen:
    """A page; `link` is the words of a link to follow from there, `click` those of
    something else to click: a row of a list, a card, a button.
    """

    name: str
    login: str
    path: str
    link: str = ""
    click: tuple = ()
    whole: bool = False  # all of it, not only what one sees first
    invoice: str = ""  # the file of a deal whose invoice is chosen in the form


SCREENS = (
    Screen("accueil", SELLER, "/my/actif"),
    Screen("marche", BUYER, "/my/actif/market"),
    Screen("recherche", BUYER, "/my/actif/market?query=livraison&near=30"),
    Screen("annonce", BUYER, "/my/actif/market?query=bureaux", "Tables et bureaux"),
    Screen("mes-annonces", BUYER, "/my/actif/listings"),
    Screen("nouvelle-annonce", BUYER, "/my/actif/listings/new", whole=True),
    Screen("suggestions", BUYER, "/my/actif/suggestions"),
    Screen("mises-en-relation", BUYER, "/my/actif/introductions"),
    Screen("accord", GROWER, "/my/actif/introductions", "Étagères et bacs"),
    Screen("collegues", SELLER, "/my/actif/colleagues"),
    Screen("profil", BUYER, "/my/actif/market?query=film", "Film de"),
    Screen("factures", SELLER, "/my/actif/invoices"),
    Screen("facture-lue", BUYER, "/my/actif/invoices", invoice="RDC-26-118.pdf"),
    Screen("releve", SELLER, "/my/actif/statement"),
    Screen("rejoindre", "", "/troc/join", whole=True),
    Screen("vitrine", "", "/troc/market"),
    Screen("annonces-animateur", ANIMATOR, "/odoo/troc-listings"),
    Screen("mises-en-relation-animateur", ANIMATOR, "/odoo/troc-introductions"),
    Screen("tableau-de-bord", MANAGER, "/odoo/troc-dashboard", whole=True),
    Screen("echanges", MANAGER, "/odoo/troc-trades"),
    Screen("depart", MANAGER, "/odoo/troc-members", click=("Institut Novarive",)),
    Screen("echeanciers", MANAGER, "/odoo/troc-schedules"),
    Screen("demandes-de-limites", MANAGER, "/odoo/troc-limit-requests"),
    Screen("limites", MANAGER, "/odoo/troc-limits"),
    Screen("vos-limites", BORROWER, "/my/actif/limits", whole=True),
    Screen("frais", MANAGER, "/odoo/troc-fees"),
    Screen("frais-par-territoire", MANAGER, "/odoo/troc-fees-by-territory"),
    Screen("soldes", READER, "/odoo/action-troc_actif.action_balances_today"),
    Screen("justification", READER, "/odoo/troc-justification", click=("Comparer",)),
    Screen("ecritures-a-passer", SELLER, "/my/actif/bookings", whole=True),
    Screen("votre-odoo", BUYER, "/my/actif/link", whole=True),
    Screen("liaisons", MANAGER, "/odoo/troc-links"),
)


def main(executable, url, folder, *names):
    """Take all pictures, or those named."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    screens = [s for s in SCREENS if not names or s.name in names]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            args=[*browsers.FLAGS, "--lang=fr"],
            env={**os.environ, "LANGUAGE": "fr"},  # the words of the browser itself
        )
        for size in SIZES:
            _take(chromium, url, Path(folder), screens, size)
        chromium.close()


def _take(chromium, url, folder, screens, size):
    pages = {}
    for screen in screens:
        if screen.login not in pages:
            pages[screen.login] = _page(chromium, url, screen.login, SIZES[size])
        page = pages[screen.login]
        page.goto(screen.path)
        if screen.link:
            page.get_by_role("link", name=re.compile(screen.link)).first.click()
        page.wait_for_load_state()
        for words in screen.click:
            page.get_by_text(words, exact=True).first.click()
            page.mouse.move(0, 0)  # nothing of what a pointer shows
            page.wait_for_timeout(1200)
        if screen.invoice:
            _choose(page, screen.invoice)
        if "/odoo/" in page.url:
            page.wait_for_selector(".o_view_controller .o_content")
        page.wait_for_timeout(1200)  # pictures, and the web client's own rendering
        _save(page.screenshot(full_page=screen.whole), folder, f"{screen.name}{size}")


def _choose(page, name):
    """Choose an invoice like that of a deal, and wait for what is read in it."""
    (deal,) = (deal for deal in deals.DEALS if deal.file == name)
    content = cii.xml_of(Invoice(dataclasses.replace(deal, key="RDC-26-131")))
    file = {"name": "RDC-26-131.xml", "mimeType": "text/xml", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_selector(".troc-read .alert")


def _page(chromium, url, login, size):
    width, height = size
    context = chromium.new_context(
        base_url=url,
        locale="fr-FR",
        timezone_id=data.TIME_ZONE,
        viewport={"width": width, "height": height},
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    if login:
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", data.PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(re.compile("/odoo|/my"))
    return page


def _save(content, folder, name):
    image = Image.open(io.BytesIO(content)).convert("RGB")
    image = image.quantize(COLOURS, dither=Image.Dither.NONE)
    image.save(folder / f"{name}.png", optimize=True)
    say.line(f"  {name}.png")


if __name__ == "__main__":
    main(*sys.argv[1:])
