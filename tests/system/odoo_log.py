"""What Odoo said while it installed, updated or served: what must not be in it."""

import re

from troc_dev import paths

RECORD = re.compile(r"^\d{4}-\d\d-\d\d [\d:,]+ \d+ ([A-Z]+) \S+ (.*)$")


def warnings(said):
    """Return the warnings of a log that are of our addons, and all errors."""
    records = []
    for line in said.replace(str(paths.ROOT), "").splitlines():
        found = RECORD.match(line)
        if found:
            records.append([found[1], found[2]])
        elif records:
            records[-1][1] += f"\n{line}"
    return [
        text
        for level, text in records
        if level in ("ERROR", "CRITICAL") or level == "WARNING" and "troc" in text
    ]
