"""./scripts/read-invoice, as it is run."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from rules_samples import MENTION, ROOT, edited, pdf_with

from actif_rules.errors import RuleError
from actif_rules.facturx.child import CODES
from troc_dev.read_invoice import french as read_invoice_french
from troc_dev.read_invoice import inside as read_invoice_inside
from troc_dev.read_invoice import summary as read_invoice_summary

SCRIPT = ROOT / "scripts" / "read-invoice"
# What may come out of extraction and reading; the judge's codes are no refusals here.
REFUSALS = {*CODES, "too_slow", "inconsistent", "date_implausible"}


def run(*arguments, before=()):
    """The finished command."""
    command = [*before, sys.executable, SCRIPT, *arguments]
    return subprocess.run(command, capture_output=True, timeout=60)


def lines_of(done):
    return list(map(json.loads, done.stdout.splitlines()))


@pytest.fixture
def recent(sample):
    """The sample, issued today."""
    due = date.today() + timedelta(days=30)  # noqa: DTZ011
    today = date.today()  # noqa: DTZ011
    changes = (("20260215", f"{today:%Y%m%d}"), ("20260315", f"{due:%Y%m%d}"))
    return edited(sample, *changes)


def test_files_that_can_be_read(tmp_path, recent):
    invoice, note = tmp_path / "facture.pdf", tmp_path / "note.bin"
    invoice.write_bytes(pdf_with(("factur-x.xml", recent)))
    note.write_bytes(edited(recent, (MENTION, "Virement")))
    done = run(invoice, note)
    first, second = lines_of(done)

    assert (done.returncode, done.stderr) == (0, b"")
    assert list(first)[:3] == ["path", "ok", "sha256"]
    assert (first["path"], first["ok"], first["judgement"]) == (str(invoice), True, [])
    assert first["number"] == "FA-2026-001"
    assert first["issue_date"] == date.today().isoformat()  # noqa: DTZ011
    assert (first["total"], first["prepaid"]) == ("1200.00", "0.00")
    assert first["seller"]["siren"] == "732829320"
    claim = first["actif_claim"]
    assert (claim["share"], claim["agree"]) == ("50", True)
    assert claim["places"] == ["BT-20", "BT-82"]
    assert (second["path"], second["judgement"]) == (str(note), ["no_claim"])
    assert second["actif_claim"] is None


def test_a_file_that_cannot_be_read_has_its_sentence_in_french(tmp_path, recent):
    names = ["ubl.xml", "facture.xml", "vide.pdf"]
    contents = [b"<Invoice/>", recent, b""]
    for name, content in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(content)
    done = run(*(tmp_path / name for name in names))
    ubl, good, empty = lines_of(done)

    assert done.returncode == 1
    assert (ubl["ok"], good["ok"], empty["ok"]) == (False, True, False)
    assert ubl["refusal"]["code"] == "not_cii"
    assert "ubl.xml contient un autre type de document" in ubl["refusal"]["sentence"]
    assert empty["refusal"]["sentence"].startswith("vide.pdf n’est ni un PDF ni")


def test_a_path_that_is_not_there(tmp_path, recent):
    (tmp_path / "a.xml").write_bytes(recent)
    (tmp_path / "broken").symlink_to("nowhere")
    for path in (tmp_path / "b.xml", tmp_path / "a.xml/b", tmp_path / "broken"):
        done = run(tmp_path / "a.xml", path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == f"✗ There is no “{path}”.\n"


def test_nothing_named_is_a_mistake_too():
    assert run().returncode == 2


# --- folders -----------------------------------------------------------------------


def test_folders_are_searched_in_order(tmp_path):
    for name in ("b/2.XML", "b/1.pdf", "a.Pdf", "c.txt", "b/d/x.xml", "b.xml/y.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "empty").mkdir()
    found = [line["path"] for line in lines_of(run(tmp_path, tmp_path / "c.txt"))]
    wanted = ["a.Pdf", "b/1.pdf", "b/2.XML", "b/d/x.xml", "b.xml/y.pdf", "c.txt"]
    assert found == [str(tmp_path / name) for name in wanted]
    assert run(tmp_path / "empty").returncode == 0


def test_links_and_things_that_are_no_files(tmp_path, recent):
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.xml").symlink_to("self.xml")
    (tmp_path / "gone.xml").symlink_to("nowhere")
    (tmp_path / "memory.xml").symlink_to("/proc/self/mem")
    (tmp_path / "good.xml").write_bytes(recent)
    (tmp_path / "link.xml").symlink_to("good.xml")
    os.mkfifo(tmp_path / "pipe.xml")
    done = run(tmp_path)
    told = {Path(line["path"]).name: line for line in lines_of(done)}

    assert sorted(told) == sorted(p.name for p in tmp_path.glob("*.xml"))
    assert {name for name, line in told.items() if line["ok"]} == {
        "good.xml",
        "link.xml",
    }
    refusals = {name: line["refusal"] for name, line in told.items() if not line["ok"]}
    assert {refusal["code"] for refusal in refusals.values()} == {"unreadable"}
    assert refusals["pipe.xml"]["sentence"] == (
        "pipe.xml ne peut pas être lu : ce n’est pas un fichier ordinaire."
    )
    assert "le lien tourne en rond" in refusals["self.xml"]["sentence"]
    (line,) = lines_of(run(tmp_path / "self.xml"))
    assert line["refusal"] == refusals["self.xml"]
    assert "Input/output error" in refusals["memory.xml"]["sentence"]


def test_files_and_folders_that_are_closed_to_us(tmp_path, recent):
    before = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("setpriv is missing: root may read everything")
        before = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    for name in ("1/shut.xml", "2.xml", "3.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(recent)
    (tmp_path / "1").chmod(0)
    (tmp_path / "2.xml").chmod(0)
    done = run(tmp_path, before=before)
    (tmp_path / "1").chmod(0o700)

    folder, shut, good = lines_of(done)
    assert (done.returncode, good["ok"]) == (1, True)
    for line, name in ((folder, "1"), (shut, "2.xml")):
        sentence = f"{name} ne peut pas être lu : l’accès est refusé."
        assert line["refusal"] == {"code": "unreadable", "sentence": sentence}


def test_thousands_of_files_come_out_in_order(tmp_path):
    names = [f"{n:04}.xml" for n in range(3000)]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    assert [Path(line["path"]).name for line in lines_of(run(tmp_path))] == names


def test_files_of_every_speed_come_out_in_order(tmp_path, sample):
    kinds = (b"", sample, pdf_with(("a", bytes(10**6)), ("f.xml", sample)), b"<a/>")
    for number in range(40):
        (tmp_path / f"{number:02}.xml").write_bytes(kinds[number % 4])
    told = [line["ok"] for line in lines_of(run(tmp_path))]
    assert told == [False, True, True, False] * 10


def test_a_name_that_is_no_text(tmp_path):
    path = os.fsencode(tmp_path / "facture-") + b"\xff\xe9.xml"
    Path(os.fsdecode(path)).write_bytes(b"")
    (line,) = lines_of(run(tmp_path))
    assert os.fsencode(line["path"]) == path


def test_a_reader_that_has_seen_enough(tmp_path):
    for number in range(500):
        (tmp_path / f"{number}.xml").write_bytes(b"")
    shell = '"$1" "$2" "$3" | head -n 1'
    command = ["bash", "-c", shell, "-", sys.executable, str(SCRIPT), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, timeout=60)

    assert len(lines_of(done)) == 1
    assert done.stderr == b""


# --- the summary -------------------------------------------------------------------


def test_a_summary_goes_to_the_error_output(tmp_path, recent):
    (tmp_path / "a.xml").write_bytes(recent)
    (tmp_path / "b.xml").write_bytes(edited(recent, (MENTION, "Virement")))
    (tmp_path / "c.xml").write_bytes(b"")
    done = run("--summary", tmp_path)
    told = done.stderr.decode()

    assert [line["ok"] for line in lines_of(done)] == [True, True, False]
    assert "3 files: 2 read, 1 refused" in told
    assert "refused     1 not_pdf_nor_xml" in told
    assert "judged     1 no_claim" in told
    assert "ms a file: p50" in told


def result(milliseconds, **line):
    return read_invoice_inside.Result(line, milliseconds / 1000)


def test_the_figures_of_a_summary():
    results = [result(n, ok=True, judgement=["no_claim"]) for n in range(1, 101)]
    results += [result(500, ok=False, refusal={"code": "too_slow"})]
    assert list(read_invoice_summary.summary(results)) == [
        "101 files: 100 read, 1 refused",
        "  refused     1 too_slow",
        "  judged   100 no_claim",
        "  ms a file: p50 51.0, p95 96.0, max 500.0",
    ]
    assert list(read_invoice_summary.summary([])) == ["0 files: 0 read, 0 refused"]


@pytest.mark.parametrize(("done", "full"), [(0, 0), (1, 8), (2, 16), (3, 24)])
def test_the_bar_grows(done, full):
    assert read_invoice_summary.bar(done, 3) == "█" * full + "░" * (24 - full)


# --- the sentences -----------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_every_refusal_has_a_french_sentence(code):
    facts = {"found": ("a", "b"), "rule": "BR-CO-13", "error": "x", "profile": "y"}
    facts |= {"date": "20260230", "encoding": "UTF-7"}
    said = read_invoice_french.sentence(RuleError(code, **facts), "dossier/f.pdf")

    class English:
        def _(self, term, **_facts):
            return term

    english = read_invoice_french.messages()[code](English(), {})
    assert "f.pdf" in said and "%(" not in said and "–" not in said
    assert english in read_invoice_french.translations()
    assert said.endswith(".")


def test_facts_are_written_as_the_french_do():
    facts = {"date": date(2026, 2, 15)}
    said = read_invoice_french.sentence(RuleError("date_implausible", **facts), "f")
    assert "15/02/2026" in said
    said = read_invoice_french.sentence(RuleError("not_cii"), "f")
    assert "(–)" in said


def test_a_code_without_sentence_is_told_as_it_is():
    assert read_invoice_french.sentence(RuleError("x", y=1), "f") == "f : x (y=1)"
