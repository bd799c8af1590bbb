"""The link between a member's own Odoo and the network: see ./scripts/troc-link.

`cli.py` finds the module of a command in `commands`; which folder may need which is
drawn in tests/setup/test_walls.py.
"""

VERSION = "1.0"
