"""Imports into a network that lives, in the random walk."""

import base64

from odoo.addons.troc_actif.tests.walk_common import WalkPart

from .import_case import csv_of

HEAD = ("nom", "siren", "découvert", "plafond", "solde")


class WalkImport(WalkPart):
    WEIGHTS = {"import": 3}

    def start_walk(self):
        self.imported_balances = set()

    def do_import(self):
        """Limits of two members, and balances that are theirs, or not."""
        rows = [self.import_row(member) for member in self.two_members()]
        imports = self.by(self.manager, self.env["troc.import"])
        record = imports.create(
            {
                "network_id": self.network.id,
                "file": base64.b64encode(csv_of(*rows, head=HEAD)),
                "filename": "marche.csv",
            }
        )
        record.action_check()
        record.action_run()
        imports.sudo()._cron_import()
        self.assertEqual(record.state, "done")
        balances = record.row_ids.filtered(lambda row: row.sheet == "balances")
        self.imported_balances.add(balances.status)

    def two_members(self):
        first = self.one_of(self.members)
        return first + self.one_of(self.members - first)

    def import_row(self, member):
        credit, ceiling = self.random.choice(((0, 0), (500, 900), (3000, 0)))
        balance = self.random.choice((0, 5, -5))
        return (member.name, member.siren, credit, ceiling, balance)

    def assert_walk_holds(self):
        """A register that lives takes no opening balance that it does not hold."""
        posted = [("kind", "=", "opening")]
        self.assertFalse(self.env["troc.transfer"].search_count(posted))
        self.assertIn("refused", self.imported_balances)
