"""./scripts/verify: `inside.py` runs in Odoo."""
