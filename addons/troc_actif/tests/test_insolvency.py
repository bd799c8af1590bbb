"""A member who fails: what his judgment stops, from its day on, and what stands."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TrocCase
from .life import Life

KIND = "liquidation"


@tagged("post_install", "-at_install")
class TestInsolvency(Life, TrocCase):
    def today(self):
        return fields.Date.context_today(self.network)

    def record(self, member, days=0, user=None, **values):
        """Record a judgment of so many days ago; return it."""
        day = self.today() - timedelta(days=days)
        own = self.by(user or self.manager, member)
        own.action_record_judgment(day, KIND, **values)
        return member.insolvency_ids[:1]

    def on_the_eve(self, judgment):
        """Let today be the day before the judgment, for a while."""
        return self.on(judgment.judged_on - timedelta(days=1))

    # -- the act --------------------------------------------------------------------

    def test_it_is_recorded_by_a_manager_with_what_it_says(self):
        judgment = self.record(self.portal, court="TAE de Paris", reference="2026/123")
        self.assertEqual(
            (judgment.judged_on, judgment.kind, judgment.court, judgment.state),
            (self.today(), KIND, "TAE de Paris", "recorded"),
        )
        self.assertEqual(judgment.recorded_by_id, self.manager)
        self.assertIn("compensated", self.portal.message_ids[:1].body)

    def test_nobody_else_records_it(self):
        for user in (
            self.animator,
            self.reader,
            self.portal_user,
            self.seller_accountant,
        ):
            member = self.seller if user == self.seller_accountant else self.portal
            own = self.by(user, member)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                own.action_record_judgment(self.today(), KIND)
        self.assertFalse(self.portal.insolvency_ids)

    def test_nobody_writes_it_by_hand(self):
        judgment = self.record(self.portal)
        for name, value in (
            ("judged_on", self.today() - timedelta(days=9)),
            ("state", "lifted"),
            ("kind", "safeguard"),
            ("member_id", self.portal2.id),
        ):
            with self.assertRaises(UserError):
                self.by(self.manager, judgment).write({name: value})
        with self.assertRaises(AccessError):
            self.by(self.manager, judgment).unlink()
        self.by(self.manager, judgment).court = "TAE de Lyon"
        with self.assertRaises(AccessError):
            self.by(self.animator, judgment).court = "Autre"

    def test_it_is_no_day_to_come_and_there_is_one_at_a_time(self):
        own = self.by(self.manager, self.portal).action_record_judgment
        tomorrow = self.today() + timedelta(days=1)
        named = self.portal.name
        self.assert_refused("judgment_to_come", named, own, tomorrow, KIND)
        self.assert_refused("judgment_to_come", named, own, False, KIND)
        self.record(self.portal)
        self.assert_refused("judgment_known", named, own, self.today(), KIND)
        account = self.network._ensure_own_member()
        own = self.by(self.manager, account).action_record_judgment
        self.assert_refused("own_account_stays", account.name, own, self.today(), KIND)

    def test_the_screen_says_what_it_will_stop(self):
        self.uploaded(self.portal, self.portal2, amount=10)
        wizards = self.by(self.manager, self.env["troc.judgment"])
        action = self.by(self.manager, self.portal).action_open_judgment()
        form = Form(wizards.with_context(**action["context"]))
        self.assertIn("<li>", form.effects)
        form.judged_on, form.kind = self.today(), "receivership"
        form.save().action_confirm()
        self.assertEqual(self.portal.insolvency_ids.kind, "receivership")

    # -- what it stops --------------------------------------------------------------

    def test_what_waits_is_stopped_from_the_day_itself_not_on_the_eve(self):
        waits = self.uploaded(self.portal2, self.portal, amount=10)
        sale = self.uploaded(self.portal, self.portal2, amount=20)
        judgment = self.record(self.portal)
        for one in waits + sale:
            self.assert_waits(one, "insolvent", self.portal.name)
        self.assertEqual(judgment.stopped_ids, waits + sale)
        self.by(self.animator, waits).action_validate()
        self.assert_waits(waits, "insolvent")
        # nor is a limit what stops it
        self.by(self.manager, waits).action_validate_override("Urgent")
        self.assert_waits(waits, "insolvent")
        with self.on_the_eve(judgment):
            self.by(self.animator, waits).action_validate()
        self.assertEqual(waits.state, "validated")
        self.assertEqual(waits.entry_date, judgment.judged_on - timedelta(days=1))
        self.assert_invariants()

    def test_both_sides_read_why(self):
        waits = self.uploaded(self.portal2, self.portal, amount=10)
        self.record(self.portal)
        for user in (self.portal_user, self.portal2_user, self.animator):
            self.assertIn(self.portal.name, self.by(user, waits).blocked_reason)

    def test_drafts_say_it_and_nothing_new_is_submitted(self):
        draft = self.uploaded(self.portal, self.portal2, amount=10, share=None)
        self.assertEqual(draft.state, "draft")
        judgment = self.record(self.portal)
        self.assertIn(draft, judgment.stopped_ids)
        self.assertEqual(draft.blocked_code, "insolvent")
        self.assertEqual(self.by(self.animator, draft).next_step, "Opening judgment")
        own = self.by(self.animator, draft)
        own.action_full_share()
        self.assert_refused("insolvent", self.portal.name, own.action_submit)
        move = self.invoice(amount=100, customer=self.portal)
        submit = self.by(self.seller_accountant, move).action_troc_submit
        self.assert_refused("insolvent", self.portal.name, submit)

    def test_nobody_accepts_what_cannot_be_paid(self):
        self.network.buyer_acceptance = True
        waits = self.uploaded(self.portal2, self.portal, amount=10)
        judgment = self.record(self.portal2)
        accept = self.by(self.portal_user, waits).action_accept
        self.assert_refused("insolvent", self.portal2.name, accept)
        self.assertFalse(waits.buyer_accepted_on)
        with self.on_the_eve(judgment):
            accept()
        self.assertTrue(waits.buyer_accepted_on)

    def test_he_may_spend_nothing(self):
        self.earn(self.portal, 100)
        self.assertGreater(self.portal.room, 0)
        judgment = self.record(self.portal)
        self.assertEqual(self.portal.room, 0)
        self.by(self.manager, judgment).action_lift("Saisi par erreur")
        self.assertGreater(self.portal.room, 0)

    def test_transfers_wait_as_well(self):
        own = self.network._ensure_own_member()
        before = self.transfer(self.portal, self.portal2, 30)
        judgment = self.record(self.portal)
        for giver, taker in ((self.portal, self.portal2), (own, self.portal)):
            transfer = self.transfer(giver, taker, 10, post=False)
            post = self.by(self.manager, transfer).action_post
            self.assert_refused("insolvent", self.portal.name, post)
            with self.on_the_eve(judgment):
                post()
            self.assertEqual(transfer.state, "posted")
        # posted on the day itself: it may be taken back, the others not
        undo = self.by(self.manager, before).action_reverse
        undo("Postérieur au jugement")
        self.assertEqual(before.state, "reversed")
        undo = self.by(self.manager, transfer).action_reverse
        self.assert_refused("insolvent", self.portal.name, undo, "Non")
        self.assert_invariants()

    # -- what stands ----------------------------------------------------------------

    def test_what_was_validated_before_stands(self):
        sold = self.validated(amount=100, tax="")
        balances = (self.seller + self.buyer).mapped("balance")
        with self.on(self.today() + timedelta(days=1)):
            self.record(self.buyer)
            own = self.by(self.animator, sold)
            named = self.buyer.name
            self.assert_refused("insolvent", named, own.action_reverse, "Non")
            self.assert_refused("insolvent", named, own.action_reverse_part, 10, "Non")
            note = self.credit_note(sold)
            self.assert_refused("insolvent", named, note)
            self.assertFalse(self.buyer.insolvency_ids.since_ids)
        self.assertEqual(sold.state, "validated")
        self.assertEqual((self.seller + self.buyer).mapped("balance"), balances)
        self.assert_invariants()

    def credit_note(self, sold):
        """Return what takes the whole invoice of a compensation back, when called."""
        refund = sold.move_id._reverse_moves([{"invoice_date": self.today()}])
        refund.action_post()
        return self.by(self.seller_accountant, refund).action_troc_submit

    def test_what_was_validated_since_is_listed_and_may_be_reversed(self):
        sold = self.validated(amount=100, tax="")
        judgment = self.record(self.buyer)
        self.assertEqual(judgment.since_ids, sold)
        self.by(self.animator, sold).action_reverse_part(10, "Annulé")
        part = sold.credit_note_ids
        self.assertEqual(part.state, "validated")
        self.by(self.animator, part).action_reverse("Non")
        self.by(self.animator, sold).action_reverse("Nul, art. L. 622-7")
        self.assertEqual(sold.state, "reversed")
        self.assert_invariants()

    # -- lifted ---------------------------------------------------------------------

    def test_it_is_lifted_with_a_reason_and_kept(self):
        waits = self.uploaded(self.portal2, self.portal, amount=10)
        draft = self.uploaded(self.portal, self.portal2, amount=7, share=None)
        judgment = self.record(self.portal)
        lift = self.by(self.manager, judgment).action_lift
        self.assert_refused("reason_missing", self.portal.name, lift, " ")
        with self.assertRaises(AccessError):
            self.by(self.animator, judgment).action_lift("Non")
        wizard = self.by(self.manager, self.env["troc.reason"]).create(
            {
                "decision": "lift",
                "insolvency_ids": judgment.ids,
                "reason": "Plan adopté le 3 mars",
            }
        )
        wizard.action_confirm()
        self.assertEqual(judgment.state, "lifted")
        self.assertEqual(judgment.lifted_by_id, self.manager)
        self.assertEqual(judgment.lift_reason, "Plan adopté le 3 mars")
        self.assertFalse(judgment.stopped_ids)
        self.assertFalse((waits + draft).filtered("blocked_code"))
        self.validate(waits)
        again = self.record(self.portal)
        self.assertEqual(self.portal.insolvency_ids, again + judgment)

    def test_his_own_people_do_not_decide(self):
        self.manager.company_ids += self.seller.company_id
        own = self.by(self.manager, self.seller).action_record_judgment
        self.assert_refused("own_membership", self.seller.name, own, self.today(), KIND)

    def test_he_reads_it_on_his_page(self):
        self.record(self.portal)
        told = self.by(self.portal_user, self.portal)._what_it_means()
        self.assertIn("judgment", told)

    # -- the claim ------------------------------------------------------------------

    def test_the_claim_is_the_balance_on_the_eve(self):
        self.earn(self.portal2, 100)  # the portal member owes 100
        judgment = self.record(self.portal)
        # what was validated today is on the judgment, not before it
        self.assertEqual(judgment.eve_balance, 0)
        self.assertFalse(judgment.activity_ids)
        self.by(self.manager, judgment).action_lift("Date fausse")
        tomorrow = self.today() + timedelta(days=1)
        with self.on(tomorrow):
            judgment = self.record(self.portal)
        self.assertEqual(judgment.eve_balance, -100)
        before = judgment.claim_until
        self.assertIn(self.manager, judgment.activity_ids.user_id)
        self.assertEqual(set(judgment.activity_ids.mapped("date_deadline")), {before})
        published = judgment.judged_on + timedelta(days=12)
        self.by(self.manager, judgment).published_on = published
        self.assertGreater(judgment.claim_until, before)
        after = set(judgment.activity_ids.mapped("date_deadline"))
        self.assertEqual(after, {judgment.claim_until})

    def test_it_prints_from_the_member_in_one_click(self):
        self.earn(self.portal, 40)
        self.earn(self.portal2, 100)
        own = self.by(self.manager, self.portal)
        self.assert_refused(
            "judgment_missing", self.portal.name, own.action_print_claim
        )
        tomorrow = self.today() + timedelta(days=1)
        with self.on(tomorrow):
            judgment = self.record(self.portal, court="TAE de Paris")
        for user in (self.manager, self.animator, self.reader):
            action = self.by(user, self.portal).action_print_claim()
            self.assertEqual(action["report_name"], "troc_actif.report_claim")
            html = self.printed(user, judgment)
            for word in (self.portal.siren, "TAE de Paris", "60,00", "L. 622-24"):
                self.assertIn(word, html)
        brought, items = judgment._claim_movements()
        self.assertEqual((brought, items.mapped("spent")), (40.0, [100.0]))
        with self.assertRaises(AccessError):
            self.printed(self.portal_user, judgment)

    def test_its_screens_open_for_who_reads_the_network(self):
        waits = self.uploaded(self.portal2, self.portal, amount=10)
        judgment = self.record(self.portal)
        for user in (self.manager, self.animator, self.reader):
            Form(self.by(user, self.portal))
            Form(self.by(user, judgment))
            action = self.by(user, self.portal).action_open_stopped()
            self.assertEqual(action["res_id"], judgment.id)
            self.assertEqual(self.by(user, judgment).stopped_ids, waits)

    def printed(self, user, judgment):
        reports = self.by(user, self.env["ir.actions.report"])
        html, _kind = reports._render_qweb_html("troc_actif.report_claim", judgment.ids)
        return html.decode()
