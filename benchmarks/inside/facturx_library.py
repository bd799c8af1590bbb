"""factur-x 7.8: the XML out of the PDF, then all that it says; one check by XSD."""

import logging

import facturx
from facturx_contender import answer, facts, is_pdf

logging.disable(logging.CRITICAL)


def read(content, parts):
    xml = content
    if is_pdf(content):
        name, xml = facturx.get_facturx_xml_from_pdf(content, check_xsd=False)
        if not xml:
            raise ValueError("no XML found")
    parts.done("extract")
    said = facturx.parse_ubl_cii_xml(xml)
    parts.done("parse")
    return facts(*(said[f"BT-{n}"] for n in (1, 2, 5, 109, 112)))


answer(read)
