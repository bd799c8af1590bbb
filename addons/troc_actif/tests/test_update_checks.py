"""What the update to 19.0.1.5.0 finds in an existing database, and names once."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .sabotage import Sabotage
from .test_contacts import IBAN, ContactsCase

SCRIPT = Path(__file__).parents[1] / "migrations/19.0.1.5.0/post-check.py"
LOGGER = "odoo.addons.troc_actif.tests.post_check"


def load_script():
    spec = importlib.util.spec_from_file_location(LOGGER, SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


class UpdateCase:
    def update(self):
        self.env.flush_all()
        self.env.cr.precommit.run()
        load_script().migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestChangedIdentities(UpdateCase, ContactsCase):
    def as_before(self, user, records):
        """Return records as `user` could write them before they were kept."""
        return sealed(records.with_user(user))

    def test_nothing_to_name(self):
        self.by(self.manager, self.contact).name = "Traiteur rebaptisé"
        self.by(self.portal_user, self.portal).action_update_contact({"iban": IBAN})
        self.env.cr.precommit.run()
        before = self.portal.message_ids
        with self.assertNoLogs(LOGGER):
            self.update()
        self.assertEqual(self.portal.message_ids, before)

    def test_changes_by_others_are_named_and_left(self):
        self.as_before(self.keeper, self.contact).write(
            {"name": "Détourné", "email": "pirate@example.com"}
        )
        banks = self.as_before(self.keeper, self.env["res.partner.bank"])
        banks.create({"partner_id": self.contact.id, "acc_number": IBAN})
        people = self.as_before(self.keeper, self.env["res.partner"])
        people.create({"name": "Espion", "parent_id": self.contact.id})
        with self.assertLogs(LOGGER, "WARNING") as logged:
            self.update()
        told = self.portal.message_ids[0].body
        for words in ("Détourné", "pirate@example.com", "FR76 3000", "Espion"):
            self.assertIn(words, told)
            self.assertIn(words, str(logged.output))
        self.assertIn(self.keeper.name, told)
        self.assertIn(self.manager, self.portal.activity_ids.user_id)
        self.assertFalse(self.portal2.activity_ids)
        # nothing is mended in silence
        self.assertEqual(self.contact.name, "Détourné")


@tagged("post_install", "-at_install")
class TestRepeatedEntries(UpdateCase, Sabotage):
    def test_they_are_named(self):
        self.without("account_move_troc_compensation_once")
        posting = self.env["troc.posting"]
        posting._post_register(self.portals, self.network, self.portals.entry_date)
        with self.assertLogs(LOGGER, "WARNING") as logged:
            self.update()
        self.assertIn(self.portals.name, str(logged.output))
        run = self.env["troc.verification"].search(
            [("network_id", "=", self.network.id)], limit=1
        )
        self.assertIn(self.manager, run.activity_ids.user_id)

    def test_who_waited_is_told_as_before(self):
        self.sabotage(
            "UPDATE troc_compensation SET blocked_code = 'credit_limit_exceeded',"
            " blocked_since = NULL WHERE id = %s",
            self.waiting.id,
        )
        self.update()
        self.assertTrue(self.waiting.blocked_since)
