"""The XML of an invoice from outside: parsed hardened, named, profile recognised.

Source: FACTURX.md, "Reading". Used twice on each upload: in the extraction child,
and again in the process that reads the header, which trusts the child no more than
the file.
"""

import re

from lxml import etree

from ..errors import RuleError
from ..text import clean
from ..xml_encoding import as_utf8, begins_in_ebcdic

MAX_XML_BYTES = 1024 * 1024

CII = "CII"
_UNCEFACT = "urn:un:unece:uncefact:data:standard:"
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_KINDS = {
    f"{{{_UNCEFACT}CrossIndustryInvoice:100}}CrossIndustryInvoice": CII,
    f"{{{_UBL}Invoice-2}}Invoice": "UBL",
    f"{{{_UBL}CreditNote-2}}CreditNote": "UBL",
}
_KINDS_BY_NAME = {
    "CrossIndustryDocument": "ZUGFeRD 1.0",
    "SCRDMCCBDACIOMessageStructure": "Order-X",
    "FatturaElettronica": "FatturaPA",
}

GUIDELINE = (
    "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID"
)
NAMESPACES = {
    "rsm": f"{_UNCEFACT}CrossIndustryInvoice:100",
    "ram": f"{_UNCEFACT}ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{_UNCEFACT}UnqualifiedDataType:100",
    "qdt": f"{_UNCEFACT}QualifiedDataType:100",
}

# Profile, the pattern of its identifier (BT-24), and the profile whose schema it has.
_EN = r"urn:cen\.eu:en16931:2017"
_OWN = r".*(?:factur-x\.eu|zugferd\.de):[12]p\d"
_XR = rf"{_EN}#compliant#.*xrechnung_[0-9.]+"
_PROFILES = (
    ("MINIMUM", rf"{_OWN}:minimum", "MINIMUM"),
    ("BASICWL", rf"{_OWN}:basicwl", "BASICWL"),
    ("BASIC", rf"{_OWN}:basic", "BASIC"),
    ("EN16931", rf"{_EN}|{_OWN}:en16931", "EN16931"),
    ("EXTENDED", rf"{_OWN}:extended", "EXTENDED"),
    ("EXTENDED-CTC-FR", rf"{_EN}#conformant#.*:extended-ctc-fr", "EXTENDED"),
    ("XRECHNUNG", _XR, "EN16931"),
    ("XRECHNUNG-EXTENSION", rf"{_XR}#conformant#.*", "EXTENDED"),
    ("EN16931-CIUS", rf"{_EN}#compliant#.+", "EN16931"),
)


def parse(xml: bytes) -> etree._Element:
    """The root element. No DOCTYPE, no entity, no network, no huge tree, no comment.

    Raises `too_big`, `encoding_unknown`, `encoding_mismatch`, or `not_cii` with found
    "damaged_xml" or "doctype".
    """
    if len(xml) > MAX_XML_BYTES:
        raise RuleError("too_big", what="xml", limit=MAX_XML_BYTES)
    try:
        root = etree.fromstring(as_utf8(xml), _parser())
    except etree.XMLSyntaxError as error:
        detail = clean(str(error), 200)
        raise RuleError("not_cii", found="damaged_xml", detail=detail) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise RuleError("not_cii", found="doctype")
    return root


def kind_of(root: etree._Element) -> str:
    """`CII`, or the name of what was found instead."""
    local = etree.QName(root).localname
    return _KINDS.get(root.tag) or _KINDS_BY_NAME.get(local) or clean(local, 60)


def check_cii(root: etree._Element) -> None:
    """Raises `not_cii`, naming what was found."""
    kind = kind_of(root)
    if kind != CII:
        raise RuleError("not_cii", found=kind)


def profile_of(root: etree._Element) -> tuple[str, str]:
    """The profile of a CII invoice, and the one whose schema it follows.

    Raises `profile_unsupported` with the identifier found (BT-24).
    """
    stated = clean(root.findtext(GUIDELINE, "", NAMESPACES), 200)
    for profile, pattern, schema in _PROFILES:
        if re.fullmatch(pattern, stated, re.IGNORECASE):
            return profile, schema
    raise RuleError("profile_unsupported", profile=stated)


def looks_like_xml(content: bytes) -> bool:
    """True when the first visible character is "<", in an encoding parsers know.

    Also in those that are not read: such a file is refused for that, by name.
    """
    start = content[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") or begins_in_ebcdic(content)


def _parser() -> etree.XMLParser:
    # A parser is made for each document: lxml's are not for several threads.
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
