"""No file makes us read another one, write one, or call anybody."""

import subprocess
import sys
import urllib.request
from contextlib import suppress
from io import BytesIO

import pypdf
import pytest
from hostile_watch import Listener, Watched, listener_on
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from rules_samples import edited, pdf_showing, pdf_with, saved

from actif_rules.errors import RuleError
from actif_rules.facturx.extract import extract, page_text
from actif_rules.facturx.facts import facts
from actif_rules.facturx.reader import read_xml

PORT = 8149  # the one that the files beside the repository call
HEADER = b'<?xml version="1.0" encoding="UTF-8"?>'


@pytest.fixture(scope="module")
def listener():
    with Listener() as listener:
        yield listener


@pytest.fixture
def canary(tmp_path):
    """A file in a folder where the kernel tells us of every touch."""
    path = tmp_path / "canary.xml"
    path.write_text("<a>sung</a>")
    watched = Watched(tmp_path)
    yield path, watched
    watched.close()


def read_all_ways(content):
    """Everything we do with a file, refused or not; all the words that came of it."""
    xml, page, parsed = content, page_text(content), None
    with suppress(RuleError):
        xml = extract(content).xml
    with suppress(RuleError):
        parsed = read_xml(xml)
    return repr((page, parsed, facts(parsed, page) if parsed else None))


# --- in the XML --------------------------------------------------------------------

DOCTYPES = {
    "entity": '<!DOCTYPE r [<!ENTITY x SYSTEM "{}">]>',
    "public": '<!DOCTYPE r [<!ENTITY x PUBLIC "p" "{}">]>',
    "dtd": '<!DOCTYPE r SYSTEM "{}">',
    "parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "{}"> %p;]>',
    "nested": '<!DOCTYPE r [<!ENTITY x "&y;"><!ENTITY y SYSTEM "{}">]>',
    "stylesheet": '<?xml-stylesheet type="text/xsl" href="{}"?>',
    "catalog": '<?oasis-xml-catalog catalog="{}"?>',
}
ROOTS = {
    "schema": 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" '
    'i:schemaLocation="urn:x {0}" i:noNamespaceSchemaLocation="{0}"',
    "base": 'xml:base="{}"',
}
INCLUDE = (
    '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{}" parse="text"/>'
)


def attacks(sample, address):
    """XML invoices that want something from an address, by kind."""
    named = edited(sample, ("Boulangerie Durand", "&x;"))
    for kind, doctype in DOCTYPES.items():
        xml = sample if kind in ("stylesheet", "catalog", "dtd") else named
        yield kind, xml.replace(HEADER, HEADER + doctype.format(address).encode())
    root = b"<rsm:CrossIndustryInvoice "
    for kind, attribute in ROOTS.items():
        yield (
            kind,
            sample.replace(root, root + attribute.format(address).encode() + b" "),
        )
    yield "include", edited(sample, ("Boulangerie Durand", INCLUDE.format(address)))


KINDS = [*DOCTYPES, *ROOTS, "include"]


@pytest.mark.parametrize("kind", KINDS)
def test_xml_reaches_no_file(sample, canary, kind):
    path, watched = canary
    for address in (path.as_uri(), str(path)):
        xml = dict(attacks(sample, address))[kind]
        assert address.encode() in xml
        for content in (xml, pdf_with(("factur-x.xml", xml))):
            assert "sung" not in read_all_ways(content)
    assert watched.names() == []
    assert path.read_text() == "<a>sung</a>"


@pytest.mark.parametrize("kind", KINDS)
def test_xml_reaches_no_server(sample, listener, kind):
    before = len(listener.calls)
    for scheme in ("http", "ftp"):
        xml = dict(attacks(sample, f"{scheme}://127.0.0.1:{listener.port}/x"))[kind]
        for content in (xml, pdf_with(("factur-x.xml", xml))):
            read_all_ways(content)
    assert len(listener.calls) == before


# --- in the PDF --------------------------------------------------------------------


def name(text):
    return NameObject(text)


def text(value):
    return TextStringObject(value)


def action(kind, **values):
    entries = {name("/S"): name(f"/{kind}")}
    return DictionaryObject(entries | {name(f"/{k}"): v for k, v in values.items()})


def external(path):
    """A stream whose data stand in another file, as PDF allows."""
    stream = StreamObject()
    stream[name("/F")] = text(path)
    return stream


