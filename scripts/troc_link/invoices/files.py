"""Invoices in files: read as the network would, and sent in batches it takes."""

import base64
import datetime
import os
from dataclasses import dataclass
from pathlib import Path

from troc_link.clients.network import MAX_DOCUMENTS
from troc_link.errors import LinkError

MAX_BYTES = 20_000_000  # of one batch


@dataclass(frozen=True)
class File:
    """A file, and why it cannot be sent, if so."""

    path: str
    content: bytes = b""
    trouble: str = ""

    @property
    def name(self):
        """Return the name that the network is told."""
        return os.path.basename(self.path)


def opened(path):
    """Return a File; what keeps it from being read is in it."""
    try:
        if not Path(path).is_file():
            return File(path, trouble="fichier introuvable.")
        if Path(path).stat().st_size > MAX_BYTES:
            return File(path, trouble="le fichier dépasse 20 Mo.")
        return File(path, Path(path).read_bytes())
    except OSError as error:
        return File(path, trouble=f"il ne peut pas être lu ({error.strerror}).")


def batches(paths):
    """Yield lists of Files that may be sent at once; only one batch is in memory."""
    batch, size = [], 0
    for path in paths:
        file = opened(path)
        full = len(batch) == MAX_DOCUMENTS or size + len(file.content) > MAX_BYTES
        if batch and full:
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += len(file.content)
    if batch:
        yield batch


def document(file):
    """Return a file as the network takes it."""
    return {"name": file.name, "content": base64.b64encode(file.content).decode()}


def read(file):
    """Return (what the network would read, what speaks against it) of a File."""
    if file.trouble:
        return None, file.trouble
    # They take a while, and are needed for this alone
    from actif_rules.errors import RuleError
    from actif_rules.facturx.judge import judge
    from actif_rules.facturx.reader import read_document
    from troc_dev.read_invoice.french import sentence

    try:
        parsed = read_document(file.content)
    except RuleError as refusal:
        return None, sentence(refusal, file.path)
    today = datetime.datetime.now(datetime.timezone.utc).astimezone().date()
    faults = judge(parsed, today=today)
    return parsed, " ".join(sentence(fault, file.path) for fault in faults)


def written(path, text):
    """Write a text to a file, never half of it."""
    new = Path(f"{path}.{os.getpid()}")
    try:
        with open(new, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise LinkError(
            f"{path} ne peut pas être écrit ({error.strerror}).",
            "Donnez un autre fichier à -o.",
        ) from None
