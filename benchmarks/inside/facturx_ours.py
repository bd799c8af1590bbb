"""Our reading: through the child as in Odoo, or with everything in this process."""

import sys
from datetime import date
from pathlib import Path

from facturx_contender import answer, facts

from actif_rules.facturx import cii
from actif_rules.facturx.extract import borrowed
from actif_rules.facturx.facts import facts as compared
from actif_rules.facturx.judge import judge
from actif_rules.facturx.pdf import invoice_in
from actif_rules.facturx.reader import read_document, read_xml
from actif_rules.facturx.received import kind_received
from actif_rules.facturx.schema import check_schema

TODAY = date(2026, 11, 22)


def told(parsed):
    return facts(
        parsed.number,
        parsed.issue_date,
        parsed.currency,
        parsed.total_untaxed,
        parsed.total,
    )


def through_the_child(content, parts):
    """File to judged facts, then what a person compares with the pages."""
    parsed = read_document(content)
    judge(parsed, today=TODAY)
    parts.done("read")
    with borrowed() as worker:
        compared(parsed, worker.page_text(content))
    parts.done("page")
    return told(parsed)


def in_this_process(content, parts):
    """The same work as the child's, without its limits: to see what it costs."""
    xml = invoice_in(content).data if kind_received(content) == "pdf" else content
    root = cii.parse(xml)
    cii.check_cii(root)
    check_schema(root, cii.profile_of(root)[1])
    parsed = read_xml(xml)
    judge(parsed, today=TODAY)
    parts.done("read")
    return told(parsed)


def memory_of_the_child():
    with borrowed() as worker:
        status = Path(f"/proc/{worker.pid}/status").read_text()
    peaks = [line.split()[1] for line in status.splitlines() if "VmHWM" in line]
    return int(peaks[0]) * 1024


if sys.argv[1] == "child":
    answer(through_the_child, memory_of_the_child)
else:
    answer(in_this_process)
