"""Step 1 of reading an upload: from the bytes received to the XML of one invoice.

Source: FACTURX.md, "Reading". A child process without Odoo does the work, under limits
it sets itself (no `preexec_fn`: that is unsafe in a threaded server) and a wall clock
kept here; it runs in a session of its own and is killed with its whole group. Nothing
it answers is trusted beyond its size and form.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

from . import facturx_protocol as protocol
from .errors import RuleError
from .facturx_received import kind_received
from .facturx_xml import MAX_XML_BYTES

CODES = frozenset(
    "not_pdf_nor_xml encrypted no_invoice_inside several_invoices too_big not_cii "
    "profile_unsupported xsd_invalid".split()
)
_WORKER = Path(__file__).with_name("facturx_worker.py")
_LIBRARIES = ("lxml", "pypdf", "facturx")


@dataclass(frozen=True)
class Extracted:
    """The XML of one invoice, valid against the schema of its profile.

    `kind` is "pdf" or "xml": what was received. `attachment_name` is the cleaned name
    of the attachment, still to be escaped; None for a bare XML.
    """

    kind: str
    xml: bytes
    attachment_name: str | None
    profile: str


class NotInstalled(RuntimeError):
    """The child cannot find lxml, pypdf or factur-x: the set-up is at fault."""


def extract(content: bytes) -> Extracted:
    """The invoice inside an uploaded file.

    Raises RuleError `too_big`, `not_pdf_nor_xml`, `encrypted`, `no_invoice_inside`,
    `several_invoices`, `not_cii`, `profile_unsupported`, `xsd_invalid`, `too_slow`.
    Takes 5 seconds at most, and as long as a Python to start at least.
    """
    kind_received(content)
    with Worker() as worker:
        return worker.extract(content)


class Worker:
    """One extraction child, for one file or for many; not for two threads at once.

    After `too_slow`, or a child that died, `alive` is False: start another.
    """

    def __init__(self) -> None:
        self._expired = self._killed = False
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(_WORKER), *_library_folders()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_exception) -> None:
        self.close()

    @property
    def alive(self) -> bool:
        """True while it can take a file."""
        if self._process.poll() is not None:
            self._kill()
        return not self._killed

    def close(self) -> None:
        """Ends the child and its group, whatever it is doing."""
        self._kill()
        self._process.wait()
        # The buffer of a pipe that broke cannot be flushed on close.
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                pipe.close()

    def extract(self, content: bytes) -> Extracted:
        """Like the function `extract`, in this child."""
        kind = kind_received(content)
        answer = self._ask(content)
        if answer is None:
            raise self._death()
        head, xml = answer
        if "code" in head:
            raise _refusal(head)
        name = head["attachment_name"]
        return Extracted(kind, xml, name and str(name), str(head["profile"]))

    def _ask(self, content: bytes) -> tuple[dict, bytes] | None:
        timer = Timer(protocol.MAX_SECONDS, self._expire)
        timer.start()
        try:
            return self._exchange(content)
        finally:
            timer.cancel()
            timer.join()

    def _exchange(self, content: bytes) -> tuple[dict, bytes] | None:
        try:
            protocol.write_frame(self._process.stdin, content)
        except BrokenPipeError:
            return None
        head = protocol.read_frame(self._process.stdout, protocol.MAX_HEAD_BYTES)
        xml = protocol.read_frame(self._process.stdout, MAX_XML_BYTES)
        return None if head is None or xml is None else (json.loads(head), xml)

    def _death(self) -> RuleError | NotInstalled:
        """Why there was no answer."""
        self._kill()
        status = self._process.wait()
        if status == protocol.EXIT_NOT_INSTALLED:
            return NotInstalled(f"{sys.executable} needs {', '.join(_LIBRARIES)}")
        if self._expired or status == -signal.SIGXCPU:
            return RuleError("too_slow", limit=protocol.MAX_SECONDS)
        return RuleError("not_pdf_nor_xml", reason="damaged", detail="crash")

    def _expire(self) -> None:
        self._expired = True
        self._kill()

    def _kill(self) -> None:
        """Ends the group, once: afterwards its number may become another's."""
        if not self._killed:
            self._killed = True
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


def _refusal(head: dict) -> RuleError:
    code, facts = head["code"], head["facts"]
    if code not in CODES:
        raise ValueError("the extraction child answers nonsense")
    return RuleError(code, **{key: _fact(value) for key, value in facts.items()})


def _fact(value: object) -> object:
    return tuple(map(str, value)) if isinstance(value, list) else value


def _library_folders() -> list[str]:
    specs = map(find_spec, _LIBRARIES)
    return sorted({str(Path(spec.origin).parents[1]) for spec in specs if spec})
