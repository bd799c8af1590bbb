"""How far this side has heard the network's register: kept here, beside its own count.

The entries in the books say what is posted; the cursor only tells when the register
went back behind what was heard, which happens where its database was restored.
"""

import contextlib
import json
import os

NAME = "link.state"


class Cursor:
    """The last movement heard of each network, in a file beside the settings."""

    def __init__(self, folder, network, company_id):
        self._path = folder / NAME
        self._key = f"{network} {company_id}"

    def last(self):
        """Return the movement up to which all was booked, 0 where unknown."""
        return self._read().get(self._key, 0)

    def keep(self, value):
        """Remember it; a file that cannot be written loses nothing but the warning."""
        known = {**self._read(), self._key: value}
        new = self._path.with_name(f"{NAME}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(known), encoding="utf-8")
            new.replace(self._path)

    def _read(self):
        with contextlib.suppress(OSError, ValueError):
            known = json.loads(self._path.read_text(encoding="utf-8"))
            if isinstance(known, dict):
                return known
        return {}


def went_back(last, link):
    """Tell whether the network's register is older than what was heard of it."""
    return link["cursor"] < last
