"""The member portal in a real browser, in French, on a desk and on a phone."""

import dataclasses
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from screens import SIZES, keep, one_screen_wide

from troc_demo import data, deals
from troc_demo.fixtures import cii
from troc_demo.fixtures.invoice import Invoice

SELLER = "contact@palissandre.example"
BUYER = "contact@jardins-almont.example"
SENDER = "contact@deux-canaux.example"


@pytest.fixture(params=SIZES)
def member(request, windows, errors):
    """Return a function that opens a page of the portal as a member."""

    def opened(login, path):
        page = windows.signed_in(login, SIZES[request.param], errors)
        page.goto(path)
        return page

    opened.size = request.param
    return opened


def test_what_he_can_spend(member):
    page = member(SELLER, "/my/actif")
    main = page.locator("main")
    expect(main).to_contain_text("Vous pouvez dépenser")
    expect(main.locator("svg.troc-curve polyline")).to_be_visible()
    assert one_screen_wide(page)
    keep(page, "portail-compte", member.size)


def test_the_login_leads_to_the_portal(windows, errors):
    page = windows.visitor(SIZES["phone"], errors)
    page.goto("/web/login")
    page.fill("input[name=login]", SELLER)
    page.fill("input[name=password]", data.PASSWORD)
    page.click("button[type=submit]")
    expect(page).to_have_url(re.compile("/my"))


def test_the_tile_leads_there(member):
    page = member(SELLER, "/my")
    page.get_by_role("link", name=re.compile("Compte Actif")).first.click()
    expect(page).to_have_url(re.compile("/my/actif$"))


def test_the_statement_as_page_spreadsheet_and_pdf(member, printer):
    page = member(SELLER, "/my/actif/statement")
    expect(page.locator("main table")).to_contain_text("PAL-2026-031")
    assert one_screen_wide(page)
    keep(page, "portail-releve", member.size)
    for name, start in (("tableur", b"\xef\xbb\xbf"), ("Télécharger", b"%PDF-")):
        with page.expect_download() as download:
            page.locator("a, button", has_text=name).first.click()
        assert Path(download.value.path()).read_bytes().startswith(start)


def test_an_invoice_is_sent_and_followed(member, tmp_path):
    (deal,) = (deal for deal in deals.DEALS if deal.file == "RDC-26-118.pdf")
    number = f"PORTAIL-{member.size}"
    invoice = Invoice(dataclasses.replace(deal, key=number, share=50))
    (tmp_path / "facture.xml").write_bytes(cii.xml_of(invoice))
    (tmp_path / "photo.pdf").write_bytes(b"%PDF-1.4 une photo")
    page = member(SENDER, "/my/actif/invoices")
    files = [tmp_path / "facture.xml", tmp_path / "photo.pdf"]
    page.get_by_label("Envoyer des factures").set_input_files(files)
    read = page.locator(".troc-read")
    expect(read).to_contain_text("À envoyer : 1 / 2")
    expect(read).to_contain_text("Les Jardins de l'Almont")
    expect(read.locator(".alert-danger")).to_contain_text("photo.pdf")
    assert one_screen_wide(page)
    keep(page, "portail-facture-lue", member.size)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    told = page.get_by_role("status")
    expect(told).to_contain_text(number)
    expect(told).to_contain_text("photo.pdf")
    assert one_screen_wide(page)
    keep(page, "portail-factures", member.size)
    page.get_by_role("link", name="Suivre cette facture").first.click()
    expect(page.locator("main")).to_contain_text("En validation")
    keep(page, "portail-facture", member.size)


def test_a_file_chosen_before_the_scripts_are_there_is_read(windows, errors, tmp_path):
    """As on a slow line: the file is chosen while the page's scripts still come."""
    (tmp_path / "photo.pdf").write_bytes(b"%PDF-1.4 une photo")
    page = windows.signed_in(SENDER, SIZES["phone"], errors)
    held, holding = [], [True]

    def hold(script):
        held.append(script) if holding else script.continue_()

    page.route("**/*.js", hold)
    page.goto("/my/actif/invoices", wait_until="commit")
    label = page.get_by_label("Envoyer des factures")
    label.set_input_files(tmp_path / "photo.pdf")
    assert held
    holding.clear()
    for script in held:
        script.continue_()
    expect(page.locator(".troc-read")).to_contain_text("photo.pdf")


def test_the_buyer_stops_a_validation(member):
    page = member(BUYER, "/my/actif/invoices?filterby=open")
    page.get_by_role("link", name=f"PORTAIL-{member.size}").click()
    page.get_by_label("Quelque chose ne va pas").fill("Trois bacs manquent")
    page.get_by_role("button", name="Signaler un litige").click()
    expect(page.locator("main")).to_contain_text("En litige : Trois bacs manquent")
    keep(page, "portail-litige", member.size)
