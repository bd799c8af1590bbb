"""The yearly membership, and what unpaid fees stop."""

from datetime import date, timedelta

from odoo.tests import tagged

from .fees import FeesCase


@tagged("post_install", "-at_install")
class TestMembership(FeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"membership_amount": 235, "membership_share": 100})
        cls.network.fees_from = "2026-01-01"
        cls.members.write({"member_since": "2020-02-01", "state": "left"})
        cls.portal.write({"member_since": "2026-03-10", "state": "active"})

    def years(self):
        fees = self.env["troc.fee"].search([("kind", "!=", "commission")], order="id")
        return [(fee.kind, fee.date, fee.date_to, fee.amount) for fee in fees]

    def test_first_and_second_year(self):
        """135 and VAT, and 100 that are no revenue; a year later 235 and VAT."""
        move = self.invoiced(date_to="2026-12-31")
        partner = self.portal.partner_id.name
        self.assertEqual(
            self.entry(move),
            [
                ("411100", partner, 262.0, 0.0),
                ("706000", partner, 0.0, 135.0),
                ("101300", partner, 0.0, 100.0),
                ("445740", partner, 0.0, 27.0),
            ],
        )
        first = (date(2026, 3, 10), date(2027, 3, 9))
        self.assertEqual(
            self.years(), [("membership", *first, 135.0), ("share", *first, 100.0)]
        )
        self.assertFalse(self.invoiced(date_to="2027-03-09"))
        again = self.invoiced(date_to="2027-03-31")
        self.assertEqual((again.amount_untaxed, again.amount_total), (235.0, 282.0))

    def test_by_calendar_year_in_proportion(self):
        self.policy.write({"membership_period": "calendar", "pro_rata": True})
        self.portal.member_since = "2026-12-01"
        self.assertEqual(
            sorted(
                self.invoiced(date_to="2027-01-01").invoice_line_ids.mapped(
                    "price_subtotal"
                )
            ),
            [11.47, 100.0, 235.0],
        )

    def test_another_first_day_is_not_asked_twice(self):
        self.invoiced(date_to="2026-12-31")
        self.portal.member_since = "2026-06-01"
        self.assertFalse(self.invoiced(date_to="2026-12-31"))

    def test_members_of_before_pay_from_their_next_year(self):
        self.portal.member_since = "2020-02-01"
        self.network.fees_from = "2026-02-02"
        self.assertFalse(self.invoiced(date_to="2027-01-31"))
        move = self.invoiced(date_to="2027-02-01")
        self.assertEqual(move.amount_untaxed, 235.0)

    def test_candidates_and_who_leaves_pay_none(self):
        for state in ("candidate", "leaving", "left"):
            self.portal.state = state
            self.assertFalse(self.invoiced(date_to="2026-12-31"))
        self.portal.state = "on_hold"
        self.assertTrue(self.invoiced(date_to="2026-12-31"))

    def test_the_network_itself_pays_none(self):
        own = self.network.sudo()._ensure_own_member()
        own.member_since = "2026-01-01"
        self.invoiced(date_to="2026-12-31")
        fees = self.env["troc.fee"].search([("kind", "=", "membership")])
        self.assertTrue(fees)
        self.assertNotIn(own, fees.member_id)

    def test_a_member_from_his_admission_on(self):
        partner = self._company_partner("Test Candidat", "75010", "cand")
        member = self._member(partner, "000100057", state="candidate")
        self.assertFalse(member.member_since)
        self.by(self.manager, member).action_activate()
        self.assertEqual(member.member_since, self.today)
        self.by(self.manager, member).action_set_state("on_hold", "Retard")
        self.assertEqual(member.member_since, self.today)


@tagged("post_install", "-at_install")
class TestUnpaidFees(FeesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.network.write({"fees_block": True, "fees_block_days": 10})
        cls.policy.payment_term_id = False  # else Odoo works the due date out again

    def overdue(self, days=11, **values):
        """Return a fee invoice of the portal member, payable `days` ago."""
        self.traded(**values)
        move = self.invoiced()
        move.sudo().invoice_date_due = self.today - timedelta(days=days)
        self.env.flush_all()
        self.env.invalidate_all()
        return move

    def test_the_seller_pays_first(self):
        move = self.overdue()
        compensation = self.uploaded(self.portal, self.portal2)
        own = self.by(self.animator, compensation)
        own.action_validate()
        self.assert_waits(compensation, "seller_fees_unpaid", self.portal.name)
        self.assertIn("72,00", compensation.blocked_reason)
        self.assertIn(move.name, compensation.blocked_reason)
        self.pay(move)
        own.action_validate()
        self.assertEqual(compensation.state, "validated")
        self.assert_invariants()

    def test_the_buyer_too_and_the_other_party_is_told_nothing(self):
        move = self.overdue()
        compensation = self.uploaded(self.portal2, self.portal)
        self.by(self.animator, compensation).action_validate()
        self.assert_waits(compensation, "buyer_fees_unpaid", self.portal.name)
        for user, told in ((self.portal_user, True), (self.portal2_user, False)):
            reason = self.by(user, compensation).blocked_reason or ""
            self.assertEqual("72,00" in reason, told, reason)
            self.assertEqual(move.name in reason, told, reason)

    def test_days_of_grace(self):
        self.overdue(days=10)
        self.traded()

    def test_a_part_still_open_stops_too(self):
        move = self.overdue()
        self.pay(move, 71.99)
        self.assertEqual((move.amount_residual, move.payment_state), (0.01, "partial"))
        self.assertEqual(move.invoice_date_due, self.today - timedelta(days=11))
        compensation = self.uploaded(self.portal, self.portal2)
        self.by(self.animator, compensation).action_validate()
        self.assert_waits(compensation, "seller_fees_unpaid", "0,01")

    def test_a_network_that_does_not_stop_it(self):
        self.overdue()
        self.network.fees_block = False
        self.traded()

    def test_a_credit_note_is_not_stopped(self):
        move = self.overdue()
        compensation = self.env["troc.fee"].search([]).compensation_id
        self.by(self.animator, compensation).action_reverse("Erreur")
        self.invoiced()
        self.assertEqual(move.payment_state, "reversed")
        self.traded()

    def test_members_with_overdue_fees(self):
        move = self.overdue()
        members = self.by(self.animator, self.env["troc.member"])
        found = [("has_overdue_fees", "=", True), ("network_id", "=", self.network.id)]
        self.assertEqual(members.search(found), self.portal)
        self.assertNotIn(
            self.portal, members.search([("has_overdue_fees", "=", False)])
        )
        own = self.by(self.animator, self.portal)
        self.assertEqual((own.unpaid_fees, own.fee_count), (72.0, 1))
        self.assertEqual(own.overdue_fee_numbers, move.name)
        unpaid = self.by(self.animator, self.env["troc.fee"]).search(
            [("payment_state", "in", ("not_paid", "partial"))]
        )
        self.assertEqual(unpaid.member_id, self.portal)
        self.pay(move)
        self.assertFalse(members.search(found))
        self.assertEqual((own.unpaid_fees, own.has_overdue_fees), (0.0, False))

    def test_a_batch_asks_once(self):
        """The number of queries for unpaid fees does not grow with the batch."""
        self.overdue()

        def asked(members):
            self.env.invalidate_all()
            self.assertTrue(members.network_id.fees_block)
            members.mapped("name")
            before = self.env.cr.sql_log_count
            total = sum(member.overdue_fees for member in members)
            self.assertEqual(total, 72.0)
            return self.env.cr.sql_log_count - before

        self.assertEqual(asked(self.portal), asked(self.members))
