#!/usr/bin/env python3
"""The members' pages against Odoo's own portal pages, in one run on a big network.

    benchmarks/portal.py [--json] [--members 5000] [--listings 20000]
                         [--movements 200000] [--rounds 30] [--warm-up 3]

Makes the network by SQL in a database of its own that it drops, serves it, and asks
for each page over HTTP as a member who is signed in, all pages in turn.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from troc_dev import cli
from troc_dev.bench import portal

sys.exit(cli.guarded(portal.main))
