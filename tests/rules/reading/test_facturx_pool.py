"""Children kept warm: fast in a row, apart from each other, and never left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from io import BytesIO

import pypdf
import pytest
from pypdf.generic import NameObject
from rules_processes import open_files, running, wait_until, wait_until_ended, zombie
from rules_samples import LIB, edited, pdf_with, saved

from actif_rules.errors import RuleError
from actif_rules.facturx import pool as facturx_pool
from actif_rules.facturx import protocol as facturx_protocol
from actif_rules.facturx.extract import extract
from actif_rules.facturx.pool import MAX_IDLE, MAX_REQUESTS, Pool


@pytest.fixture
def pool():
    pool = Pool()
    yield pool
    pool.close()


@pytest.fixture
def one_second(monkeypatch):
    """Time-outs and waiting end after one second."""
    monkeypatch.setattr(facturx_protocol, "MAX_SECONDS", 1)


def read(pool, content):
    """(id of the child, XML or code) of one file."""
    with pool.borrowed() as worker:
        try:
            return worker.pid, worker.extract(content).xml
        except RuleError as error:
            return worker.pid, error.code


def numbered(sample, count):
    return [edited(sample, ("FA-2026-001", f"FA-{n}")) for n in range(count)]


# --- in a row ----------------------------------------------------------------------


@pytest.fixture
def big_parent():
    """Memory held by this process, as Odoo's does, while its children start."""
    held = bytearray(400 * 1024 * 1024)
    held[::4096] = b"x" * len(held[::4096])
    yield
    del held


def test_a_child_of_a_big_parent_is_kept(pool, sample, big_parent):
    """Linux hands the peak of a parent's memory down to what it starts."""
    pids = {read(pool, sample)[0] for _ in range(3)}
    assert len(pids) == 1


def test_files_in_a_row_are_read_by_one_child(pool, sample):
    contents = [sample, pdf_with(("factur-x.xml", sample)), b"%PDF-", sample]
    pids, found = zip(*(read(pool, content) for content in contents), strict=True)

    assert found == (sample, sample, "not_pdf_nor_xml", sample)
    assert len(set(pids)) == 1


def test_nothing_is_left_behind(sample):
    extract(sample)
    before = open_files()
    for content in (sample, b"%PDF-", sample):
        try:
            extract(content)
        except RuleError:
            continue
    assert open_files() <= before
    assert zombie() is None


# --- threads -----------------------------------------------------------------------


def test_threads_read_at_the_same_time(pool, sample):
    files = numbered(sample, 60)
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda content: read(pool, content)[1], files))
    assert found == files


def test_no_two_threads_have_the_same_child(sample):
    pool = Pool(max_lent=4)
    everyone = threading.Barrier(4)

    def borrow(_number):
        with pool.borrowed() as worker:
            everyone.wait(20)
            return worker.pid

    with ThreadPoolExecutor(4) as threads:
        first = set(threads.map(borrow, range(4)))
        second = set(threads.map(borrow, range(4)))
    assert len(first) == len(second) == 4
    assert len(first & second) == MAX_IDLE
    assert len([pid for pid in first | second if running(pid)]) == MAX_IDLE
    pool.close()
    for pid in first | second:
        wait_until_ended(pid)


def test_as_many_are_lent_as_is_good_for_the_machine():
    pool = Pool(max_lent=1)
    borrowed = threading.Event()

    def borrow():
        with pool.borrowed():
            borrowed.set()

    other = threading.Thread(target=borrow)
    with pool.borrowed():
        other.start()
        assert not borrowed.wait(0.3)
    assert borrowed.wait(20)
    other.join()
    pool.close()


def test_borrowing_twice_in_one_thread_ends_well(one_second, sample):
    pool = Pool(max_lent=1)
    with pool.borrowed() as first, pool.borrowed() as second:
        assert first.pid != second.pid
        assert second.extract(sample).xml == first.extract(sample).xml
    pool.close()


# --- not kept ----------------------------------------------------------------------


def test_a_child_serves_so_many_files_and_no_more(pool, sample):
    before = open_files()
    pids = [read(pool, sample)[0] for _ in range(MAX_REQUESTS + 2)]
    first, last = pids[0], pids[-1]

    assert pids == [first] * MAX_REQUESTS + [last] * 2
    assert first != last
    wait_until_ended(first)
    pool.close()
    assert open_files() <= before


def test_an_idle_child_ends_after_a_while(sample):
    before = open_files()
    pool = Pool(idle_seconds=1)
    pid, _ = read(pool, sample)
    time.sleep(0.7)
    assert read(pool, sample)[0] == pid
    time.sleep(0.7)
    assert running(pid), "it was used in between"
    wait_until_ended(pid)
    wait_until(lambda: open_files() <= before)
    assert zombie() is None
    assert read(pool, sample)[1] == sample
    pool.close()


def test_both_idle_children_end(sample):
    pool = Pool(idle_seconds=0.4, max_lent=2)
    with pool.borrowed() as one, pool.borrowed() as other:
        pids = one.pid, other.pid
    for pid in pids:
        wait_until_ended(pid)


def test_a_child_that_died_idle_is_not_lent(pool, sample):
    pid, _ = read(pool, sample)
    os.kill(pid, signal.SIGKILL)
    wait_until_ended(pid)
    other, xml = read(pool, sample)

    assert (other != pid, xml) == (True, sample)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL, signal.SIGXCPU])
