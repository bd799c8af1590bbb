"""The monthly report that a territory's animators receive."""

import base64
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo import fields
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed

from .. import charts


@tagged("post_install", "-at_install")
class TestMonthReport(TrocCase):
    """1,200 were traded last month between Grand Paris and another territory."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        self = cls()
        cls.territory = cls.env.ref("troc_actif.territory_metropole")
        cls.last = fields.Date.today().replace(day=1) - timedelta(days=1)
        sealed(cls.portal2).credit_limit = 1300
        cls.sale = self.validate(self.uploaded(cls.portal, cls.portal2, amount=1000))
        sealed(cls.sale).entry_date = cls.last
        cls.env["troc.territory"].search([]).reported_until = cls.last
        cls.territory.reported_until = False

    def mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "troc.dashboard")], order="id"
        )

    def run_cron(self):
        self.needs_printing()
        self.env.flush_all()
        before = self.mails()
        territories = self.env["troc.territory"]
        # real PDFs, which Odoo spares its tests
        territories.with_context(force_report_rendering=True)._cron_monthly_report()
        return self.mails() - before

    def test_animators_receive_a_pdf_once(self):
        (mail,) = self.run_cron()
        self.assertEqual(mail.recipient_ids, self.territory.animator_ids.partner_id)
        (attachment,) = mail.attachment_ids
        self.assertEqual(attachment.mimetype, "application/pdf")
        self.assertTrue(attachment.raw.startswith(b"%PDF"))
        self.assertIn("1", mail.body_html)
        self.assertEqual(self.territory.reported_until, self.last)
        self.assertFalse(self.run_cron())

    def test_a_month_later_again(self):
        self.run_cron()
        self.territory.reported_until = self.last - relativedelta(months=1)
        self.assertEqual(len(self.run_cron()), 1)

    def test_a_mail_a_language(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.animator2.lang = "en_US"
        told = {mail.recipient_ids: mail.subject for mail in self.run_cron()}
        self.assertIn("rapport", told[self.animator.partner_id])
        self.assertIn("report of", told[self.animator2.partner_id])

    def test_who_does_not_want_it(self):
        self.territory.monthly_report = False
        self.assertFalse(self.run_cron())
        self.territory.monthly_report = True
        self.territory.animator_ids = False
        self.assertFalse(self.run_cron())

    def test_what_it_says(self):
        told = self.by(self.animator, self.env["troc.dashboard"]).create(
            {
                "network_id": self.network.id,
                "territory_id": self.territory.id,
                "date_from": self.last.replace(day=1) - relativedelta(months=11),
                "date_to": self.last,
            }
        )
        self.assertEqual(told._report_month(), (1200.0, 0.0))
        lists = {title: names for title, names, _more in told._report_lists()}
        self.assertEqual(lists, {"Limit nearly used": [self.portal2.name]})
        need = self.uploaded(self.portal, self.portal2, amount=10)
        self.assertIn(("To validate", [need.display_name], 0), told._report_lists())
        report = self.env["ir.actions.report"].with_user(self.animator)
        html, _kind = report._render_qweb_html(
            "troc_actif_dashboard.report_month", told.ids
        )
        page = etree.HTML(html)
        self.assertIn("1\N{NO-BREAK SPACE}200,00", " ".join(page.itertext()))
        (image,) = page.xpath("//img[starts-with(@src, 'data:image/svg')]")
        drawn = etree.fromstring(base64.b64decode(image.get("src").split(",")[1]))
        self.assertGreater(len(list(drawn.iter())), 20)

    def test_a_chart_of_nothing(self):
        self.assertTrue(charts.bars(["a", "b"], [0, 0], str))
