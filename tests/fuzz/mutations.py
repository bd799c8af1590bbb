"""Ways to spoil a good file. The same random numbers give the same file again."""

import random

from lxml import etree

NASTY = [
    *("", " ", "0", "-0", "-1", "+1.00", "00012.50", "1.005", "0.001", "1e3", "NaN"),
    *("INF", "-INF", "0x10", "1,00", "1 000.00", "９", "١٢", "9" * 12, "9" * 400),
    *("20260230", "00000000", "99999999", "2026-02-15", "19000229", "20261301"),
    *("EUR", "eur", "€", "XXX", "380", "381", "384", "S", "97", "0002", "0009"),
    *("732829320", "73282932000074", "FR44732829320", "FR 44 732 829 320", "FRZZ"),
    *("732829320_", "_", "___", "\u200b732829320", "\u202e023928237", "a\u0300" * 50),
    *("50% Actif", "100 % en Actif, 50% Actif", "0% Actif", "999% Actif", "Actif"),
    *("33,333333% Actif", "-50% Actif", "600,00 € en Actif", "1e9 Actif", "pas Actif"),
    *("50% du HT en Actif", "compensation", "%s %(x)s {0} {share}", "<&>\"'", "]]>"),
    *("A" * 5000, "\n" * 500, "Actif " * 900, "1 " * 2000, "50% " * 900, "\u2028"),
    *("../../etc/passwd", "javascript:alert(1)", "=cmd()", "\ud7ff\ue000\ufffd", "🧾"),
]
WORDED = ("Description", "Information", "Content")
CLAIMS = [
    *("50% Actif", "100 % en Actif", "0% Actif", "150% Actif", "33,333% Actif"),
    *("600,00 € en Actif", "1 200,00 Actifs", "0,00 € en Actif", "999999999 € Actif"),
    *("50% du HT en Actif", "HT compensé en Actif", "Paiement en Actif", "Actif"),
    *("Paiement par compensation en 50% Actif", "moitié en Actif", "sans Actif"),
    *("Virement 50%", "TVA 20%", "50% Actif (600,00 €)", "0,01% Actif", "Actif : 50"),
]
PIECES = [
    *b"< > </ /> & &amp; &#0; &x; <!-- --> ]]> <![CDATA[ <?x?> \0 \xff\xfe".split(),
    *b"\xc3\x28 obj endobj stream endstream xref trailer startxref %%EOF".split(),
    *b"R -1 << >> [ ] ( ) /EmbeddedFiles /Names /Kids /EF /F /UF /AF /Length".split(),
    *b"9999999999 /Filter /FlateDecode /LZWDecode /ASCIIHexDecode /Crypt".split(),
    *b"/DecodeParms /Predictor 15 /Columns /Encrypt /Prev /Pages /Parent".split(),
    *b"/Contents /Font /ToUnicode Tj BT q".split(),
    b"<!DOCTYPE a>",
    b" 0 R",
]


