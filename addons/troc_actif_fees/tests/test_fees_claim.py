"""The claim on a member who failed holds the fees that he owes in euros as well."""

from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.life import Life

from .fees import FeesCase


@tagged("post_install", "-at_install")
class TestFeesClaim(Life, FeesCase):
    def judged(self, days):
        """Return the judgment on the portal member, so many days from now."""
        day = self.today + timedelta(days=days)
        with self.on(day):
            own = self.by(self.manager, self.portal)
            own.action_record_judgment(day, "liquidation")
        return self.portal.insolvency_ids[:1]

    def test_what_is_invoiced_and_what_is_not_yet(self):
        self.traded()
        invoice = self.invoiced()
        self.traded(500)
        self.prepared()
        judgment = self.judged(1)
        rows = self.by(self.manager, judgment)._claim_fees()
        self.assertEqual(
            [(name, amount) for name, _date, amount in rows],
            [
                (invoice.name, invoice.amount_residual),
                ("Not invoiced yet, excl. VAT", 30),
            ],
        )
        reports = self.by(self.manager, self.env["ir.actions.report"])
        html, _kind = reports._render_qweb_html("troc_actif.report_claim", judgment.ids)
        self.assertIn(invoice.name, html.decode())

    def test_nothing_of_the_day_of_the_judgment(self):
        self.traded()
        self.invoiced()
        self.assertEqual(self.judged(0)._claim_fees(), [])
