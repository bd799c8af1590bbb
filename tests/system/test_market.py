"""The marketplace in a real browser, in French, on a desk and on a phone.

Every page is also judged by axe-core: no violation of WCAG 2.1 A or AA in what is ours.
"""

import dataclasses
import functools
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from screens import SIZES, keep, one_screen_wide, settled

from troc_demo import data, deals, market
from troc_demo.fixtures import cii
from troc_demo.fixtures.invoice import Invoice

OWNER = "contact@palissandre.example"
OTHER = "contact@deux-canaux.example"
ANIMATOR = "animatrice@troc-actif.example"
# The frame around our pages is Odoo's.
OURS = {
    "include": [["main"]],
    "exclude": [["header"], ["footer"], [".o_portal_submenu"]],
}
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
}
PAGES = (
    ("accueil", "/my/actif"),
    ("marche", "/my/actif/market"),
    ("recherche", "/my/actif/market?query=livraison&near=30"),
    ("rien-trouve", "/my/actif/market?query=xylophone"),
    ("mes-annonces", "/my/actif/listings"),
    ("nouvelle-annonce", "/my/actif/listings/new"),
    ("suggestions", "/my/actif/suggestions"),
    ("mises-en-relation", "/my/actif/introductions"),
    ("collegues", "/my/actif/colleagues"),
    ("factures", "/my/actif/invoices"),
    ("releve", "/my/actif/statement"),
)


