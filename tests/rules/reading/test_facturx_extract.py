"""The extraction child: what it gives, and that nothing it does can hurt its parent."""

import runpy
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_processes import wait_until_ended
from rules_samples import LIB, edited, pdf_with

from actif_rules.errors import RuleError
from actif_rules.facturx import child as facturx_child
from actif_rules.facturx import extract as facturx_extract
from actif_rules.facturx import protocol as facturx_protocol
from actif_rules.facturx.extract import NotInstalled, Worker, extract
from actif_rules.facturx.pool import Pool
from actif_rules.facturx.protocol import MAX_FILE_BYTES, read_frame, write_frame
from actif_rules.facturx.schema import schema_file

WORKER = LIB / "actif_rules" / "facturx" / "worker.py"
LOOP = "while True: pass"
LEAVES_A_GRANDCHILD = """
import pathlib, subprocess
nowhere = subprocess.DEVNULL
left = subprocess.Popen(["sleep", "1000"], stdin=nowhere, stdout=nowhere)
pathlib.Path({told!r}).write_text(str(left.pid))
"""


def refusal_of(content, read=extract):
    with pytest.raises(RuleError) as refusal:
        read(content)
    return refusal.value


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Puts another script in the child's place, with one second to answer."""

    def replace(source):
        script = tmp_path / "worker.py"
        script.write_text(source)
        monkeypatch.setattr(facturx_child, "_WORKER", script)
        monkeypatch.setattr(facturx_protocol, "MAX_SECONDS", 1)

    pool = Pool()
    monkeypatch.setattr(facturx_extract, "_POOL", pool)
    yield replace
    pool.close()


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


# --- what it gives -----------------------------------------------------------------


def test_a_pdf_gives_its_invoice(sample):
    extracted = extract(pdf_with(("FACTUR-X.xml", sample)))

    assert (extracted.kind, extracted.attachment_name) == ("pdf", "FACTUR-X.xml")
    assert (extracted.xml, extracted.profile) == (sample, "EN16931")


def test_a_bare_xml_passes_through(sample):
    extracted = extract(sample)

    assert (extracted.kind, extracted.attachment_name) == ("xml", None)
    assert extracted.xml == sample


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_an_xml_in_any_encoding(worker, sample, encoding):
    declared = encoding.removesuffix("-sig")
    text = sample.decode().replace('encoding="UTF-8"', f'encoding="{declared}"')
    xml = text.encode(encoding)
    assert worker.extract(xml).xml == xml


@pytest.mark.parametrize(
    ("content", "code", "facts"),
    [
        (b"", "not_pdf_nor_xml", {"reason": "unknown"}),
        (b"hello", "not_pdf_nor_xml", {"reason": "unknown"}),
        (b"<!-- %PDF-1.7 --><a/>", "not_pdf_nor_xml", {"reason": "both"}),
        (b" " * (MAX_FILE_BYTES + 1), "too_big", {"what": "file"}),
        (b"<a>" + b" " * 1024 * 1024, "too_big", {"what": "xml"}),
    ],
)
def test_some_files_are_not_worth_a_child(monkeypatch, content, code, facts):
    monkeypatch.setattr(facturx_extract, "_POOL", None)
    error = refusal_of(content)

    assert error.code == code
    assert facts.items() <= error.facts.items()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "not_pdf_nor_xml"),
        (b"%PDF-1.7\n" + b"1 0 obj\n" * 1000, "not_pdf_nor_xml"),
        (b"<a", "not_cii"),
        (b"<a/>", "not_cii"),
    ],
)
def test_the_childs_refusals_come_back(worker, content, code):
    assert refusal_of(content, worker.extract).code == code
    assert worker.alive


def test_facts_with_several_values_come_back(worker, sample):
    other = edited(sample, ("FA-2026-001", "FA-2026-002"))
    pdf = pdf_with(("a.xml", sample), ("b.xml", other))
    assert refusal_of(pdf, worker.extract).facts == {"found": ("a.xml", "b.xml")}


