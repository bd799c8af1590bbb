"""An invoice of several pages, printed by the demonstration, looked at as pictures.

wkhtmltopdf draws Odoo's header and footer, or leaves them out without a word: what is
on each page is read, and the ink is counted where it must stand.
"""

import base64
import io
import itertools
import os
import re
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from actif_rules.facturx import reader as facturx_reader
from troc_demo import data
from troc_demo.rpc import Server
from troc_dev import demo as demonstration
from troc_dev.needs import server as servers

SELLER = data.MEMBERS["boisclair"]
BUYER = data.MEMBERS["contrechamp"]
LINES = 60
A4 = (595, 842)
HEAD, FOOT = 0.16, 0.11  # of the height: the margins that are left for them
DARK = 200  # of 255: the foot is grey


@pytest.fixture(scope="module")
def server(databases, printer):
    """An Odoo with the demonstration, apart: nobody else's figures have the invoice."""
    told = lambda: demonstration.told(databases)  # noqa: E731
    with databases.scratch("printing", told) as db:
        with servers.serving(databases, db) as odoo:
            yield odoo


@pytest.fixture(scope="module")
def document(server):
    """The bytes that the animator receives when the seller submits the invoice."""
    seller = Server(server.url, server.db, {None: data.PASSWORD}).connect(SELLER.login)
    moves, members = seller["account.move"], seller["res.partner"]
    (buyer,) = members.search([("name", "=", BUYER.name)], limit=1)
    (tax,) = seller["account.tax"].search(
        [("name", "=", "20% S"), ("type_tax_use", "=", "sale")], limit=1
    )
    line = {"quantity": 1, "price_unit": 10, "tax_ids": [(6, 0, [tax])]}
    lines = [(0, 0, {"name": f"Étagère n° {n}.", **line}) for n in range(1, LINES + 1)]
    move = moves.create(
        {
            "move_type": "out_invoice",
            "partner_id": buyer,
            "actif_share": 50,
            "invoice_line_ids": lines,
        }
    )
    moves.action_post([move])
    moves.action_troc_submit([move])
    (found,) = seller["troc.compensation"].search_read(
        [("move_id", "=", move)], ["document"]
    )
    return base64.b64decode(found["document"])


@pytest.fixture(scope="module")
def pages(document):
    """Its pages as pypdfium2 opens them; pictures are kept where TROC_SCREENS says."""
    opened = pypdfium2.PdfDocument(document)
    yield list(opened)
    if folder := os.environ.get("TROC_SCREENS"):
        for number, page in enumerate(opened, 1):
            name = Path(folder) / f"facture-imprimee-{number}.png"
            page.render(scale=2).to_pil().save(name)
    opened.close()


def text(page, bottom=0.0, top=1.0):
    """Return what is written between two heights of a page, 0 being its foot.

    Without spaces: in print they are but distances.
    """
    height = page.get_height()
    found = page.get_textpage().get_text_bounded(
        bottom=bottom * height, top=top * height
    )
    return "".join(found.split())


def band(page, bottom, top):
    """Return the picture of a band of a page, in grey."""
    picture = page.render(scale=1).to_pil().convert("L")
    width, height = picture.size
    rows = [round(height * (1 - share)) for share in (top, bottom)]
    return picture.crop((0, rows[0], width, rows[1]))


def ink(picture):
    """Return how many points of a picture are not white."""
    return sum(picture.histogram()[:DARK])


def test_it_has_several_pages_of_a4(pages):
    assert len(pages) >= 2
    for page in pages:
        assert tuple(map(round, page.get_size())) == A4


def test_the_seller_heads_every_page(pages):
    for page in pages:
        said = text(page, 1 - HEAD)
        for part in (SELLER.name, SELLER.street, SELLER.zip, SELLER.city):
            assert part.replace(" ", "") in said
        assert ink(band(page, 1 - HEAD, 1)) > 500


def test_the_head_is_the_same_on_every_page(pages):
    first, *others = [band(page, 1 - HEAD, 1) for page in pages]
    assert all(other.tobytes() == first.tobytes() for other in others)


def test_every_page_says_which_it_is(pages):
    for number, page in enumerate(pages, 1):
        said = text(page, 0, FOOT)
        assert re.search(rf"Page:?{number}/{len(pages)}$", said), said
        assert ink(band(page, 0, FOOT)) > 100


def test_every_line_stands_between_head_and_foot(pages):
    for page in pages:
        assert ink(band(page, 1 - HEAD - 0.01, 1 - HEAD)) == 0
    body = "".join(text(page, FOOT, 1 - HEAD) for page in pages)
    numbers = re.findall(r"Étagèren°(\d+)\.", body)
    assert numbers == [str(n) for n in range(1, LINES + 1)]


def test_no_word_is_written_over_another(pages):
    """As old builds do with the first row of a page and the repeated head."""
    for page in pages:
        said = page.get_textpage()
        boxes = [said.get_rect(n) for n in range(said.count_rects())]
        assert len(boxes) > 5
        for one, other in itertools.combinations(boxes, 2):
            width = min(one[2], other[2]) - max(one[0], other[0])
            height = min(one[3], other[3]) - max(one[1], other[1])
            assert width < 1 or height < 1, (one, other)


def test_it_is_a_pdf_a_3_with_the_invoice_inside(document):
    reader = pypdf.PdfReader(io.BytesIO(document))
    catalog = reader.trailer["/Root"]
    metadata = catalog["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part\W+3\b", metadata)
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    (attached,) = catalog["/AF"]
    assert attached.get_object()["/F"] == "factur-x.xml"
    parsed = facturx_reader.read_document(document)
    assert (parsed.profile, parsed.actif_claim.share) == ("EXTENDED", 50)
    assert parsed.total == LINES * 12


def test_all_its_fonts_are_inside(document):
    """Without them, PDF/A is not kept, and others see other letters."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    for page in reader.pages:
        fonts = page["/Resources"]["/Font"].values()
        assert fonts
        for font in fonts:
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"]
