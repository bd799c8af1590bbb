"""What the extraction child and its parent say to each other, and the common limits.

Frames on the child's standard input and output: four bytes of length, most significant
first, then as many bytes. A request is two frames: what is wanted (`INVOICE` or
`PAGE_TEXT`), then the file as received. An answer is two: a JSON object, then the XML
or the text in UTF-8 (empty for a refusal). Any number of requests may follow one
another, so that a child can be kept warm; one that dies costs the file it was reading
and no other. With "last" in the object the child says that it ends after this answer.
"""

import struct
from typing import BinaryIO

INVOICE, PAGE_TEXT = b"invoice", b"text"

MAX_WISH_BYTES = 16
MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_HEAD_BYTES = 64 * 1024
MAX_PAGES = 5
MAX_TEXT_BYTES = 100 * 1000
MAX_SECONDS = 5
MAX_MEMORY_BYTES = 512 * 1024 * 1024
EXIT_NOT_INSTALLED = 3

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Writes one frame and flushes."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO, limit: int) -> bytes | None:
    """One frame; None at the end of the stream, cut short, or longer than `limit`."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > limit:
        return None
    data = stream.read(length)
    return data if len(data) == length else None
