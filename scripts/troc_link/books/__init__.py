"""The member's end: what stands in the books of his own Odoo, and what is put there.

`ledger.Books` reads and writes entries; `refs.py` finds where, `found.py` what an entry
pays, `plan.py` says against what, `settle.py` reconciles. `versions.py` holds every
difference between versions of Odoo.
"""
