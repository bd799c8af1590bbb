"""The loss of a debt: who bears it, to the cent, in all books, and how it is undone."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import TrocCase
from .life import Life


@tagged("post_install", "-at_install")
class TestLosses(Life, TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        self = cls()
        # seller +120, portal2 +30.01, buyer -0.01, portal -150
        self.transfer(cls.portal, cls.seller, 120)
        self.transfer(cls.portal, cls.portal2, 30)
        self.transfer(cls.buyer, cls.portal2, 0.01)
        cls.tomorrow = fields.Date.today() + timedelta(days=1)
        cls.startClassPatcher(cls.on(cls.tomorrow))
        judge = self.by(cls.manager, cls.portal).action_record_judgment
        judge(cls.tomorrow, "liquidation")
        cls.judgment = cls.portal.insolvency_ids

    def loss(self, rule="reserve", **values):
        """Return a loss that the manager began, as the network's rule has it."""
        self.network.loss_rule = rule
        action = self.by(self.manager, self.judgment).action_write_off()
        loss = self.by(self.manager, self.env["troc.loss"]).browse(action["res_id"])
        loss.write({"reason": "Certificat du liquidateur", **values})
        return loss

    def shares(self, loss):
        return {line.member_id: line.amount for line in loss.share_ids}

    def assert_borne(self, loss, *expected):
        """`expected`: (member, what he bore, his balance afterwards)."""
        self.assertEqual(loss.state, "posted")
        self.assertEqual(self.shares(loss), {who: part for who, part, _b in expected})
        self.assertEqual(
            {t.giver_id: t.amount for t in loss.transfer_ids}, self.shares(loss)
        )
        self.assertEqual(sum(loss.transfer_ids.mapped("amount")), loss.amount)
        self.assertEqual(loss.transfer_ids.taker_id, self.portal)
        for who, _part, balance in expected:
            self.assertEqual(who.balance, balance)
        self.assert_invariants()

    # -- who bears it -----------------------------------------------------------------

    def test_the_networks_own_account(self):
        loss = self.loss()
        self.assertEqual((loss.amount, loss.weighed_on), (150, fields.Date.today()))
        loss.action_post()
        self.assertEqual(self.portal.balance, 0)
        self.assert_borne(loss, (self.network.own_member_id, 150.0, -150.0))
        transfer = loss.with_env(self.env).transfer_ids
        self.assertEqual(
            self.entry(transfer.register_move_id),
            [
                ("808000", self.portal.name, 150.0, 0.0),
                ("808000", self.network.own_member_id.name, 0.0, 150.0),
            ],
        )
        self.assertEqual(transfer.register_move_id.company_id, self.operator)
        self.assertEqual(loss.entry_date, self.tomorrow)

    def test_members_above_zero_in_proportion(self):
        loss = self.loss("balances")
        loss.action_post()
        # 150 * 120 / 150.01 and 150 * 30.01 / 150.01
        self.assert_borne(loss, (self.seller, 119.99, 0.01), (self.portal2, 30.01, 0.0))

    def test_members_in_equal_shares_beyond_a_limit_on_record(self):
        self.set_limits(self.buyer, 10)
        loss = self.loss("equal", amount=100)
        loss.action_post()
        self.assert_borne(
            loss,
            (self.seller, 33.34, 86.66),
            (self.buyer, 33.33, -33.34),
            (self.portal2, 33.33, -3.32),
        )
        self.assertEqual(self.portal.balance, -50)
        self.assertEqual(self.buyer.credit_override, 23.34)
        self.assertIn(loss.name, self.buyer.override_reason)

    def test_members_by_their_sales(self):
        with self.on(fields.Date.today()):
            self.validate(self.uploaded(self.portal2, self.buyer, amount=100, tax=0))
            sold = self.validated(amount=400, tax="")
            self.by(self.animator, sold).action_reverse_part(100, "Un article manquait")
        # sold after the day that is weighed
        self.validate(self.uploaded(self.portal2, self.buyer, amount=500, tax=0))
        loss = self.loss("turnover")
        loss.action_post()
        self.assert_borne(
            loss, (self.seller, 112.5, 307.5), (self.portal2, 37.5, 592.51)
        )

    def test_a_hosted_member_books_it_as_an_expense(self):
        loss = self.loss("balances")
        vat = self.vat_due(self.seller.company_id)
        loss.action_post()
        shares = loss.with_env(self.env).transfer_ids
        own = shares.filtered(lambda t: t.giver_id == self.seller)
        move = (own.entry_ids - own.register_move_id).ensure_one()
        self.assertEqual(
            self.entry(move),
            [
                ("658000", self.portal.name, 119.99, 0.0),
                ("467800", self.portal.name, 0.0, 119.99),
            ],
        )
        self.assertIn(loss.name, move.ref)
        self.assertIn("Certificat", move.ref)
        self.assertEqual(self.vat_due(self.seller.company_id), vat)

    def test_who_failed_as_well_bears_nothing(self):
        loss = self.loss("equal")
        self.by(self.manager, self.buyer).action_record_judgment(
            self.tomorrow, "receivership"
        )
        self.assert_refused("loss_shares_differ", loss.name, loss.action_post)
        loss.action_share_out()
        self.assertNotIn(self.buyer, loss.share_ids.member_id)
        loss.action_post()
        self.assert_borne(loss, (self.seller, 75.0, 45.0), (self.portal2, 75.0, -44.99))

    def test_shares_are_those_of_the_eve_whatever_is_spent_since(self):
        loss = self.loss("balances")
        self.assertEqual(self.shares(loss)[self.seller], 119.99)
        self.transfer(self.seller, self.portal2, 100)
        loss.action_post()
        self.assert_borne(
            loss, (self.seller, 119.99, -99.99), (self.portal2, 30.01, 100.0)
        )

    # -- the act ----------------------------------------------------------------------

    def test_who_may(self):
        loss = self.loss()
        for user in (self.animator, self.reader):
            own = self.by(user, loss)
            for act in (own.action_post, own.action_share_out):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    act()
            with self.assertRaises(AccessError):
                self.by(user, self.judgment).action_write_off()
        for user in (self.portal2_user, self.seller_accountant):
            with self.assertRaises(AccessError):
                self.by(user, loss).read(["amount"])
        self.assertEqual(loss.state, "draft")

    def test_its_screen_opens_and_says_that_vat_is_left_alone(self):
        loss = self.loss("balances")
        for user in (self.manager, self.animator, self.reader):
            form = Form(self.by(user, loss))
            self.assertEqual(form.rule, "balances")
        arch = self.env.ref("troc_actif.view_loss_form").arch
        self.assertIn("VAT is left alone", arch)

    def test_above_the_threshold_two_managers(self):
        self.network.four_eyes_threshold = 100
        second = self._user("manager2", "troc_actif.group_troc_manager")
        loss = self.loss("balances")
        loss.action_post()
        self.assertEqual((loss.state, loss.first_validator_id), ("draft", self.manager))
        self.assert_refused("same_validator", loss.name, loss.action_post)
        for vals in ({"amount": 149}, {"reason": "Plan de cession"}):
            loss.write(vals)  # what was signed is what is posted
            self.assertFalse(loss.first_validator_id)
            loss.action_post()
        self.by(second, loss).action_post()
        self.assertEqual((loss.state, loss.posted_by_id), ("posted", second))
        self.assertEqual(self.portal.balance, -1)

    def test_what_is_refused(self):
        loss = self.loss()
        loss.write({"reason": " "})
        self.assert_refused("loss_unexplained", loss.name, loss.action_post)
        loss.write({"reason": "Certificat", "amount": 150.01})
        self.assert_refused("loss_beyond_debt", loss.name, loss.action_post)
        loss.amount = 150
        self.by(self.manager, self.judgment).action_lift("Erreur")
        self.assert_refused("judgment_lifted", self.portal.name, loss.action_post)

    def test_nobody_who_counts(self):
        self.network.loss_rule = "turnover"
        act = self.by(self.manager, self.judgment).action_write_off
        self.assert_refused("loss_nobody", self.portal.name, act)

    def test_no_debt_no_loss(self):
        self.by(self.manager, self.seller).action_record_judgment(
            self.tomorrow, "safeguard"
        )
        judgment = self.seller.insolvency_ids
        act = self.by(self.manager, judgment).action_write_off
        self.assert_refused("loss_not_owing", self.seller.name, act)

    def test_a_part_of_the_debt_then_the_rest(self):
        first = self.loss(amount=50)
        first.action_post()
        self.assertEqual(self.portal.balance, -100)
        self.env.flush_all()
        rest = self.loss()
        self.assertEqual(rest.amount, 100)
        self.assertNotEqual(rest, first)
        rest.action_post()
        self.assertEqual(self.portal.balance, 0)
        self.assertEqual(self.judgment.loss_ids, rest + first)
        self.assert_invariants()

    def test_posted_it_is_sealed(self):
        loss = self.loss()
        loss.action_post()
        for vals in ({"amount": 1.0}, {"reason": "Autre"}):
            self.assert_refused("loss_posted", loss.name, loss.write, vals)
        self.assert_refused("loss_posted", loss.name, loss.action_share_out)
        self.assert_refused("loss_posted", loss.name, loss.unlink)
        for vals in ({"state": "draft"}, {"rule": "equal"}, {"transfer_ids": []}):
            with self.assertRaises(UserError):
                loss.write(vals)
        loss.action_post()  # once is enough
        self.assertEqual(len(loss.transfer_ids), 1)

    def test_it_is_reversed_as_a_whole(self):
        loss = self.loss("balances")
        loss.action_post()
        one = loss.transfer_ids[:1]
        undo = self.by(self.manager, one).action_reverse
        self.assert_refused("loss_own_document", one.name, undo, "Non")
        with self.assertRaises(AccessError):
            self.by(self.animator, loss).action_reverse("Non")
        self.assert_refused("reason_missing", loss.name, loss.action_reverse, " ")
        wizard = self.by(self.manager, self.env["troc.reason"]).create(
            {"decision": "reverse", "loss_ids": loss.ids, "reason": "Payé au plan"}
        )
        wizard.action_confirm()
        self.assertEqual(
            (loss.state, loss.reversal_reason), ("reversed", "Payé au plan")
        )
        self.assertEqual(set(loss.transfer_ids.mapped("state")), {"reversed"})
        self.assertEqual(
            (self.portal + self.seller + self.portal2).mapped("balance"),
            [-150, 120, 30.01],
        )
        self.assert_invariants()

    def test_a_transfer_of_a_loss_is_made_by_no_hand(self):
        own = self.network._ensure_own_member()
        transfer = self.transfer(own, self.portal, 10, kind="loss", post=False)
        post = self.by(self.manager, transfer).action_post
        self.assert_refused("loss_own_document", transfer.name, post)

    def test_each_is_told_his_share_and_nobody_anothers(self):
        last = self.last_mail()
        loss = self.loss("balances")
        loss.action_post()
        for member, part in ((self.seller, "119,99"), (self.portal2, "30,01")):
            mail = self.mails_to(member, last)
            self.assertEqual(len(mail), 1)
            self.assertIn(part, mail.body_html)
            self.assertIn("TVA", mail.body_html)
        self.assertFalse(self.mails_to(self.portal, last))
