"""Files for the tests: fixtures of this repository, and ways to change them."""

import base64
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "addons" / "troc_actif_invoice" / "lib"
FIXTURES = ROOT / "tests" / "fixtures"
SHARED = ROOT.parent / "shared" / "facturx"

MENTION = "Paiement par compensation en 50% Actif"
GRAND = "<ram:GrandTotalAmount>1200.00</ram:GrandTotalAmount>"
TERMS = f"<ram:Description>{MENTION}</ram:Description>"


def edited(xml, *changes):
    """The XML with each (old, new) text exchanged everywhere; old must be there."""
    text = xml.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def hidden(text):
    """A text as UTF-7 hides it: letters and signs to whoever reads the bytes."""
    return "+" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=")


def two_totals(sample):
    """The sample over 1200.00 whose other total stands in it in UTF-7.

    What is a comment to whoever reads ASCII is its end and another amount in UTF-7,
    and the 1200.00 are a comment there.
    """
    other = GRAND.replace("1200", "9200")
    before = f"<!--{hidden('-->')}-{other}{hidden('<!--')}-->"
    after = f"<?x {hidden('--><?')}-x?>"
    xml = edited(sample, (GRAND, before + GRAND + after))
    return xml.decode().encode("ascii", "xmlcharrefreplace")


def pdf_with(*attachments):
    """A one-page PDF with these (name, content) embedded."""
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    for name, content in attachments:
        writer.add_attachment(name, content)
    return saved(writer)


def pdf_showing(*pages, attachments=()):
    """A PDF of these pages, each a list of lines, with (name, content) embedded."""
    import pypdf
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(50, 800 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    writer = pypdf.PdfWriter(clone_from=out)
    for name, content in attachments:
        writer.add_attachment(name, content)
    return saved(writer)


def saved(writer):
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
