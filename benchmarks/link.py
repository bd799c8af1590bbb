#!/usr/bin/env python3
"""A member's link: invoices pushed and entries pulled in bulk, against one by one.

    benchmarks/link.py [--json] [--documents 1000] [--naive 20]

Two Odoos on databases of their own: the demonstration's network, and a member without
our addon.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from troc_dev import cli
from troc_dev.bench import link

sys.exit(cli.guarded(link.main))
