"""The dashboard: what each figure says, and the records that it opens."""

import json
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_market.tests.market import Market


@tagged("post_install", "-at_install")
class TestDashboard(Market, TrocCase):
    """Portal (Grand Paris, ESS) sells 1,200 to portal2; the seller buys 600 of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        self = cls()
        cls.today = fields.Date.today()
        cls.portal.structure = "ess"
        cls.members.member_since = cls.today - timedelta(days=10)
        sealed(cls.portal2).credit_limit = 1300
        cls.sale = self.validate(self.uploaded(cls.portal, cls.portal2, amount=1000))

    def dashboard(self, user=None, **values):
        self.env.flush_all()
        dashboards = self.by(user or self.animator, self.env["troc.dashboard"])
        return dashboards.create({"network_id": self.network.id, **values})

    def opened(self, action):
        """Return the records that an action shows, read as the animator."""
        records = self.by(self.animator, self.env[action["res_model"]])
        return records.search(action["domain"])

    def backdate(self, compensation, days):
        """Let the database say that a compensation was validated days ago."""
        self.dated(compensation, self.today - timedelta(days=days))

    def dated(self, compensation, day):
        sealed(compensation).entry_date = day
        self.env.flush_all()

    def two_months_ago(self):
        """Return a day of the month before the last, on whatever day this runs."""
        return self.today.replace(day=1) - relativedelta(months=2)

    def table(self, lines):
        return [(line.name, line.amount, line.percent) for line in lines]

    # -- what was traded ------------------------------------------------------

    def test_volume(self):
        found = self.dashboard()
        self.assertEqual((found.volume, found.trade_count), (1200.0, 1))
        self.assertEqual(found.monthly_volume, 1200.0)
        self.assertEqual(
            self.opened(found.action_open_volume()).compensation_id, self.sale
        )

    def test_months_without_a_trade_are_shown(self):
        self.dated(self.sale, self.two_months_ago())
        found = self.dashboard()
        values = json.loads(found.volume_graph)[0]["values"]
        self.assertEqual(len(values), 12)
        self.assertEqual(sum(v["value"] for v in values), 1200.0)
        self.assertEqual(values[-1]["value"], 0.0)
        # a month is that of the time since the first trade: three of them
        self.assertEqual(found.monthly_volume, 400.0)

    def test_what_goes_back_counts_below_zero(self):
        self.by(self.manager, self.sale).action_reverse_part(200, "Prix revu")
        self.assertEqual(self.dashboard().volume, 1000.0)
        part = self.sale.credit_note_ids
        self.by(self.manager, part).action_reverse("Erreur")
        self.by(self.manager, self.sale).action_reverse("Erreur")
        self.assertEqual(self.dashboard().volume, 0.0)

    def test_only_the_period(self):
        self.backdate(self.sale, 40)
        since = self.today - timedelta(days=30)
        self.assertEqual(self.dashboard(date_from=since).volume, 0.0)
        self.assertEqual(self.dashboard(date_to=since).volume, 1200.0)

    def test_a_territory_sees_what_it_sells_and_buys(self):
        buyers = self.portal2.territory_id
        self.assertNotEqual(buyers, self.portal.territory_id)
        self.assertEqual(self.dashboard(territory_id=buyers.id).volume, 1200.0)
        other = self.env["troc.territory"].search(
            [("id", "not in", (buyers + self.portal.territory_id).ids)], limit=1
        )
        self.assertEqual(self.dashboard(territory_id=other.id).volume, 0.0)

    def test_flows(self):
        found = self.dashboard()
        seller, buyer = self.portal.territory_id.name, self.portal2.territory_id.name
        self.assertEqual(
            self.table(found.flow_line_ids), [(f"{seller} → {buyer}", 1200.0, 100.0)]
        )
        self.assertEqual(self.table(found.territory_line_ids), [(seller, 1200, 100)])
        (line,) = found.structure_line_ids
        self.assertEqual(
            (line.seller_structure, line.buyer_structure), ("ess", "classic")
        )
        for line in found.line_ids:
            opened = self.opened(line.action_open())
            self.assertEqual(opened.compensation_id, self.sale, line.kind)

    # -- members --------------------------------------------------------------

    def test_dormant_after_ninety_days(self):
        self.members.member_since = self.today - timedelta(days=200)
        self.backdate(self.sale, 91)
        found = self.dashboard()
        self.assertEqual(found.dormant_count, len(self.members))
        self.backdate(self.sale, 90)
        found = self.dashboard()
        self.assertEqual(found.dormant_count, len(self.members) - 2)
        opened = self.opened(found.action_open_dormant()).member_id
        self.assertEqual(opened, self.members - self.portal - self.portal2)

    def test_a_newcomer_is_not_dormant(self):
        self.assertEqual(self.dashboard().dormant_count, 0)

    def test_tight_from_eighty_percent_on(self):
        found = self.dashboard()
        self.assertEqual(self.opened(found.action_open_tight()).member_id, self.portal2)
        self.assertEqual(found.tight_count, 1)
        sealed(self.portal2).credit_limit = 1501
        sealed(self.portal).balance_limit = 1500
        self.assertEqual(
            self.opened(self.dashboard().action_open_tight()).member_id, self.portal
        )

    def test_who_left_and_who_asks_are_not_counted(self):
        before = self.dashboard()
        self.seller.state = "candidate"
        self.buyer.state = "left"
        after = self.dashboard()
        self.assertEqual(before.member_count - after.member_count, 2)
        self.assertEqual(before.active_count - after.active_count, 2)

    def test_days_to_the_first_sale_and_purchase(self):
        found = self.dashboard()
        self.assertEqual((found.first_sale_days, found.first_sale_count), (10, 1))
        self.assertEqual(
            (found.first_purchase_days, found.first_purchase_count), (10, 1)
        )
        opened = self.opened(found.action_open_first_sale())
        self.assertEqual(
            opened.filtered("first_sale").mapped("days_to_first_sale"), [10]
        )

    def test_the_network_itself_is_no_member(self):
        before = self.dashboard().member_count
        self.network.sudo()._ensure_own_member()
        self.assertEqual(self.dashboard().member_count, before)

    # -- delays, money, work ----------------------------------------------------

    def test_days_until_validation(self):
        self.assertTrue(self.dashboard().has_delays)
        more = self.validate(self.uploaded(self.portal, self.portal2, amount=10))
        now = fields.Datetime.now()
        for compensation, days in ((self.sale, 2), (more, 4)):
            sealed(compensation).write(
                {"invoked_on": now - timedelta(days=days), "validated_on": now}
            )
        found = self.dashboard()
        self.assertAlmostEqual(found.days_p50, 3.0)
        self.assertAlmostEqual(found.days_p95, 3.9)
        action = found.action_open_validation()
        self.assertEqual(self.opened(action).compensation_id, self.sale + more)

    def test_no_delays_without_trades(self):
        self.by(self.manager, self.sale).action_reverse("Erreur")
        found = self.dashboard()
        self.assertFalse(found.has_delays)
        self.assertEqual((found.days_p50, found.velocity), (0.0, 0.0))
        self.assertFalse(found.credit_band)

    def test_what_is_owed_against_a_month_of_trade(self):
        found = self.dashboard()
        self.assertEqual((found.positive_sum, found.negative_sum), (1200.0, -1200.0))
        self.assertEqual((found.credit_months, found.credit_band), (1.0, "below"))
        # 12 months of 1,200 over 1,200 that may be spent
        self.assertEqual(found.velocity, 12.0)
        self.assertEqual(
            self.opened(found.action_open_negative()).member_id, self.portal2
        )
        self.assertEqual(
            self.opened(found.action_open_positive()).member_id, self.portal
        )
        self.dated(self.sale, self.two_months_ago())
        self.assertEqual(self.dashboard().credit_band, "within")

    def test_what_waits(self):
        waiting = self.uploaded(self.portal, self.portal2, amount=10)
        found = self.dashboard()
        self.assertEqual(found.waiting_count, 1)
        self.assertEqual(self.opened(found.action_open_waiting()), waiting)

    def test_overrides(self):
        over = self.uploaded(self.portal, self.portal2, amount=1000)
        self.by(self.manager, over).action_validate_override("Vu en bureau")
        found = self.dashboard()
        self.assertEqual(found.override_count, 1)
        self.assertEqual(
            self.opened(found.action_open_overrides()).compensation_id, over
        )

    def test_needs(self):
        need = self.need()
        found = self.dashboard()
        self.assertEqual(self.opened(found.action_open_needs()), need)
        self.assertEqual(found.need_count, 1)

    # -- the screen -----------------------------------------------------------

    def test_another_choice_is_another_dashboard(self):
        found = self.dashboard()
        with Form(found) as form:
            form.territory_id = self.portal.territory_id
        action = found.action_show()
        self.assertNotEqual(action["res_id"], found.id)
        shown = found.browse(action["res_id"])
        self.assertEqual(shown.territory_id, self.portal.territory_id)
        self.assertFalse(shown.credit_band)

    def test_who_sees_it(self):
        for user in (self.animator, self.manager, self.reader):
            self.assertEqual(self.dashboard(user).volume, 1200.0)
        for user in (self.seller_accountant, self.portal_user):
            for model in ("troc.trade", "troc.member.activity", "troc.dashboard"):
                with self.assertRaises(AccessError):
                    self.by(user, self.env[model]).search([]).read(["id"])
            with self.assertRaises(AccessError):
                self.dashboard(user)
