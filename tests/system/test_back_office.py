"""The back office in a real browser, in French, on a desk and on a phone."""

import dataclasses
import re
from pathlib import Path

import facturx
import pytest
from playwright.sync_api import expect
from screens import SIZES, keep, one_screen_wide, settled

from troc_demo import data, deals
from troc_demo.fixtures import cii, printed
from troc_demo.fixtures.invoice import Invoice

ANIMATOR = "animatrice@troc-actif.example"
ANIMATOR_PARIS = "animateur.paris@troc-actif.example"
ANIMATOR_SE = "animateur.sud-est@troc-actif.example"
MANAGER = "gestion@troc-actif.example"
READER = "comptable@troc-actif.example"
ACCOUNTANT = "comptable@boisclair.example"
SCREENS = [
    (ANIMATOR, "a-valider", "/odoo/troc-to-validate", "À valider"),
    (ANIMATOR, "compensations", "/odoo/troc-compensations", "Compensations"),
    (ANIMATOR, "membres", "/odoo/troc-members", "Membres"),
    (ANIMATOR, "registre", "/odoo/troc-register", "Registre"),
    (ANIMATOR, "territoires", "/odoo/troc-territories", "Territoires"),
    (READER, "registre-comptable", "/odoo/troc-register", "Registre"),
    (MANAGER, "reseaux", "/odoo/troc-networks", "Réseaux"),
    (ANIMATOR, "courriels", "/odoo/troc-mails", "Factures par courriel"),
    (MANAGER, "verifications", "/odoo/troc-verifications", "Vérifications"),
    (ACCOUNTANT, "factures", "/odoo/customer-invoices", "Factures"),
]


@pytest.fixture(params=SIZES)
def screen(request, windows, errors):
    """Return a function that opens a page as a user, in the size of this run."""

    def opened(login, path):
        page = windows.signed_in(login, SIZES[request.param], errors)
        page.goto(path)
        page.wait_for_selector(".o_action_manager .o_view_controller, .o_action")
        settled(page)
        return page

    opened.size = request.param
    return opened


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


@pytest.mark.parametrize("screen", ["desk"], indirect=True)
def test_the_gauge_says_what_the_field_says(screen, rpc):
    """Set aside for deals, on hold, leaving, more for a time: there is one answer."""
    # the administrator is of every company: no manager of their memberships
    members = rpc(MANAGER, data.PASSWORD).env["troc.member"]
    (held,) = members.search([("name", "=", "Atelier Boisclair")])
    members.action_set_state([held], "on_hold", "Essai")
    try:
        rows = members.search_read([], ["name", "room", "state"])
        known = {row["name"]: row for row in rows}
        page = screen(MANAGER, "/odoo/troc-members")
        states = set()
        for line in page.locator(".o_data_row").all():
            row = known[line.locator("td[name=name]").inner_text().strip()]
            text = line.locator(".o_troc_gauge").get_attribute("aria-label")
            spent = re.search(r"Peut dépenser ([\d\s]+,\d\d)", text)[1]
            figure = float("".join(spent.split()).replace(",", "."))
            assert figure == round(row["room"], 2), row
            states.add(row["state"])
        assert {"active", "leaving", "on_hold"} <= states
    finally:
        members.action_set_state([held], "active", "Essai")


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


def a_file(number, share):
    """Return the bytes of a Factur-X PDF between two portal members."""
    (deal,) = (deal for deal in deals.DEALS if deal.file == "RDC-26-118.pdf")
    invoice = Invoice(dataclasses.replace(deal, key=number, share=share))
    return facturx.generate_from_binary(
        printed.pdf_of(invoice),
        cii.xml_of(invoice),
        flavor="factur-x",
        level="en16931",
        lang="fr-FR",
    )


@pytest.fixture(scope="module")
def dropped(shared_windows, tmp_path_factory):
    """Four files dropped on the list: good, without share, twice the same, no invoice.

    Returns what the list told of each.
    """
    folder = tmp_path_factory.mktemp("factures")
    files = {
        "bonne.pdf": a_file("DEPOT-1", 50),
        "sans-part.pdf": a_file("DEPOT-2", 0),
        "encore.pdf": a_file("DEPOT-1", 100),
        "photo.pdf": b"%PDF-1.4 une photo",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    page = shared_windows.signed_in(ANIMATOR_SE, (1280, 720), [])
    page.goto("/odoo/troc-to-validate")
    page.wait_for_selector(".o_list_view")
    paths = [folder / name for name in files]
    page.locator(".o_control_panel input[type=file]").first.set_input_files(paths)
    told = page.locator(".o_notification")
    expect(told).to_have_count(len(files), timeout=60_000)
    keep(page, "depot", "desk")
    texts = told.all_inner_texts()
    shared_windows.tidy()
    return texts


def test_each_dropped_file_has_its_own_result(dropped):
    told = "\n".join(dropped)
    assert "DEPOT-1)\N{NO-BREAK SPACE}: à valider" in told
    assert "DEPOT-2" in told and "choisissez la part Actif" in told
    assert "est déjà dans la compensation" in told
    assert "photo.pdf" in told


def test_the_facts_stand_beside_the_page(dropped, screen):
    page = open_compensation(screen, ANIMATOR_SE, "DEPOT-1")
    page.get_by_role("tab", name="Ce que dit le fichier").click()
    table = page.locator(".o_field_widget[name=facts_html] table")
    expect(table).to_contain_text("Concorde")
    expect(table).to_contain_text("SIREN du vendeur")
    expect(table).not_to_contain_text("Diffère")
    assert one_screen_wide(page)
    keep(page, "faits", screen.size)


@pytest.mark.parametrize("screen", ["desk"], indirect=True)
def test_the_animator_chooses_the_share_that_a_file_does_not_say(dropped, screen):
    page = open_compensation(screen, ANIMATOR_SE, "DEPOT-2")
    expect(page.locator(".alert-info").first).to_contain_text("ne dit pas")
    keep(page, "sans-part", screen.size)
    page.locator(".o_form_statusbar button", has_text="Choisir 50 %").click()
    page.locator(".o_form_statusbar button", has_text="Soumettre").click()
    status = page.locator(".o_statusbar_status .o_arrow_button_current")
    expect(status).to_contain_text("À valider", timeout=60_000)
    keep(page, "part-choisie", screen.size)


def test_payment_data_is_given_as_a_file(screen):
    page = screen(READER, "/odoo/troc-register")
    page.goto("/odoo/action-troc_actif.action_payment_data")
    dialog = page.locator(".o_dialog, .modal-dialog").first
    expect(dialog).to_contain_text("statut 212")
    dialog.locator("[name=date_to] button, [name=date_to] input").first.click()
    dialog.locator("[name=date_to] input").fill("31/12/2026")
    dialog.locator("[name=date_to] input").press("Enter")
    dialog.locator("[name=file_format] input").first.check()
    expect(dialog.locator("[name=row_count]")).not_to_have_text("0")
    keep(page, "encaissements", screen.size)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Télécharger").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("status;date;sign;compensation")
    assert len(text.splitlines()) > 1
