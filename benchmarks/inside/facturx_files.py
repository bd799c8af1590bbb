"""Writes the invoices of 1, 5 and 50 MB: with many lines, and with big pictures."""

import random
import re
import sys
from io import BytesIO
from pathlib import Path

import pypdf

MEGABYTE = 1024 * 1024
LINE = re.compile(r"<(ram:IncludedSupplyChainTradeLineItem)>.*</\1>", re.DOTALL)
ONE = {"ChargeAmount": "1.00", "LineTotalAmount": "1.00", "BilledQuantity": "1"}


def with_lines(xml, size):
    """The invoice with as many lines of 1.00 as its size allows, adding up."""
    text = xml.decode()
    line = with_texts(LINE.search(text)[0], ONE)
    count = (size - len(xml)) // len(line.encode()) + 1
    total, tax = f"{count}.00", f"{count / 5:.2f}"
    grand = f"{count * 6 / 5:.2f}"
    totals = {
        "CalculatedAmount": tax,
        "BasisAmount": total,
        "LineTotalAmount": total,
        "TaxBasisTotalAmount": total,
        "TaxTotalAmount": tax,
        "GrandTotalAmount": grand,
        "DuePayableAmount": grand,
    }
    before, after = LINE.split(with_texts(text, totals))[::2]
    lines = (with_texts(line, {"LineID": str(n)}) for n in range(1, count + 1))
    return "".join([before, *lines, after]).encode()


def with_texts(xml, texts):
    for name, text in texts.items():
        xml = re.sub(rf"(<ram:{name}(?: [^>]*)?>)[^<]*<", rf"\g<1>{text}<", xml)
    return xml


def with_pictures(xml, size):
    """A PDF of that size: the invoice, and pictures that cannot be compressed."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_attachment("factur-x.xml", xml)
    writer.add_attachment("photo.jpg", random.Random(size).randbytes(size))
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def main(sample, folder, sizes):
    xml = Path(sample).read_bytes()
    for megabytes in sizes.split(","):
        size = int(float(megabytes) * MEGABYTE)
        lines = with_lines(xml, size - 10_000)
        (folder / f"lines_{megabytes}MB.xml").write_bytes(lines)
        pictures = with_pictures(xml, size - 10_000)
        (folder / f"pictures_{megabytes}MB.pdf").write_bytes(pictures)


main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
