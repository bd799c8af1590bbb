"""Files for the tests: fixtures of this repository, and ways to change them."""

from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIB = ROOT / "addons" / "troc_actif" / "lib"
FIXTURES = ROOT / "tests" / "fixtures"
SHARED = ROOT.parent / "shared" / "facturx"

MENTION = "Paiement par compensation en 50% Actif"
TERMS = f"<ram:Description>{MENTION}</ram:Description>"


def edited(xml, *changes):
    """The XML with each (old, new) text exchanged everywhere; old must be there."""
    text = xml.decode()
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


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
