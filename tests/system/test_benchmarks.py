"""Each benchmark on so little that it takes seconds: none may rot between its runs."""

import csv
import json
import subprocess

import pypdf
import pytest

from troc_dev import paths
from troc_dev.bench import facturx as bench_facturx
from troc_dev.bench import facturx_table as bench_facturx_table
from troc_dev.bench import link as bench_link
from troc_dev.bench import link_table as bench_link_table
from troc_dev.bench import network as bench_network
from troc_dev.bench import network_table as bench_network_table
from troc_dev.bench import portal as bench_portal
from troc_dev.bench import portal_table as bench_portal_table

FIXTURES = paths.ROOT / "tests" / "fixtures"


def figures(name, *flags):
    """What a benchmark prints; it checks itself what it measures."""
    command = [paths.ROOT / "benchmarks" / f"{name}.py", "--json", *flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def test_validation_against_register_payment():
    """As many are validated, by both ways, as were asked for: it asserts so."""
    found = figures("validate", "--sizes=2", "--batch=2", "--singles=1")

    told = {way: cost["records"] for way, cost in found["raw"].items()}
    assert told == {
        "wizard_one_by_one": 1,
        "ours_single": 1,
        "wizard_batch": 2,
        "ours_2": 2,
    }
    assert all(ratio > 0 for ratio in found["ratios"].values())


def test_a_small_network():
    """Both ways tell the same balances, and all eight invariants hold: it checks."""
    flags = ("--members=60", "--items=2000", "--rounds=1", "--alone")
    found = figures("network", *flags)

    big = found["raw"]["big"]
    assert big["counts"]["members"] == 60
    assert big["counts"]["movements"] == 2000
    assert found["ratios"].keys() >= {"balances_vs_read_group", "posting_with_index"}
    assert "verify_hash_chain_holds" in big["costs"]
    assert set(big["pages"]) == set(bench_network.PAGES)
    assert bench_network_table.table(found)


def test_the_portal_of_a_small_network():
    """Every page answers, a page with one row too, and the search finds what it had."""
    flags = ("--members=60", "--listings=300", "--movements=2000")
    found = figures("portal", *flags, "--rounds=1", "--warm-up=0")

    pages = found["raw"]["pages"]
    assert found["raw"]["counts"]["members"] == 60
    assert len(pages) > 20
    assert all(page["queries"] > 0 for page in pages.values())
    assert set(found["ratios"]) >= set(pages) - {bench_portal.REFERENCE}
    assert bench_portal_table.table(found)


def test_a_link_of_few_documents():
    found = figures("link", "--documents=2", "--naive=1")

    assert set(found["raw"]) == {"odoorpc", "json2"}
    for ways in found["raw"].values():
        done = {way: told["documents"] for way, told in ways.items()}
        assert done == {"push": 2, "naive_push": 1, "naive_pull": 1, "pull": 2}
    assert found["ratios"].keys() >= bench_link.TARGETS.keys()
    assert bench_link_table.table(found)


@pytest.fixture
def few_files(tmp_path):
    """A folder like that of the public files, with ours under their names."""
    xml, pdf = bench_facturx.SAMPLE.read_bytes(), tmp_path / "sample.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("factur-x.xml", xml)
    writer.write(pdf)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "hostile").mkdir()
    for name in (*bench_facturx.ODD, bench_facturx.BOMBS[-1]):
        content = pdf.read_bytes() if name.endswith(".pdf") else xml
        (tmp_path / "hostile" / name).write_bytes(content)
    with (tmp_path / "manifest.csv").open("w", newline="") as file:
        known = {"root": "CrossIndustryInvoice", "valid": "y", **bench_facturx.ODD_ROW}
        table = csv.DictWriter(file, ["path", *known])
        table.writeheader()
        for path in sorted(FIXTURES.glob("*.xml")):
            (tmp_path / "corpus" / path.name).write_bytes(path.read_bytes())
            table.writerow({"path": path.name, **known})
    return tmp_path


def test_the_reading_of_few_files(few_files):
    flags = ("--rounds=1", "--odoo=1", "--big=0.05", "--limit=60")
    found = figures("facturx", f"--files={few_files}", *flags)

    raw = found["raw"]
    for name in ("ours", "ours_here", "library"):
        assert raw["public"][name]["right"] == 4
        assert raw["odd"][name]["right"] == len(bench_facturx.ODD)
    assert raw["public"]["odoo"]["named"] == 1
    big = [told["result"] for told in raw["big"]["lines_0.05MB.xml"].values()]
    assert big == ["read"] * 4
    assert len(raw["big"]) == 3
    assert found["ratios"]["named_vs_odoo"] == 1
    assert bench_facturx_table.table(found)
