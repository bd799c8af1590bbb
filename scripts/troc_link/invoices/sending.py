"""How files reach the animator: over an open link, or as from the member's own pages.

Either way a file that is there already is told as known, so that all may be repeated.
"""

import hashlib

from troc_link.errors import Refused
from troc_link.invoices import files

LIVE = ("draft", "submitted", "validated")
KNOWN = ["name", "state", "document_number", "document_sha256"]


def sender(network):
    """Return the function that sends a batch of files, for this member."""
    link = network.hello()["link"]
    linked = link and link["state"] == "active"
    send = _over_link if linked else _as_on_pages
    return lambda batch: _with_troubles(batch, lambda good: send(network, good))


def _with_troubles(batch, send):
    """Return what became of the files of a batch, in their order."""
    good = [file for file in batch if not file.trouble]
    answers = iter(send(good) if good else ())
    return [
        {"file": file.path, "result": "refused", "message": file.trouble}
        if file.trouble
        else {"file": file.path, **next(answers)}
        for file in batch
    ]


def _over_link(network, good):
    return network.push([files.document(file) for file in good])


def _as_on_pages(network, good):
    """Send one by one, as the portal does, those that are not there yet."""
    marks = [hashlib.sha256(file.content).hexdigest() for file in good]
    rows = network.client.call(
        "troc.compensation",
        "search_read",
        domain=[("document_sha256", "in", marks), ("state", "in", LIVE)],
        fields=KNOWN,
    )
    known = {row["document_sha256"]: row for row in rows}
    return [
        _told_known(known[mark]) if mark in known else _submitted(network, file)
        for mark, file in zip(marks, good, strict=True)
    ]


def _told_known(row):
    return {
        "result": "known",
        "compensation": row["name"],
        "state": row["state"],
        "number": row["document_number"],
        "message": "",
    }


def _submitted(network, file):
    try:
        told = network.client.call(
            "troc.compensation", "submit_document", **files.document(file)
        )
    except Refused as error:
        return {"result": "refused", "message": str(error)}
    return {
        "result": "draft" if told["state"] == "draft" else "submitted",
        "compensation": told["name"],
        "state": told["state"],
        "message": told["message"],
    }
