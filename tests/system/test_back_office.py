"""The back office in a real browser, in French, on a desk and on a phone.

With TROC_SCREENS=FOLDER the pictures of all screens are kept there.
"""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from troc_demo import data

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
ANIMATOR = "animatrice@troc-actif.example"
ANIMATOR_PARIS = "animateur.paris@troc-actif.example"
MANAGER = "gestion@troc-actif.example"
READER = "comptable@troc-actif.example"
ACCOUNTANT = "comptable@boisclair.example"
# The file that Debian's package of Odoo leaves out, and what the browser says of it.
NOT_OURS = re.compile(r"selfie_segmentation|Failed to load resource")

SCREENS = [
    (ANIMATOR, "a-valider", "/odoo/troc-to-validate", "À valider"),
    (ANIMATOR, "compensations", "/odoo/troc-compensations", "Compensations"),
    (ANIMATOR, "membres", "/odoo/troc-members", "Membres"),
    (ANIMATOR, "registre", "/odoo/troc-register", "Registre"),
    (ANIMATOR, "territoires", "/odoo/troc-territories", "Territoires"),
    (READER, "registre-comptable", "/odoo/troc-register", "Registre"),
    (MANAGER, "reseaux", "/odoo/troc-networks", "Réseaux"),
    (MANAGER, "verifications", "/odoo/troc-verifications", "Vérifications"),
    (ACCOUNTANT, "factures", "/odoo/customer-invoices", "Factures"),
]


@pytest.fixture
def errors():
    """Errors of the console that are ours; the test fails if there is one."""
    found = []
    yield found
    assert not found


@pytest.fixture(params=SIZES)
def screen(request, browser, demo, errors):
    """Return a function that opens a page as a user, in the size of this run."""
    width, height = SIZES[request.param]
    contexts = []

    def opened(login, path):
        context = browser.new_context(
            base_url=demo.url,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": width, "height": height},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: _collect(message, errors))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto("/web/login")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", data.PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(re.compile("/odoo"))
        page.goto(path)
        page.wait_for_selector(".o_action_manager .o_view_controller, .o_action")
        settled(page)
        return page

    opened.size = request.param
    yield opened
    for context in contexts:
        context.close()


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
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return wide <= 1


@pytest.mark.parametrize(("login", "name", "path", "title"), SCREENS)
def test_a_screen_opens(screen, login, name, path, title):
    page = screen(login, path)
    expect(page).to_have_title(re.compile(title))
    assert one_screen_wide(page)
    keep(page, name, screen.size)


def open_compensation(screen, login, number):
    """Return the page of a compensation, found by its invoice as a user would."""
    page = screen(login, "/odoo/troc-to-validate")
    row = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
    page.locator(row).filter(has_text=number).first.click()
    page.wait_for_selector(".o_form_view")
    settled(page)
    return page


def test_what_will_be_posted_is_shown(screen):
    page = open_compensation(screen, ANIMATOR_PARIS, "FCC/2026/00003")
    sheet = page.locator(".o_form_sheet")
    for text in ("467800", "411100", "808000", "Avant", "Après"):
        expect(sheet).to_contain_text(text)
    assert one_screen_wide(page)
    keep(page, "compensation", screen.size)


def test_a_blocked_one_says_why_and_what_to_do(screen):
    page = open_compensation(screen, ANIMATOR, "FBC/2026/00002")
    expect(page.locator(".alert-warning").first).to_contain_text("il en manque")
    keep(page, "bloquee", screen.size)


def test_a_member_shows_his_gauge(screen):
    page = screen(ANIMATOR, "/odoo/troc-members")
    row = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
    page.locator(row).filter(has_text="Atelier Boisclair").first.click()
    page.wait_for_selector(".o_form_view")
    settled(page)
    expect(page.locator(".o_form_sheet")).to_contain_text("Découvert autorisé")
    keep(page, "membre", screen.size)


def test_an_invoice_shows_its_share(screen):
    page = screen(ACCOUNTANT, "/odoo/customer-invoices")
    row = ".o_data_row, .o_kanban_record:not(.o_kanban_ghost)"
    page.locator(row).filter(has_text="FBC/2026/00003").first.click()
    page.wait_for_selector(".o_form_view")
    settled(page)
    form = page.locator(".o_form_view")
    expect(form).to_contain_text("Paiement par compensation en 50% Actif")
    keep(page, "facture", screen.size)


@pytest.mark.parametrize("screen", ["desk"], indirect=True)
def test_an_animator_validates_with_a_click(screen, rpc):
    page = open_compensation(screen, ANIMATOR_PARIS, "FCC/2026/00003")
    page.locator(".o_form_statusbar button", has_text="Valider").first.click()
    status = page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(status).to_contain_text("Validée", timeout=60_000)
    found = rpc().execute(
        "troc.compensation",
        "search_read",
        [("document_number", "=", "FCC/2026/00003")],
        ["state"],
    )
    assert [row["state"] for row in found] == ["validated"]
    keep(page, "validee", screen.size)