def opens(writer, address):
    launch = action("Launch", F=text(address), Next=action("URI", URI=text(address)))
    writer.root_object[name("/OpenAction")] = launch
    goto = action("GoToR", F=text(address), D=ArrayObject([]))
    writer.pages[0][name("/AA")] = DictionaryObject({name("/O"): goto})
    script = f"app.launchURL('{address}'); this.importDataObject('x', '{address}')"
    javascript = DictionaryObject({name("/Names"): ArrayObject([text("x")])})
    javascript[name("/Names")].append(action("JavaScript", JS=text(script)))
    writer.root_object[name("/Names")][name("/JavaScript")] = javascript


def shows(writer, address):
    writer.pages[0][name("/Contents")] = writer._add_object(external(address))


def attaches(writer, address):
    spec = DictionaryObject({name("/UF"): text(address), name("/F"): text(address)})
    spec[name("/FS")] = name("/URL")
    linked = DictionaryObject({name("/UF"): text("factur-x.xml")})
    linked[name("/EF")] = DictionaryObject({name("/F"): external(address)})
    writer.root_object[name("/AF")] = ArrayObject([spec, writer._add_object(linked)])


def describes(writer, address):
    stream = StreamObject()
    stream._data = f'<!DOCTYPE x [<!ENTITY y SYSTEM "{address}">]><x>&y;</x>'.encode()
    writer.root_object[name("/Metadata")] = writer._add_object(stream)
    form = DictionaryObject({name("/XFA"): writer._add_object(stream)})
    writer.root_object[name("/AcroForm")] = form


PDF_ATTACKS = [opens, shows, attaches, describes]


@pytest.mark.parametrize("attack", PDF_ATTACKS)
def test_a_pdf_reaches_no_file_and_no_server(sample, canary, listener, attack):
    path, watched = canary
    before = len(listener.calls)
    url = f"http://127.0.0.1:{listener.port}/x"
    pdf = pdf_showing(["Facture"], attachments=[("factur-x.xml", sample)])
    for address in (str(path), path.as_uri(), url):
        writer = pypdf.PdfWriter(clone_from=BytesIO(pdf))
        attack(writer, address)
        content = saved(writer)
        assert "sung" not in read_all_ways(content)
    assert watched.names() == []
    assert len(listener.calls) == before


# --- the files beside the repository -----------------------------------------------


def test_no_hostile_file_reaches_out(shared_files, canary, tmp_path):
    """As they are, and with our canary for the file that they name."""
    path, watched = canary
    listener = listener_on(PORT)
    if listener is None:
        pytest.skip(f"port {PORT} is taken, which ../shared's files call")
    with listener:
        for file in sorted((shared_files / "hostile").iterdir()):
            content = file.read_bytes()
            read_all_ways(content)
            for xml in [content, *embedded(content)]:
                if b"file:///etc/hostname" in xml:
                    ours = xml.replace(b"file:///etc/hostname", path.as_uri().encode())
                    read_all_ways(ours)
                    read_all_ways(pdf_with(("factur-x.xml", ours)))
        assert listener.calls == []
    assert watched.names() == []


def embedded(content):
    with suppress(Exception):
        reader = pypdf.PdfReader(BytesIO(content))
        names = list(reader.attachments)[:3]
        return [data for found in names for data in reader.attachments[found]]
    return []


# --- would we have noticed? --------------------------------------------------------

CARELESS = """
import sys
from lxml import etree
parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
root = etree.fromstring(sys.stdin.buffer.read(), parser)
root.getroottree().xinclude()
print(etree.tostring(root))
"""


@pytest.mark.parametrize("kind", ["entity", "public", "dtd", "parameter", "include"])
def test_a_careless_reader_is_caught(sample, canary, kind):
    path, watched = canary
    xml = dict(attacks(sample, path.as_uri()))[kind]
    command = [sys.executable, "-c", CARELESS]
    subprocess.run(command, input=xml, capture_output=True, timeout=20)
    assert watched.names() == ["canary.xml"]


def test_a_call_is_noticed(listener):
    before = len(listener.calls)
    with suppress(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{listener.port}/x", timeout=5)
    assert len(listener.calls) == before + 1


def test_a_new_file_is_noticed(canary):
    path, watched = canary
    path.with_name("pwned").touch()
    assert watched.names() == ["pwned"]
