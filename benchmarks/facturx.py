#!/usr/bin/env python3
"""Our reading of Factur-X files against factur-x 7.8 and Odoo's own import, in one run.

    benchmarks/facturx.py [--json] [--rounds 3] [--odoo 60] [--big 1,5,50] [--limit 120]
                          [--files ../shared/facturx]

Same files for all: the public ones of that folder, invoices of 1, 5 and 50 MB,
small PDFs that inflate. Each contender is a process of its own with 4 GB at most, and
`--limit` seconds a file. Odoo imports so many of the public ones, spread evenly, into
books with the French chart; `--odoo 0` leaves it out.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from troc_dev import cli
from troc_dev.bench import facturx

sys.exit(cli.guarded(facturx.main))
