"""The extraction child as its parent sees it: started, asked, ended.

Source: FACTURX.md, "Reading". The child works under limits it sets itself (no
`preexec_fn`: that is unsafe in a threaded server) and a wall clock kept here; it runs
in a session of its own and is killed with its whole group. Nothing it answers is
trusted beyond its size and form.
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
from weakref import WeakSet

from ..errors import RuleError
from . import protocol
from .cii import MAX_XML_BYTES
from .received import is_pdf, kind_received

CODES = frozenset(
    "not_pdf_nor_xml encrypted no_invoice_inside several_invoices too_big not_cii "
    "encoding_unknown encoding_mismatch profile_unsupported xsd_invalid".split()
)
_WORKER = Path(__file__).with_name("worker.py")
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


class Worker:
    """One extraction child, for one file or for many; not for two threads at once.

    After `too_slow`, or a child that died, `alive` is False: start another. So it is
    in a forked process, which has no part in the children of the one it comes from.
    """

    def __init__(self) -> None:
        self.requests = 0
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
        _of_this_process.add(self)

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_exception) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The id of the child, which is also that of its group."""
        return self._process.pid

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
        """Like `extract.extract`, in this child."""
        kind = kind_received(content)
        head, xml = self._ask(protocol.INVOICE, content, MAX_XML_BYTES)
        name = head["attachment_name"]
        return Extracted(kind, xml, name and str(name), str(head["profile"]))

    def page_text(self, content: bytes) -> str | None:
        """Like `extract.page_text`, in this child."""
        if not is_pdf(content):
            return None
        try:
            _, text = self._ask(protocol.PAGE_TEXT, content, protocol.MAX_TEXT_BYTES)
        except RuleError:
            return None
        return text.decode("utf-8", "ignore").strip() or None

    def _ask(self, wish: bytes, content: bytes, limit: int) -> tuple[dict, bytes]:
        """The child's answer: its head, and a body of at most `limit` bytes.

        Raises what the child refused with, or why there is no answer.
        """
        if self._killed:
            raise RuntimeError("this child has ended, or is another process's")
        self.requests += 1
        timer = Timer(protocol.MAX_SECONDS, self._expire)
        timer.start()
        try:
            answer = self._exchange(wish, content, limit)
        except BaseException:
            # The answer may still come: nobody must take it for that to another file.
            self._kill()
            raise
        finally:
            timer.cancel()
            timer.join()
        if answer is None:
            raise self._death()
        return self._checked(*answer)

    def _exchange(
        self, wish: bytes, content: bytes, limit: int
    ) -> tuple[dict, bytes] | None:
        try:
            protocol.write_frame(self._process.stdin, wish)
            protocol.write_frame(self._process.stdin, content)
        except BrokenPipeError:
            return None
        head = protocol.read_frame(self._process.stdout, protocol.MAX_HEAD_BYTES)
        body = protocol.read_frame(self._process.stdout, limit)
        return None if head is None or body is None else (json.loads(head), body)

    def _checked(self, head: dict, body: bytes) -> tuple[dict, bytes]:
        if head.get("last"):
            self._kill()
        if "code" not in head:
            return head, body
        code, facts = head["code"], head["facts"]
        if code not in CODES:
            self._kill()
            raise ValueError("the extraction child answers nonsense")
        raise RuleError(code, **{key: _fact(value) for key, value in facts.items()})

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

    def _disown(self) -> None:
        """In a forked process: lets go of the pipes and of the child, untouched."""
        self._killed = True
        # Nobody waits for it here, or takes a later process of that number for it.
        self._process.returncode = -signal.SIGKILL
        nowhere = os.open(os.devnull, os.O_RDWR)
        for pipe in (self._process.stdin, self._process.stdout):
            # Not closed: that would flush into the pipe what another thread left.
            if not pipe.closed:
                os.dup2(nowhere, pipe.fileno(), inheritable=False)
        os.close(nowhere)


_of_this_process: WeakSet[Worker] = WeakSet()


def _disown_all() -> None:
    for worker in list(_of_this_process):
        worker._disown()
    _of_this_process.clear()


os.register_at_fork(after_in_child=_disown_all)


def _fact(value: object) -> object:
    return tuple(map(str, value)) if isinstance(value, list) else value


def _library_folders() -> list[str]:
    specs = map(find_spec, _LIBRARIES)
    return sorted({str(Path(spec.origin).parents[1]) for spec in specs if spec})
