"""What benchmarks/*.py call: each measures on databases of its own, some in Odoo."""
