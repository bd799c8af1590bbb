#!/usr/bin/env python3
"""Validation of compensations against Odoo's own Register Payment, in one run.

    benchmarks/validate.py [--json] [--sizes 1,25,100,500] [--vat services|goods]
                           [--batch 100] [--singles 16]

Does its own set-up like ./scripts/test, on a database of its own that it drops.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from troc_dev.bench import common

sys.exit(common.run("validate", sys.argv[1:]))
