"""The extraction child: opens files from outside, where that can hurt nobody.

A script, run by path with `python -I -B`, never imported. It limits itself before it
reads its first byte: memory, processor time per file, no file written, no process, no
socket. It knows nothing of Odoo, which lifts pypdf's limits process-wide.
"""

import json
import os
import re
import resource
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

HERE = Path(__file__).resolve()
# The folder that holds `actif_rules`, however deep in it this script lies.
sys.path.insert(0, str(next(f for f in HERE.parents if f.name == "actif_rules").parent))
# Where the parent found its libraries, for set-ups that are not in site-packages.
sys.path.extend(folder for folder in sys.argv[1:] if folder not in sys.path)
# Nothing is decrypted and no image is opened here: pypdf then loads twice as fast.
sys.modules["PIL"] = sys.modules["cryptography"] = None

protocol = import_module("actif_rules.facturx.protocol")

FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn")
FORBIDDEN_ALONE = ("os.system", "os.forkpty", "os.spawn", "os.remove", "os.rename")
MAX_OPEN_FILES = 32


def main() -> None:
    """Answers requests until the parent closes the pipe."""
    _limit(resource.RLIMIT_AS, protocol.MAX_MEMORY_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, MAX_OPEN_FILES)
    _check_installed()
    sys.addaudithook(_watch)
    # Whatever prints must not get between the frames.
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    while request := _request(sys.stdin.buffer):
        _allow_cpu(protocol.MAX_SECONDS)
        head, body = _answer(*request)
        head["last"] = _has_grown()
        protocol.write_frame(answers, json.dumps(head).encode())
        protocol.write_frame(answers, body)
        if head["last"]:
            return


def _request(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """What is wanted, and of which file; None when the parent is gone."""
    wish = protocol.read_frame(stream, protocol.MAX_WISH_BYTES)
    content = protocol.read_frame(stream, protocol.MAX_FILE_BYTES)
    return None if wish is None or content is None else (wish, content)


def _answer(wish: bytes, content: bytes) -> tuple[dict, bytes]:
    from actif_rules.errors import RuleError

    try:
        return {protocol.INVOICE: _invoice, protocol.PAGE_TEXT: _text}[wish](content)
    except RuleError as refusal:
        return {"code": refusal.code, "facts": refusal.facts}, b""
    except MemoryError:
        limit = protocol.MAX_MEMORY_BYTES
        return {"code": "too_big", "facts": {"what": "memory", "limit": limit}}, b""


def _invoice(content: bytes) -> tuple[dict, bytes]:
    from actif_rules.facturx import cii, schema
    from actif_rules.facturx.received import kind_received

    name, xml = None, content
    if kind_received(content) == "pdf":
        from actif_rules.facturx.pdf import invoice_in

        found = invoice_in(content)
        name, xml = found.name, found.data
    root = cii.parse(xml)
    cii.check_cii(root)
    profile, name_of_schema = cii.profile_of(root)
    schema.check_schema(root, name_of_schema)
    return {"attachment_name": name, "profile": profile}, xml


def _text(content: bytes) -> tuple[dict, bytes]:
    from actif_rules.facturx.pdf import text_in

    text = text_in(content).encode("utf-8", "replace")
    return {}, text[: protocol.MAX_TEXT_BYTES]


def _has_grown() -> bool:
    """True when the memory a file took might be missing for the next one.

    Not `ru_maxrss`: Linux hands a parent's down through exec, and Odoo is a big one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return False
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text()) or ["0"]
    return int(peak) * 1024 > protocol.MAX_MEMORY_BYTES // 2


def _check_installed() -> None:
    if not all(map(find_spec, ("lxml", "pypdf", "facturx"))):
        sys.exit(protocol.EXIT_NOT_INSTALLED)


def _limit(which: int, value: int) -> None:
    """Lowers a limit for good; where the system cannot, the wall clock still holds."""
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        resource.setrlimit(which, (value, value))
    except (ValueError, OSError):
        return


def _allow_cpu(seconds: int) -> None:
    """So many more seconds of processor time; beyond them the kernel ends us."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _watch(event: str, args: tuple) -> None:
    """No network, no process, no file written: whatever a file talks pypdf into."""
    if event.startswith(FORBIDDEN) or event in FORBIDDEN_ALONE:
        raise PermissionError(event)
    if event == "open" and isinstance(args[2], int):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise PermissionError(event)


if __name__ == "__main__":
    main()
