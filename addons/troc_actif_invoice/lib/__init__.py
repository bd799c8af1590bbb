"""Code of the addon that knows nothing of Odoo."""
