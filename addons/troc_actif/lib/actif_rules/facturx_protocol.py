"""What the extraction child and its parent say to each other, and the common limits.

Frames on the child's standard input and output: four bytes of length, most significant
first, then as many bytes. A request is one frame, the file as received. An answer is
two: a JSON object, then the XML (empty for a refusal). Any number of requests may
follow one another, so that a child can be kept warm; one that dies costs the file it
was reading and no other.
"""

import struct
from typing import BinaryIO

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_HEAD_BYTES = 64 * 1024
MAX_SECONDS = 5
MAX_MEMORY_BYTES = 512 * 1024 * 1024
EXIT_NOT_INSTALLED = 3

_LENGTH = struct.Struct(">I")


def write_frame(stream: BinaryIO, data: bytes) -> None:
    """Writes one frame and flushes."""
    stream.write(_LENGTH.pack(len(data)) + data)
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