def accessible(page):
    """Return what axe-core finds wrong on the page, as text."""
    found = Axe().run(page, context=OURS, options=STANDARD)
    return [
        f"{violation['id']}: {node['html'][:150]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def looked_at(page, name, size):
    """Keep a picture; the page fits the screen and can be used by everybody."""
    keep(page, f"marche-{name}", size)
    assert one_screen_wide(page), name
    assert accessible(page) == [], name


def press(page, name):
    """Press a button of a form, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture(params=SIZES)
def size(request):
    return request.param


@pytest.fixture
def opened(windows, errors):
    """Return a function that opens a page as a user, or as a visitor (no login)."""

    def page_of(size, login, path):
        size = SIZES[size]
        page = (
            windows.signed_in(login, size, errors)
            if login
            else windows.visitor(size, errors)
        )
        page.goto(path)
        return page

    return page_of


@pytest.fixture
def member(size, opened):
    """Return a function that opens a page as a member, on a desk and on a phone."""
    return functools.partial(opened, size)


def test_every_page_fits_and_is_accessible(member, size):
    page = member(OTHER, "/my/actif")
    for name, path in PAGES:
        page.goto(path)
        looked_at(page, name, size)
    page.goto("/my/actif/market?query=bureaux")
    page.locator("article a").first.click()
    looked_at(page, "annonce", size)
    page.locator("dd a").first.click()
    looked_at(page, "profil", size)
    page.goto("/my/actif/introductions")
    page.locator("main .card a").first.click()
    looked_at(page, "mise-en-relation", size)


def test_what_visitors_see(member, size):
    page = member("", "/troc/market")
    looked_at(page, "vitrine", size)
    words = page.locator("main").inner_text()
    assert "Film de présentation" in words or "Bières locales" in words
    for company in data.MEMBERS.values():
        assert company.name not in words
    page.goto("/troc/join")
    looked_at(page, "rejoindre", size)


def test_an_offer_is_written_with_the_keyboard_and_published(member, size, tmp_path):
    page = member(OWNER, "/my/actif/listings")
    page.get_by_role("link", name="Nouvelle offre").press("Enter")
    title = f"Prises de vue au drone ({size})"
    page.get_by_label("Titre").fill(title)
    page.get_by_role("button", name="Publier").press("Enter")
    # what lacks is said, what was typed is kept
    expect(page.get_by_role("alert")).to_contain_text("Quelque chose manque")
    expect(page.get_by_label("Titre")).to_have_value(title)
    looked_at(page, "a-completer", size)
    page.get_by_label("Catégorie").select_option(label="Photo et vidéo")
    page.get_by_label("Description").fill("Une demi-journée, autorisations comprises.")
    expect(page.get_by_label("Prix en Actifs")).to_be_visible()
    page.get_by_label("Prix en Actifs").fill("450")
    picture = market.PICTURES / "camera.webp"
    page.get_by_label("JPEG, PNG ou WebP").set_input_files(picture)
    page.get_by_role("button", name="Publier").press("Enter")
    expect(page).to_have_url(re.compile("/my/actif/market/"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("main img").first).to_be_visible()
    page.goto("/my/actif/listings")
    row = page.locator("li.card").filter(has_text=title)
    row.get_by_role("button", name="Mettre en pause").click()
    expect(page.get_by_role("status")).to_contain_text("En pause")
    looked_at(page, "en-pause", size)


def test_from_a_search_to_a_deal(member, size):
    buyer = member(OTHER, "/my/actif")
    buyer.get_by_role("link", name="Place de marché").first.click()
    buyer.get_by_placeholder(re.compile("Que cherchez")).fill("portrait equipes")
    press(buyer, "Chercher")
    buyer.get_by_role("link", name="Portraits d'équipe dans vos locaux").click()
    buyer.get_by_label("Écrire à Studio Palissandre").fill(f"Dix portraits ? ({size})")
    press(buyer, "Prendre contact")
    expect(buyer.locator("main")).to_contain_text(f"Dix portraits ? ({size})")
    talk = buyer.url.partition("#")[0]
    seller = member(OWNER, talk)
    seller.get_by_label("Total TTC").fill("380")
    seller.get_by_label("Pour le").fill("2030-01-15")
    press(seller, "Proposer")
    expect(seller.locator("main")).to_contain_text("Vous avez accepté ces conditions")
    buyer.goto(talk)
    looked_at(buyer, "conditions", size)
    press(buyer, "J’accepte ces conditions")
    expect(buyer.locator("main")).to_contain_text("Vendeur : Studio Palissandre")
    looked_at(buyer, "accord", size)
    buyer.get_by_text("Y renoncer").click()
    buyer.get_by_label("Pourquoi ?").fill("Reporté au printemps")
    buyer.get_by_role("button", name="Renoncer").click()
    expect(buyer.locator("main")).to_contain_text("Abandonné : Reporté au printemps")


def test_a_search_is_kept(member, size):
    page = member(OTHER, "/my/actif/market?query=xylophone")
    expect(page.get_by_role("link", name="Publier mon besoin")).to_be_visible()
    page.get_by_label("Nom de cette recherche").fill(f"Musique {size}")
    page.get_by_role("button", name="Me prévenir des nouveautés").click()
    expect(page.get_by_role("link", name=f"Musique {size}")).to_be_visible()
    page.get_by_role("button", name=re.compile(f"Retirer.*Musique {size}")).click()
    expect(page.get_by_role("link", name=f"Musique {size}")).to_have_count(0)


def test_a_colleague_is_invited(member, size):
    page = member(OWNER, "/my/actif/colleagues")
    page.get_by_label("Nom", exact=True).fill("Ana Costa")
    page.get_by_label("Courriel", exact=True).fill(f"ana-{size}@palissandre.example")
    page.get_by_role("button", name="Inviter", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Une invitation part")
    row = page.locator("li.card").filter(has_text=f"ana-{size}@")
    row.get_by_role("button", name=re.compile("Retirer")).click()
    expect(row).to_have_count(0)
    page.get_by_text("Accès fermés").click()
    expect(page.get_by_role("button", name="Rouvrir").last).to_be_visible()


def test_a_helping_hand_from_the_offer_to_the_hours(member, size):
    giver = member(OWNER, "/my/actif/listings")
    giver.get_by_role("link", name="Donner un coup de main").click()
    title = f"Relire une présentation ({size})"
    giver.get_by_label("Titre").fill(title)
    giver.get_by_label("Catégorie").select_option(label="Communication et graphisme")
    giver.get_by_label("Description").fill("Une heure, à distance ou chez nous.")
    expect(giver.get_by_label("Prix en Actifs")).to_be_hidden()
    giver.get_by_label("Du", exact=True).first.fill("2031-03-04")
    giver.get_by_label("Au", exact=True).first.fill("2031-03-06")
    giver.get_by_role("button", name="Publier").click()
    expect(giver.locator("main")).to_contain_text("Sans Actifs")
    asker = member(OTHER, giver.url)
    asker.get_by_label("Écrire à").fill("Volontiers mardi.")
    press(asker, "Prendre contact")
    asker.get_by_label("Pour le").fill("2031-03-04")
    asker.get_by_label("Heures").fill("1,5")
    press(asker, "Proposer")
    giver.goto(asker.url.partition("#")[0])
    expect(giver.locator("main")).to_contain_text("entraide de 1,5 heures")
    press(giver, "J’accepte ces conditions")
    press(giver, "C’est livré")
    expect(giver.locator("main")).to_contain_text("Réglé")
    looked_at(giver, "entraide", size)
    giver.goto("/my/actif/colleagues")
    given = giver.locator("dt", has_text="Heures données")
    expect(given.locator("xpath=following-sibling::dd[1]")).not_to_contain_text("0,0")


def test_the_buyer_accepts_an_invoice(member, size, tmp_path):
    (model,) = (deal for deal in deals.DEALS if deal.file == "RDC-26-118.pdf")
    number = f"ACC-{size}"
    deal = dataclasses.replace(model, key=number, share=50)
    (tmp_path / "facture.xml").write_bytes(invoice_of(deal))
    seller = member(OTHER, "/my/actif/invoices")
    files = seller.get_by_label("Envoyer des factures")
    files.set_input_files(tmp_path / "facture.xml")
    expect(seller.locator("main")).to_contain_text("Prête à envoyer.")
    looked_at(seller, "facture-lue", size)
    seller.get_by_role("button", name="Envoyer", exact=True).click()
    expect(seller.get_by_role("status")).to_contain_text(f"{number}) : à valider")
    buyer = member("contact@jardins-almont.example", "/my/actif/invoices")
    buyer.get_by_role("link", name=number).click()
    looked_at(buyer, "facture-a-accepter", size)
    buyer.get_by_role("button", name="Cette facture est juste").click()
    expect(buyer.locator("main")).to_contain_text("Acceptée par l’acheteur")


# -- the whole way, on a phone --------------------------------------------------------

NEW = data.Company(
    key="new",
    name="Torréfaction Belleville",
    legal_form="SAS",
    trade="torréfaction de café",
    siren="000021709",
    street="9 rue du Moulin",
    zip="75020",
    city="Paris",
    phone="01 99 00 21 70",
    domain="torrefaction.example",
    contact="Samir Haddad",
)
PARIS = "animateur.paris@troc-actif.example"


@pytest.fixture
def phone(opened):
    return functools.partial(opened, "phone")


def invoice_of(deal):
    """Return the Factur-X of a deal, as the seller's own software writes it."""
    return cii.xml_of(Invoice(deal))


def test_from_the_joining_page_to_a_purchase(phone, rpc, monkeypatch, tmp_path):
    assert data.luhn(NEW.siren)
    _join(phone)
    password_page = _admitted(phone, rpc)
    page = _first_login(phone, password_page)
    talk = _sell(phone, page)
    monkeypatch.setitem(data.MEMBERS, NEW.key, NEW)
    (model,) = (deal for deal in deals.DEALS if deal.file == "RDC-26-118.pdf")
    line = dataclasses.replace(model.lines[0], quantity=1, price=200.0)
    deal = dataclasses.replace(
        model, key="TB-1", seller="new", buyer="recyclerie", share=100, lines=(line,)
    )
    (tmp_path / "TB-1.xml").write_bytes(invoice_of(deal))
    page.goto(talk)
    press(page, "C’est livré")
    page.get_by_label("Envoyer sa facture").set_input_files(tmp_path / "TB-1.xml")
    expect(page.locator("main")).to_contain_text("Prête à envoyer.")
    keep(page, "parcours-facture-lue", "phone")
    page.get_by_role("button", name="Envoyer la facture").click()
    expect(page.get_by_role("status")).to_contain_text("TB-1) : à valider")
    _validate(phone, "TB-1")
    page.goto("/my/actif")
    expect(page.locator("main")).to_contain_text(re.compile(r"Votre solde\s: 240,00"))
    expect(page.locator("main")).to_contain_text("Vous pourriez dépenser vos Actifs")
    keep(page, "parcours-solde", "phone")
    _buy(phone, page, tmp_path)


def _join(phone):
    page = phone("", "/troc/join")
    for label, value in (
        ("Nom *", NEW.name),
        ("SIRET (14 chiffres) *", NEW.siret),
        ("Adresse *", NEW.street),
        ("Code postal *", NEW.zip),
        ("Ville *", NEW.city),
        ("Votre nom *", NEW.contact),
        ("Courriel *", NEW.login),
        ("Offre 1", "Café en grains torréfié à Paris"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("J’ai lu la charte").check()
    page.get_by_role("button", name="Demander à adhérer").click()
    expect(page.locator("main")).to_contain_text("Votre demande est arrivée")
    keep(page, "parcours-demande", "phone")


def _admitted(phone, rpc):
    """An animator of Paris admits; return where the invitation leads."""
    page = phone(PARIS, "/odoo/troc-candidates")
    page.locator(".o_kanban_record, .o_data_row").filter(has_text=NEW.name).click()
    settled(page)
    keep(page, "parcours-candidat", "phone")
    admit = page.get_by_role("button", name="Admettre")
    more = page.locator(".o_statusbar_buttons_dropdown, .o_cp_action_menus button")
    # on a phone the button may be behind another one
    expect(admit.or_(more).first).to_be_visible()
    if not admit.is_visible():
        more.first.click()
    admit.click()
    expect(admit).to_be_hidden()
    settled(page)
    odoo = rpc()
    (partner,) = odoo.execute(
        "res.partner", "search", [("email", "=", NEW.login), ("is_company", "=", False)]
    )
    # the address that the mail gives, which leaves for nowhere here
    mails = odoo.execute(
        "mail.mail",
        "search_read",
        [("recipient_ids", "in", [partner])],
        ["body_html"],
    ) or odoo.execute(
        "mail.mail", "search_read", [("email_to", "like", NEW.login)], ["body_html"]
    )
    found = re.search(
        r'href="([^"]*(?:/web/signup|/web/reset_password)[^"]*)"',
        mails[-1]["body_html"],
    )
    return found.group(1).replace("&amp;", "&").partition("/web/")[2]


def _first_login(phone, path):
    page = phone("", f"/web/{path}")
    page.fill("input[name=password]", data.PASSWORD)
    page.fill("input[name=confirm_password]", data.PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/my|/odoo"))
    page.goto("/my/actif")
    expect(page.locator("main")).to_contain_text(NEW.name)
    return page


def _sell(phone, page):
    """Publish the offer that waits as a draft; another member agrees to buy."""
    page.goto("/my/actif/listings")
    page.get_by_role("link", name=re.compile("Modifier.*Café en grains")).click()
    page.get_by_label("Catégorie").select_option(label="Restauration et alimentation")
    page.get_by_label("Description").fill("Paquets de 1 kg, torréfiés le lundi.")
    page.get_by_label("Prix en Actifs").fill("24")
    page.get_by_label("Unité").select_option(label="par kilogramme")
    page.get_by_role("button", name="Publier").click()
    expect(page).to_have_url(re.compile("/my/actif/market/"))
    other = phone(OTHER, page.url)
    other.get_by_label("Écrire à").fill("Dix kilos pour notre salle de pause.")
    press(other, "Prendre contact")
    talk = other.url.partition("#")[0]
    other.get_by_label("Total TTC").fill("240")
    other.get_by_label("Pour le").fill("2030-01-15")
    press(other, "Proposer")
    page.goto("/my/actif")
    page.get_by_role("link", name="Café en grains").first.click()
    press(page, "J’accepte ces conditions")
    expect(page.locator("main")).to_contain_text(f"Vendeur : {NEW.name}")
    return talk


def _validate(phone, number):
    page = phone(ANIMATOR, "/odoo/troc-to-validate")
    settled(page)
    keep(page, f"parcours-a-valider-{number}", "phone")
    page.locator(".o_kanban_record, .o_data_row").filter(has_text=number).first.click()
    settled(page)
    page.get_by_role("button", name="Valider", exact=True).click()
    settled(page)
    expect(page.get_by_role("button", name="Validée").first).to_be_visible()


def _buy(phone, page, folder):
    """The new member spends what it earned at another one's."""
    page.get_by_role("link", name="Place de marché").first.click()
    page.get_by_placeholder(re.compile("Que cherchez")).fill("mobilier bureau")
    press(page, "Chercher")
    page.get_by_role("link", name="Mobilier de bureau remis en état").click()
    page.get_by_label("Écrire à").fill("Deux bureaux et un fauteuil.")
    press(page, "Prendre contact")
    talk = page.url.partition("#")[0]
    seller = phone(OTHER, talk)
    seller.get_by_label("Total TTC").fill("180")
    seller.get_by_label("Pour le").fill("2030-01-15")
    press(seller, "Proposer")
    page.goto(talk)
    press(page, "J’accepte ces conditions")
    (model,) = (deal for deal in deals.DEALS if deal.file == "RDC-26-118.pdf")
    line = dataclasses.replace(model.lines[0], quantity=1, price=150.0)
    deal = dataclasses.replace(
        model, key="DC-9", seller="recyclerie", buyer="new", share=100, lines=(line,)
    )
    (folder / "DC-9.xml").write_bytes(invoice_of(deal))
    seller.goto("/my/actif/invoices")
    seller.get_by_label("Envoyer des factures").set_input_files(folder / "DC-9.xml")
    seller.get_by_role("button", name="Envoyer", exact=True).click()
    expect(seller.get_by_role("status")).to_contain_text("DC-9) : à valider")
    _validate(phone, "DC-9")
    page.goto("/my/actif")
    expect(page.locator("main")).to_contain_text(re.compile(r"Votre solde\s: 60,00"))
    page.goto(talk)
    expect(page.locator("main")).to_contain_text("Réglé")
    keep(page, "parcours-achat", "phone")
