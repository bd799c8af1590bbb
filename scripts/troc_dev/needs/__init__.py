"""What commands need, each made or found where it is missing; `setup.py` asks for all.

Debian's packages, the Python environment, Odoo's source, PostgreSQL, databases, an Odoo
that answers, a browser.
"""
