"""Who asks for a verification and who is told: scripts, the button, every night."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import TrocCase


@tagged("post_install", "-at_install")
class TestReports(TrocCase):
    def broken(self):
        """Break the seventh invariant; the run itself must not repair it."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE troc_account SET balance = 1 WHERE id = %s",
                self.portal.account_id.id,
            )
        )
        self.env.invalidate_all()

    def test_report_for_scripts(self):
        self.validated(amount=100)
        for user in (self.animator, self.manager, self.reader):
            report = self.by(user, self.env["troc.verification"]).report(
                self.network.ids
            )
            self.assertEqual(
                [(r["network"], r["held"], r["total"]) for r in report],
                [(self.network.name, 8, 8)],
            )
            checks = report[0]["checks"]
            self.assertEqual([c["number"] for c in checks], [*range(1, 9)])
            self.assertTrue(all(c["title"] and c["held"] for c in checks))
        self.broken()
        report = self.by(self.reader, self.env["troc.verification"]).report()
        own = next(r for r in report if r["network"] == self.network.name)
        self.assertEqual(own["held"], 7)
        self.assertIn(self.portal.name, own["checks"][6]["breaches"][0])

    def test_who_may_not_ask(self):
        for user in (self.seller_accountant, self.portal_user):
            records = self.by(user, self.env["troc.verification"])
            for networks in (None, self.network.ids):
                with self.assertRaises(AccessError):
                    records.report(networks)
            with self.assertRaises(AccessError):
                self.by(user, self.network).action_verify()

    def test_the_button(self):
        action = self.by(self.animator, self.network).action_verify()
        run = self.env["troc.verification"].browse(action["res_id"])
        self.assertEqual(run.run_by_id, self.animator)
        self.assertTrue(run.all_held)
        self.assertEqual(self.network.last_verification_id, run)

    def test_every_night_a_breach_becomes_an_activity_of_the_managers(self):
        self.assertEqual(self.nightly(), self.env["res.users"])
        self.broken()
        users = self.nightly()
        self.assertIn(self.manager, users)
        self.assertNotIn(self.animator, users)
        self.assertNotIn(self.portal_user, users)

    def nightly(self):
        """Run the scheduled action; return who is told of our network."""
        with self.enter_registry_test_mode():
            self.env.ref("troc_actif.cron_verify").method_direct_trigger()
        run = self.network.last_verification_id
        self.assertEqual(run.run_on.date(), fields.Date.today())
        return run.activity_ids.user_id