def test_an_invoice_against_its_schema_is_refused_with_the_line(worker, sample):
    xml = edited(sample, ("<ram:TypeCode>380</ram:TypeCode>", ""))
    error = refusal_of(xml, worker.extract)

    assert error.code == "xsd_invalid"
    assert error.facts["error"].startswith("line 2: Element '{ram}IssueDateTime'")
    assert not error.facts["error"].endswith("."), "a sentence is made of it"


def test_bt_82_does_not_exist_in_basic(worker, sample):
    basic = "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic"
    xml = edited(sample, (">urn:cen.eu:en16931:2017<", f">{basic}<"))
    assert "Information" in refusal_of(xml, worker.extract).facts["error"]


@pytest.mark.parametrize(
    "profile", ["MINIMUM", "BASICWL", "BASIC", "EN16931", "EXTENDED"]
)
def test_the_library_has_every_schema(profile):
    assert schema_file(profile).is_file()


def test_a_library_without_the_schema_is_noticed():
    with pytest.raises(FileNotFoundError, match="Factur-X_ZERO"):
        schema_file("ZERO")


# --- one child, many files; many threads -------------------------------------------


def test_a_warm_child_reads_one_file_after_another(sample):
    pdf = pdf_with(("factur-x.xml", sample))
    with Worker() as warm:
        for content in (sample, pdf, b"%PDF-", sample, pdf):
            try:
                assert warm.extract(content).xml == sample
            except RuleError as error:
                assert (error.code, content) == ("not_pdf_nor_xml", b"%PDF-")
        assert warm.alive
    assert not warm.alive


def test_threads_read_at_the_same_time(sample):
    files = [edited(sample, ("FA-2026-001", f"FA-{n}")) for n in range(6)]
    with ThreadPoolExecutor(3) as pool:
        assert [found.xml for found in pool.map(extract, files)] == files


# --- a child that went bad ---------------------------------------------------------


def test_a_child_that_does_not_answer_is_ended_with_its_group(child, sample, tmp_path):
    told = tmp_path / "pid"
    child(LEAVES_A_GRANDCHILD.format(told=str(told)) + LOOP)
    start = time.monotonic()
    worker = Worker()
    error = refusal_of(sample, worker.extract)

    assert error.code == "too_slow"
    assert time.monotonic() - start < 4
    assert not worker.alive
    worker.close()
    wait_until_ended(int(told.read_text()))


def test_what_a_dead_child_left_behind_is_ended_too(child, sample, tmp_path):
    told = tmp_path / "pid"
    child(LEAVES_A_GRANDCHILD.format(told=str(told)))
    with Worker() as worker:
        assert refusal_of(sample, worker.extract).facts["detail"] == "crash"
    wait_until_ended(int(told.read_text()))


def test_a_child_that_does_not_even_listen(child, sample):
    child(LOOP)
    assert refusal_of(pdf_with(("a.bin", bytes(2_000_000)))).code == "too_slow"


@pytest.mark.parametrize(
    "source",
    [
        "raise SystemExit(1)",
        "import os; os.kill(os.getpid(), 11)",
        "import sys; sys.stdin.buffer.read(100); sys.exit()",
        "import sys; sys.stdout.buffer.write(b'\\0\\0')",
        "import sys; sys.stdout.buffer.write(b'\\xff' * 1000)",
        f"import os; os.write(1, b'\\xff' * 9); os.close(1); {LOOP}",
    ],
)
def test_a_child_that_dies_costs_its_file_only(child, sample, source):
    child(source.replace("; while", "\nwhile"))
    error = refusal_of(sample)
    assert (error.code, error.facts["reason"]) == ("not_pdf_nor_xml", "damaged")


def test_a_child_that_may_not_use_the_processor_any_more(child, sample):
    child("import os; os.kill(os.getpid(), 24)")
    assert refusal_of(sample).code == "too_slow"


