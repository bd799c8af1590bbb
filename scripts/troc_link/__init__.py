"""The link between a member's own Odoo and the network: see ./scripts/troc-link."""

VERSION = "1.0"