def test_a_child_that_dies_costs_one_file(pool, sample, number):
    before = open_files()
    with pool.borrowed() as worker:
        os.kill(worker.pid, number)
        with pytest.raises(RuleError) as refusal:
            worker.extract(sample)
    assert open_files() <= before, "it is not kept"
    slow = number == signal.SIGXCPU
    assert refusal.value.code == ("too_slow" if slow else "not_pdf_nor_xml")
    assert read(pool, sample)[1] == sample


def test_a_child_that_takes_too_long_costs_one_file(one_second, pool, sample):
    with pool.borrowed() as worker:
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(RuleError) as refusal:
            worker.extract(sample)
    assert refusal.value.code == "too_slow"
    wait_until_ended(worker.pid)
    assert read(pool, sample)[1] == sample


class Interruption(Exception):
    """As a server raises it, from a signal, in a request that takes too long."""


def test_the_answer_to_an_interrupted_request_goes_to_nobody(pool, sample):
    def interrupt(*_):
        raise Interruption

    before = signal.signal(signal.SIGALRM, interrupt)
    one, other = numbered(sample, 2)
    try:
        with pytest.raises(Interruption), pool.borrowed() as worker:
            assert worker.extract(sample).xml == sample
            os.kill(worker.pid, signal.SIGSTOP)
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            worker.extract(one)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    pid, xml = read(pool, other)
    assert (xml, pid != worker.pid) == (other, True)


def test_a_child_that_has_grown_is_replaced(pool, sample):
    """Its memory might be missing for the next file."""
    pid, code = read(pool, pdf_that_inflates(19 * 1024 * 1024, 15))

    assert code == "no_invoice_inside"
    other, xml = read(pool, sample)
    assert (xml, other != pid) == (sample, True)


def pdf_that_inflates(size, attachments):
    """A PDF with so many attachments of `size` zeros each; small as it stands."""
    writer = pypdf.PdfWriter(
        clone_from=BytesIO(pdf_with(*[("zeros", b"")] * attachments))
    )
    zeros = zlib.compress(bytes(size))
    for spec in writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"][1::2]:
        stream = spec.get_object()["/EF"]["/F"]
        stream.set_data(zeros)
        stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    return saved(writer)


# --- forks, and the end of the parent ----------------------------------------------

PARENT = """
import os, sys, threading
sys.path.insert(0, sys.argv[1])
from actif_rules.facturx import extract as facturx_extract
from actif_rules.facturx.extract import borrowed, extract
xml = sys.stdin.buffer.read()
def read():
    with borrowed() as worker:
        assert worker.extract(xml).xml == xml
        return worker.pid
def tell(*values):
    print(*values, flush=True)
"""


@pytest.fixture
def parent(sample):
    """Starts a script like `PARENT` and gives (process, the ids it tells first)."""
    with ExitStack() as stack:

        def start(code):
            process = subprocess.Popen(
                [sys.executable, "-c", PARENT + code, str(LIB)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            stack.callback(process.wait)
            stack.callback(end_group, process.pid)
            stack.enter_context(process.stdout)
            # A deadlock becomes a failure.
            patience = threading.Timer(30, end_group, [process.pid])
            stack.callback(patience.cancel)
            patience.start()
            process.stdin.write(sample)
            process.stdin.close()
            return process, list(map(int, process.stdout.readline().split()))

        yield start


def end_group(pid):
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


FORKS = """
mine = read()
held = threading.Event()
def hold():  # a thread that the fork will not have holds every lock
    with facturx_extract._POOL._lock:
        held.set()
        threading.Event().wait(2)
threading.Thread(target=hold, daemon=True).start()
held.wait()
if not (pid := os.fork()):
    tell(mine, read(), read())
    os._exit(0)
assert os.waitpid(pid, 0)[1] == 0
tell(read())
"""


def test_a_fork_has_children_of_its_own(parent):
    process, (mine, forks, forks_again) = parent(FORKS)

    assert mine != forks == forks_again
    assert int(process.stdout.readline()) == mine, "the parent's child was hurt"
    assert process.wait(20) == 0


FORKS_WHILE_BORROWING = """
with borrowed() as worker:
    if not (pid := os.fork()):
        try:
            worker.extract(xml)
        except RuntimeError:
            assert not worker.alive
            worker.close()
            tell(worker.pid, read())
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0
    assert worker.extract(xml).xml == xml
assert read() == worker.pid
"""


def test_a_fork_does_not_touch_a_borrowed_child(parent):
    process, (mine, forks) = parent(FORKS_WHILE_BORROWING)

    assert mine != forks
    assert process.wait(20) == 0


def test_a_child_ends_with_its_parent(parent):
    process, (pid,) = parent("tell(read())")

    assert process.wait(20) == 0
    wait_until_ended(pid)


def test_a_child_ends_with_a_parent_that_is_killed(parent):
    process, (pid,) = parent("tell(read())\nthreading.Event().wait(60)")
    assert running(pid)
    process.kill()
    wait_until_ended(pid)


FORKS_AND_WAITS = """
with borrowed() as worker:
    if fork := os.fork():
        tell(worker.pid, fork)
    threading.Event().wait(60)
"""


def test_a_fork_that_lives_on_keeps_no_child_of_its_parent(parent):
    process, (pid, fork) = parent(FORKS_AND_WAITS)
    process.kill()
    wait_until_ended(pid)
    assert running(fork)


def test_the_limits_are_those_that_were_agreed():
    assert (MAX_IDLE, facturx_pool.MAX_IDLE_SECONDS, MAX_REQUESTS) == (2, 60, 200)
