"""A ZIP written to a temporary file, an entry at a time: no export fills the memory."""

import csv
import io
import json
import re
import tempfile
import zipfile

from odoo.addons.troc_actif_invoice.lib.actif_rules.text import clean

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_STORED = (".zip", ".pdf", ".png", ".jpg", ".jpeg", ".webp")


class Archive:
    """Use it in a `with`; the file is gone afterwards, so keep it before."""

    def __enter__(self):
        self._file = tempfile.NamedTemporaryFile(prefix="troc-export-", suffix=".zip")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, *_error):
        self._zip.close()
        self._file.close()

    def finish(self):
        """Write the end of it; return the open file, to be read from its start."""
        self._zip.close()
        self._file.flush()
        self._file.seek(0)
        return self._file

    def csv(self, name, header, rows):
        """Write rows as they come, as French spreadsheets open them."""
        with self._zip.open(name, "w") as raw:
            text = io.TextIOWrapper(raw, "utf-8-sig", newline="")
            writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
            writer.writerow(header)
            writer.writerows(rows)
            text.flush()
            text.detach()

    def json(self, name, data):
        text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
        self._zip.writestr(name, text)

    def text(self, name, text):
        self._zip.writestr(name, text)

    def file(self, name, content):
        """Write a file; what is compressed already is stored as it is."""
        packed = name.lower().endswith(_STORED)
        method = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        self._zip.writestr(name, content or b"", method)


def safe_name(text, limit=80):
    """Return a text as the name of one file: no folders, no signs, never empty.

    >>> safe_name("../a b/c.pdf")
    'a_b_c.pdf'
    """
    return _UNSAFE.sub("_", clean(text or "", limit)).strip("._") or "fichier"