def of_bytes(rng: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """The file with one to four spots spoiled."""
    for _ in range(rng.randint(1, 4)):
        content = rng.choice(_ON_BYTES)(rng, content, others)
    return content


def _flip(rng, content, _others):
    spoiled = bytearray(content)
    for _ in range(rng.randint(1, 8)):
        if spoiled:
            spoiled[rng.randrange(len(spoiled))] = rng.randrange(256)
    return bytes(spoiled)


def _cut(rng, content, _others):
    start, end = _range(rng, content, 200)
    return content[:start] + content[end:]


def _truncate(rng, content, _others):
    return content[: rng.randint(0, len(content))]


def _repeat(rng, content, _others):
    start, end = _range(rng, content, 400)
    return content[:start] + content[start:end] * rng.randint(2, 5) + content[end:]


def _insert(rng, content, _others):
    start, end = _range(rng, content, 20)
    piece = rng.choice([*PIECES, rng.randbytes(rng.randint(1, 12))])
    return content[:start] + piece + content[rng.choice((start, end)) :]


def _splice(rng, content, others):
    start, end = _range(rng, content, 2000)
    other = rng.choice(others)
    there = _range(rng, other, 2000)
    return content[:start] + other[slice(*there)] + content[end:]


def _exchange(rng, content, _others):
    """One word of a PDF or XML for another that stands in it."""
    words = content.split(b" ")
    here, there = rng.randrange(len(words)), rng.randrange(len(words))
    words[here] = words[there]
    return b" ".join(words)


def _number(rng, content, _others):
    places = [n for n, byte in enumerate(content) if 48 <= byte <= 57]
    if not places:
        return content
    place = rng.choice(places)
    number = str(rng.choice((0, 1, 9, 65535, 2**31, -1, 10**12))).encode()
    return content[:place] + number + content[place + 1 :]


_ON_BYTES = [_flip, _cut, _truncate, _repeat, _insert, _splice, _exchange, _number]


def _range(rng, content, longest):
    start = rng.randint(0, len(content))
    return start, min(len(content), start + rng.randint(0, longest))


# --- trees -------------------------------------------------------------------------


def of_tree(rng: random.Random, xml: bytes) -> bytes:
    """The XML with one to five elements, attributes or texts spoiled; well-formed."""
    root = etree.fromstring(xml)
    for _ in range(rng.randint(1, 5)):
        # The lines are long and never read: the header deserves the attention.
        elements = [e for e in root.iter("{*}*") if "LineItem" not in e.tag]
        rng.choice(_ON_TREES)(rng, rng.choice(elements), elements)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _text(rng, element, _elements):
    leaves = element if not len(element) else rng.choice(list(element.iter("{*}*")))
    leaves.text = rng.choice(NASTY)


def _claim(rng, _element, elements):
    """Another wording of the Actif part, where the reader looks for one."""
    places = [e for e in elements if etree.QName(e).localname in WORDED]
    if places:
        rng.choice(places).text = rng.choice((" ", ", ", "\n")).join(
            rng.choice(CLAIMS) for _ in range(rng.randint(1, 3))
        )


def _amount(rng, _element, elements):
    """Another total, of any size and sign, mostly with two decimals."""
    places = [e for e in elements if etree.QName(e).localname.endswith("Amount")]
    if places:
        whole = rng.choice((0, 1, 600, 1000, 1200, rng.randrange(10**6), 10**11))
        cents = rng.choice(("", ".00", ".01", ".5", ".99", ".005"))
        rng.choice(places).text = f"{rng.choice(('', '', '-'))}{whole}{cents}"


def _drop(_rng, element, _elements):
    if element.getparent() is not None:
        element.getparent().remove(element)


def _double(_rng, element, _elements):
    if element.getparent() is not None:
        element.addnext(etree.fromstring(etree.tostring(element)))


def _move(rng, element, elements):
    target = rng.choice(elements)
    if element not in list(target.iterancestors()) and element is not target:
        target.insert(rng.randint(0, len(target)), element)


def _rename(rng, element, elements):
    element.tag = rng.choice(elements).tag


def _attribute(rng, element, _elements):
    name = rng.choice(("schemeID", "currencyID", "format", "languageID", "x"))
    element.set(name, rng.choice(NASTY))


def _strip(_rng, element, _elements):
    element.attrib.clear()


def _interrupt(rng, element, _elements):
    """A comment or an element in the middle of a text."""
    text = element.text or ""
    middle = rng.randint(0, len(text))
    inner = rng.choice((etree.Comment("x"), etree.PI("x"), etree.Element("b")))
    element.text, inner.tail = text[:middle], text[middle:]
    element.insert(0, inner)


_ON_TREES = [_text, _text, _claim, _claim, _amount, _amount, _drop, _double, _move]
_ON_TREES += [_rename, _attribute, _strip, _interrupt]
