#!/usr/bin/env python3
"""A big network: balances, statement, register, verification, dashboard, justification.

    benchmarks/network.py [--json] [--members 10000] [--items 1000000] [--rounds 5]
                          [--alone]

Makes two networks by SQL, one ten times the size of the other, each in a database of
its own that it drops; `--alone` the big one only, which says nothing of growth.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from troc_dev import cli
from troc_dev.bench import network

sys.exit(cli.guarded(network.main))
