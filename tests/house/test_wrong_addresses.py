"""Addresses that nobody means well: numbers of others, NUL, no such report."""

from test_portal_routes import RoutesCase

from odoo.tests import tagged

REPORTS = "/report/{how}/{report}/{number}"


@tagged("post_install", "-at_install")
class TestWrongAddresses(RoutesCase):
    def setUp(self):
        super().setUp()
        self.others = {
            "troc.balance.confirmation": self.confirmation.id,
            "troc.member": self.portal.id,
        }

    def reports(self):
        """Yield the address of each report of ours, in each form."""
        found = self.env["ir.actions.report"].search([("model", "=like", "troc.%")])
        names = {report.report_name: report.model for report in found}
        self.assertGreater(len(names), 5)
        for name, model in names.items():
            others = self.others.get(model, 1)
            for how in ("html", "text", "pdf"):
                for number in (others, 2**31, 10**30):
                    yield REPORTS.format(how=how, report=name, number=number)

    def assert_answers(self, paths, role):
        """Each of these is answered, without an accident, and tells nothing."""
        self.enter(role)
        wrong = {}
        for path in paths:
            response = self.url_open(path, allow_redirects=False)
            if response.status_code >= 500:
                wrong[path] = response.status_code
            self.assert_tells_nothing(role, response.text, path)
        self.assertEqual(wrong, {}, role)

    def test_reports_of_others(self):
        """Whoever asks for them by number is refused, and no accident tells of them."""
        for role in ("stranger", "nobody"):
            self.assert_answers(self.reports(), role)

    def test_reports_that_are_none(self):
        names = ("troc_actif.balance_confirmation", "troc_actif.justification", "x%00")
        paths = [
            REPORTS.format(how=how, report=name, number=1)
            for name in names
            for how in ("html", "pdf", "text")
        ]
        self.assert_answers(paths, "stranger")

    def test_nul(self):
        """A NUL in the path or in what is asked leads nowhere."""
        paths = [
            "/my/actif/%00",
            "/my/%00",
            "/%00",
            "/my/actif/market?q=%00",
            "/my/actif/market?search=a%00b",
            "/my/actif/statement?month=%00",
            "/my/actif/bookings?month=%00",
            "/my/actif/invoices?filterby=%00&sortby=%00&search=%00",
            "/my/actif/introductions?filterby=%00",
            "/troc/market?q=%00",
            "/troc/market?search=%00",
            "/troc/join?name=%00",
            f"/troc/unsubscribe/{self.ids['user']}/%00",
            "/web/content/%00",
            "/web/image/troc.listing/1/%00",
        ]
        for role in ("out", "stranger", "owner"):
            self.assert_answers(paths, role)