def test_a_missing_library_is_no_fault_of_the_file(child, sample):
    child("raise SystemExit(3)")
    with pytest.raises(NotInstalled, match="pypdf"):
        extract(sample)


def test_a_code_that_no_child_of_ours_gives(child, sample):
    child(
        "import sys\n"
        "def frame(d): sys.stdout.buffer.write(len(d).to_bytes(4, 'big') + d)\n"
        'frame(b\'{"code": "own_company", "facts": {}}\'); frame(b"")\n'
    )
    with pytest.raises(ValueError, match="nonsense"):
        extract(sample)


# --- the limits the child sets itself ----------------------------------------------

IN_CHILD = """
import runpy, sys
worker = runpy.run_path(sys.argv[1], run_name="worker")
"""


def in_child(code):
    """What a fresh process says after running `code` with the worker's functions."""
    command = [sys.executable, "-I", "-B", "-c", IN_CHILD + code, str(WORKER)]
    return subprocess.run(command, capture_output=True, timeout=30, text=True)


def test_memory_is_limited():
    done = in_child(
        "import resource\n"
        "worker['_limit'](resource.RLIMIT_AS, 512 * 2**20)\n"
        "try: bytearray(600 * 2**20)\n"
        "except MemoryError: print('refused')\n"
    )
    assert done.stdout == "refused\n"


def test_a_child_has_its_limits_before_it_reads(sample):
    with Worker() as worker:
        worker.extract(sample)
        lines = Path(f"/proc/{worker.pid}/limits").read_text().splitlines()
    limits = {line[:25].strip(): line[25:].split()[:2] for line in lines}

    assert limits["Max address space"] == [str(512 * 2**20)] * 2
    assert limits["Max file size"] == limits["Max core file size"] == ["0", "0"]
    assert limits["Max open files"] == ["32", "32"]
    assert 5 <= int(limits["Max cpu time"][0]) <= 7


def test_processor_time_is_limited():
    done = in_child("worker['_allow_cpu'](1)\nwhile True: pass")
    assert done.returncode == -24


@pytest.mark.parametrize(
    "act",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.Popen(['true'])",
        "import os; os.system('true')",
        "import os; os.posix_spawn('/bin/true', ['true'], {})",
        "open('/tmp/never', 'w')",
        "import os; os.open('/tmp/never', os.O_CREAT)",
        "import os; os.remove('/tmp/never')",
    ],
)
def test_no_network_no_process_no_file(act):
    done = in_child(f"sys.addaudithook(worker['_watch'])\n{act}")
    assert "PermissionError" in done.stderr.splitlines()[-1]


def test_files_may_still_be_read():
    done = in_child(
        "sys.addaudithook(worker['_watch'])\nprint(len(open(sys.argv[1]).read()) > 0)"
    )
    assert done.stdout == "True\n"


def test_the_worker_is_never_imported_by_accident():
    """Run as anything but a script, it reads nothing and answers nothing."""
    before = dict(sys.modules), list(sys.path)
    try:
        assert callable(runpy.run_path(str(WORKER), run_name="worker")["main"])
    finally:
        sys.modules.clear()
        sys.modules.update(before[0])
        sys.path[:] = before[1]


# --- frames ------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=100)))
def test_frames_arrive_as_they_left(frames):
    stream = BytesIO()
    for frame in frames:
        write_frame(stream, frame)
    stream.seek(0)

    assert [read_frame(stream, 100) for _ in frames] == frames
    assert read_frame(stream, 100) is None


@given(st.binary(min_size=1, max_size=50), st.data())
def test_a_frame_cut_short_or_too_long_is_none(frame, data):
    stream = BytesIO()
    write_frame(stream, frame)
    whole = stream.getvalue()
    cut = data.draw(st.integers(0, len(whole) - 1))

    assert read_frame(BytesIO(whole[:cut]), 100) is None
    assert read_frame(BytesIO(whole), len(frame) - 1) is None
