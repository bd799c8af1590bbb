"""Transfers outside invoices: who may, what is posted where, and how it is undone."""

from psycopg2.errors import CheckViolation

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import TrocCase

KEPT = ("state", "posted_by_id", "entry_date", "override_reason", "name")


@tagged("post_install", "-at_install")
class TestTransfer(TrocCase):
    def own(self):
        return self.network._ensure_own_member()

    def assert_books(self, transfer, *expected):
        """`expected`: (company or None for the register, rows of `entry`)."""
        moves = transfer.entry_ids.sorted("id")
        found = [(m.company_id, self.entry(m)) for m in moves]
        self.assertEqual(found, list(expected))
        for move in moves:
            self.assertEqual(move.state, "posted")
            self.assertEqual(move.ref, transfer._reference())
            self.assertEqual(move.date, fields.Date.today())
            self.assertTrue(move.inalterable_hash)
            self.assertIn(transfer.network_id.name, move.line_ids[0].name)

    # -- entries --------------------------------------------------------------------

    def test_between_portal_members_the_register_alone(self):
        transfer = self.transfer(self.portal, self.portal2, 120)
        taker, giver = self.portal2.name, self.portal.name
        self.assert_books(
            transfer,
            (self.operator, [("808000", taker, 120, 0), ("808000", giver, 0, 120)]),
        )
        self.assertEqual((self.portal + self.portal2).mapped("balance"), [-120, 120])
        self.assertEqual(transfer.posted_by_id, self.manager)
        self.assert_invariants()

    def test_a_gift_between_hosted_members_is_an_expense_and_an_income(self):
        transfer = self.transfer(self.seller, self.buyer, 75.5, kind="gift")
        giver, taker = self.seller.name, self.buyer.name
        self.assert_books(
            transfer,
            (
                self.seller.company_id,
                [("658000", taker, 75.5, 0), ("467800", taker, 0, 75.5)],
            ),
            (
                self.buyer.company_id,
                [("467800", giver, 75.5, 0), ("758000", giver, 0, 75.5)],
            ),
            (self.operator, [("808000", taker, 75.5, 0), ("808000", giver, 0, 75.5)]),
        )
        self.assert_invariants()

    def test_a_correction_waits_on_the_suspense_account(self):
        transfer = self.transfer(self.seller, self.portal, 10)
        rows = self.entry(transfer.entry_ids.sorted("id")[0])
        self.assertEqual([row[0] for row in rows], ["471000", "467800"])

    def test_the_accountant_chooses_the_account(self):
        company = self.seller.company_id
        accounts = self.in_company(company)["account.account"]
        chosen = accounts.search([("code", "=", "658800")], limit=1)
        company.troc_expense_account_id = chosen
        transfer = self.transfer(self.seller, self.portal, 10, kind="gift")
        rows = self.entry(transfer.entry_ids.sorted("id")[0])
        self.assertEqual(rows[0][0], "658800")

    def test_no_account_in_the_chart(self):
        company = self.seller.company_id
        accounts = self.in_company(company)["account.account"]
        accounts.search([("code", "=", "658000")]).code = "658999"
        transfer = self.transfer(self.seller, self.portal, 10, kind="gift", post=False)
        self.assert_refused(
            "transfer_account_missing",
            company.name,
            self.by(self.manager, transfer).action_post,
        )
        self.assertEqual(transfer.state, "draft")
        self.assertFalse(transfer.entry_ids)

    def test_reversal_in_all_books(self):
        transfer = self.transfer(self.seller, self.buyer, 60, kind="gift")
        self.by(self.manager, transfer).action_reverse("Mauvais membre")
        originals = transfer.entry_ids.filtered(lambda m: not m.reversed_entry_id)
        reversals = transfer.entry_ids - originals
        self.assertEqual(len(reversals), 3)
        self.assertEqual(reversals.reversed_entry_id, originals)
        for move in reversals:
            mirror = [(*row[:2], row[3], row[2]) for row in self.entry(move)]
            self.assertCountEqual(mirror, self.entry(move.reversed_entry_id))
        self.assertEqual((self.seller + self.buyer).mapped("balance"), [0, 0])
        self.assertEqual(transfer.state, "reversed")
        self.assertEqual(transfer.reversal_reason, "Mauvais membre")
        self.assert_invariants()

    def test_twice_posted_is_posted_once(self):
        transfer = self.transfer(self.portal, self.portal2)
        self.by(self.manager, transfer).action_post()
        self.assertEqual(len(transfer.entry_ids), 1)
        with self.assertRaises(UserError):
            self.by(
                self.manager, self.transfer(self.portal, self.portal2, post=False)
            ).action_reverse("Pas encore")

    def test_the_movement_leads_to_the_transfer(self):
        transfer = self.transfer(self.portal, self.portal2)
        self.env.flush_all()
        items = self.env["troc.register.item"].search(
            [("transfer_id", "=", transfer.id)]
        )
        self.assertEqual(items.member_id, self.portal + self.portal2)
        self.assertEqual(
            {i.member_id: i.counterpart_id for i in items},
            {self.portal: self.portal2, self.portal2: self.portal},
        )
        action = self.by(self.animator, items[0]).action_open_compensation()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("troc.transfer", transfer.id)
        )

    def test_both_members_are_told(self):
        transfer = self.transfer(self.portal, self.portal2)
        mail = self.env["mail.mail"].search(
            [("model", "=", "troc.transfer"), ("res_id", "=", transfer.id)]
        )
        self.assertEqual(mail.recipient_ids, (self.portal + self.portal2).partner_id)
        self.assertIn("Décision du comité", mail.body_html)

    # -- rules ----------------------------------------------------------------------

    def test_limits_hold_and_may_be_passed_with_a_reason(self):
        self.set_limits(self.portal, 50)
        transfer = self.transfer(self.portal, self.portal2, 60, post=False)
        own = self.by(self.manager, transfer)
        self.assert_refused("credit_limit_exceeded", self.portal.name, own.action_post)
        self.assert_refused(
            "reason_missing", transfer.name, own.action_post_override, " "
        )
        own.action_post_override("Accord du bureau")
        self.assertEqual(self.portal.balance, -60)
        self.assertEqual(self.portal.credit_override, 10)
        self.assertEqual(self.portal.override_reason, "Accord du bureau")
        self.assertEqual(transfer.override_by_id, self.manager)
        self.assert_invariants()

    def test_the_screen_asks_for_the_reason(self):
        self.set_limits(self.portal, 50)
        transfer = self.transfer(self.portal, self.portal2, 60, post=False)
        wizard = self.by(self.manager, self.env["troc.reason"]).create(
            {
                "decision": "override",
                "transfer_ids": [Command.set(transfer.ids)],
                "reason": "Accord du bureau",
            }
        )
        wizard.action_confirm()
        self.assertEqual(transfer.state, "posted")
        self.assertEqual(transfer.override_reason, "Accord du bureau")

    def test_a_gift_is_received_by_who_may_sell(self):
        self.portal2.state = "stand_by"
        transfer = self.transfer(self.portal, self.portal2, kind="gift", post=False)
        self.assert_refused(
            "taker_may_not_take",
            self.portal2.name,
            self.by(self.manager, transfer).action_post,
        )

    def test_ceiling(self):
        self.set_limits(self.portal2, 0, 50)
        transfer = self.transfer(self.portal, self.portal2, 60, post=False)
        self.assert_refused(
            "balance_limit_exceeded",
            self.portal2.name,
            self.by(self.manager, transfer).action_post,
        )

    def test_evidence(self):
        for kind in ("correction", "gift"):
            transfer = self.transfer(
                self.portal,
                self.portal2,
                kind=kind,
                post=False,
                evidence_ids=[Command.clear()],
            )
            self.assert_refused(
                "evidence_missing",
                transfer.name,
                self.by(self.manager, transfer).action_post,
            )

    def test_voiding_goes_to_the_network(self):
        transfer = self.transfer(self.portal, self.portal2, kind="void", post=False)
        self.assert_refused(
            "transfer_needs_network",
            transfer.name,
            self.by(self.manager, transfer).action_post,
        )
        transfer.taker_id = self.own()
        self.by(self.manager, transfer).action_post()
        self.assertEqual(self.own().balance, 100)
        self.assert_invariants()

    def test_a_gift_is_given_by_who_may_buy(self):
        self.portal.state = "on_hold"
        transfer = self.transfer(self.portal, self.portal2, kind="gift", post=False)
        self.assert_refused(
            "giver_may_not_give",
            self.portal.name,
            self.by(self.manager, transfer).action_post,
        )

    def test_opening_balances_pass_the_limits_on_record(self):
        own = self.own()
        both = self.transfer(own, self.portal, 3000, kind="opening", post=False)
        both += self.transfer(self.portal2, own, 3000, kind="opening", post=False)
        self.by(self.manager, both).action_post()
        self.assertEqual(
            (self.portal + self.portal2 + own).mapped("balance"), [3000, -3000, 0]
        )
        self.assertEqual(self.portal2.credit_override, 1000)
        self.assertFalse(own.credit_override)
        self.assertTrue(self.portal2.override_reason)
        self.assert_invariants()

    def test_the_network_gives_as_well(self):
        """A gift, a correction, a debt that is let off: from its own account."""
        own = self.own()
        self.transfer(self.portal, self.portal2, 300)
        for kind, taker in (
            ("void", self.portal),
            ("gift", self.seller),
            ("correction", self.portal2),
        ):
            with self.subTest(kind):
                self.transfer(own, taker, 300, kind=kind)
        self.assertEqual(own.balance, -900)
        self.assertEqual(self.portal.balance, 0)
        self.assert_invariants()

    def test_the_network_gives_within_its_limit_or_with_a_reason(self):
        own = self.own()
        self.set_limits(own, 100)
        gift = self.transfer(own, self.portal, 150, kind="gift", post=False)
        managers = self.by(self.manager, gift)
        self.assert_refused("credit_limit_exceeded", own.name, managers.action_post)
        managers.action_post_override("Voted by the committee")
        self.assertEqual((own.balance, own.credit_override), (-150, 50))
        self.by(self.manager, gift).action_reverse("Erreur")
        self.assertEqual((own.balance, own.credit_override), (0, 0))
        self.assert_invariants()

    def test_two_signatures_above_the_threshold(self):
        self.network.four_eyes_threshold = 100
        second = self._user("manager2", "troc_actif.group_troc_manager")
        transfer = self.transfer(self.portal, self.portal2, 100)
        self.assertEqual(transfer.state, "draft")
        self.assertEqual(transfer.first_validator_id, self.manager)
        self.assert_refused(
            "same_validator",
            transfer.name,
            self.by(self.manager, transfer).action_post,
        )
        self.by(second, transfer).action_post()
        self.assertEqual(transfer.state, "posted")

    def test_the_other_managers_are_asked_for_the_second(self):
        self.network.four_eyes_threshold = 100
        second = self._user("manager2", "troc_actif.group_troc_manager")
        transfer = self.transfer(self.portal, self.portal2, 100)
        asked = transfer.activity_ids.user_id
        self.assertIn(second, asked)
        self.assertNotIn(self.manager, asked)
        self.by(second, transfer).action_post()
        self.assertFalse(transfer.activity_ids)

    def test_nothing_is_signed_that_a_rule_stops(self):
        self.network.four_eyes_threshold = 100
        transfer = self.transfer(
            self.portal, self.portal2, post=False, evidence_ids=[Command.clear()]
        )
        self.assert_refused(
            "evidence_missing",
            transfer.name,
            self.by(self.manager, transfer).action_post,
        )
        self.assertFalse(transfer.first_validator_id)

    def test_evidence_is_read_by_whoever_reads_the_transfer(self):
        transfer = self.transfer(self.seller, self.portal)
        second = self._user("manager2", "troc_actif.group_troc_manager")
        for user in (second, self.reader, self.animator, self.seller_accountant):
            with self.subTest(user.login):
                files = self.by(user, transfer).evidence_ids
                self.assertEqual(files.mapped("raw"), [b"Decision du comite"])
        with self.assertRaises(AccessError):
            self.by(self.buyer_accountant, transfer.evidence_ids).read(["raw"])

    def test_evidence_of_another_record_is_copied(self):
        note = self.env["ir.attachment"].create(
            {
                "name": "note.txt",
                "raw": b"Note",
                "res_model": "res.partner",
                "res_id": self.portal.partner_id.id,
            }
        )
        transfer = self.transfer(
            self.portal, self.portal2, evidence_ids=[Command.set(note.ids)]
        )
        self.assertNotEqual(transfer.evidence_ids, note)
        self.assertEqual(transfer.evidence_ids.raw, b"Note")
        self.assertEqual(note.res_model, "res.partner")

    def test_evidence_stays(self):
        self.network.four_eyes_threshold = 200
        signed = self.transfer(self.portal, self.portal2, 200)
        posted = self.transfer(self.portal, self.portal2)
        for transfer in (signed, posted):
            own = self.by(self.manager, transfer.evidence_ids)
            for act in (own.unlink, lambda own=own: own.write({"raw": b"Autre"})):
                self.assert_refused("evidence_kept", transfer.name, act)
        draft = self.transfer(self.portal, self.portal2, post=False)
        self.by(self.manager, draft.evidence_ids).unlink()
        self.assertFalse(draft.evidence_ids)

    def test_changed_after_the_first_signature(self):
        """What was signed is what is posted."""
        self.network.four_eyes_threshold = 100
        transfer = self.transfer(self.portal, self.portal2, 100)
        self.by(self.manager, transfer).amount = 1900
        self.assertFalse(transfer.first_validator_id)

    def test_locked_period(self):
        company = self.seller.company_id
        company.fiscalyear_lock_date = fields.Date.today()
        transfer = self.transfer(self.seller, self.portal, post=False)
        self.assert_refused(
            "date_locked", company.name, self.by(self.manager, transfer).action_post
        )

    def test_between_two_networks(self):
        other = self.env["troc.network"].create(
            {"name": "Autre", "company_id": self.operator.id}
        )
        self.assert_refused(
            "transfer_networks_differ",
            "Autre",
            self.transfer,
            self.portal,
            self.portal2,
            network_id=other.id,
            post=False,
        )

    def test_amount_above_zero(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.cr.savepoint(),
        ):
            self.transfer(self.portal, self.portal2, 0, post=False).flush_recordset()

    # -- rights ---------------------------------------------------------------------

    def test_managers_only(self):
        transfer = self.transfer(self.portal, self.portal2, post=False)
        for user in (
            self.animator,
            self.reader,
            self.seller_accountant,
            self.portal_user,
        ):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.by(user, transfer).action_post()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.by(user, transfer).write({"amount": 1})
        self.assertEqual(transfer.state, "draft")
        posted = self.transfer(self.portal, self.portal2)
        with self.assertRaises(AccessError):
            self.by(self.animator, posted).action_reverse("Parce que")

    def test_not_for_his_own_company(self):
        self.manager.company_ids += self.seller.company_id
        transfer = self.transfer(self.seller, self.portal, post=False)
        self.assert_refused(
            "own_company", transfer.name, self.by(self.manager, transfer).action_post
        )

    def test_who_reads(self):
        transfer = self.transfer(self.seller, self.portal)
        for user in (self.animator, self.reader, self.seller_accountant):
            self.by(user, transfer).read(["reason"])
        for user in (self.buyer_accountant, self.portal_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.by(user, transfer).read(["reason"])

    def test_the_screen_opens_for_whoever_reads(self):
        posted = self.transfer(self.seller, self.portal)
        for user in (self.manager, self.animator, self.reader, self.seller_accountant):
            with self.subTest(user.login):
                self.assertEqual(Form(self.by(user, posted)).amount, 100)

    def test_a_manager_writes_one_on_the_screen(self):
        with Form(self.by(self.manager, self.env["troc.transfer"])) as form:
            form.giver_id = self.portal
            form.taker_id = self.portal2
            form.amount = 12.5
            form.reason = "Décision du bureau"
        self.assertEqual(form.record.state, "draft")

    def test_nobody_writes_what_the_act_writes(self):
        transfer = self.transfer(self.portal, self.portal2, post=False)
        for name in KEPT:
            with self.subTest(name), self.assertRaises(UserError):
                self.by(self.manager, transfer).write({name: False})
        with self.assertRaises(UserError):
            self.by(self.manager, self.env["troc.transfer"]).create(
                {
                    "network_id": self.network.id,
                    "giver_id": self.portal.id,
                    "taker_id": self.portal2.id,
                    "amount": 1,
                    "reason": "x",
                    "state": "posted",
                }
            )

    def test_what_is_posted_stays(self):
        transfer = self.transfer(self.portal, self.portal2)
        own = self.by(self.manager, transfer)
        for act in (
            lambda: own.write({"amount": 1}),
            lambda: own.write({"reason": "Autre"}),
            own.unlink,
            lambda: transfer.register_move_id.button_draft(),
        ):
            with self.assertRaises(UserError):
                act()
        draft = self.transfer(self.portal, self.portal2, post=False)
        self.by(self.manager, draft).unlink()
        self.assertFalse(draft.exists())

    def test_no_entry_takes_the_name_of_a_transfer(self):
        transfer = self.transfer(self.seller, self.portal)
        moves = self.by(self.seller_accountant, self.env["account.move"])
        with self.assertRaises(UserError):
            moves.create({"move_type": "entry", "troc_transfer_id": transfer.id})

    def test_verification_sees_a_missing_entry(self):
        transfer = self.transfer(self.portal, self.portal2)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE account_move SET troc_transfer_id = NULL WHERE id = %s",
            transfer.register_move_id.ids,
        )
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertIn("entries_complete", broken.mapped("code"))
        self.assertIn(transfer.name, "".join(broken.mapped("breaches")))

    def test_the_own_account_is_opened_once_by_a_manager(self):
        self.by(self.manager, self.network).action_open_own_account()
        own = self.network.own_member_id
        self.assertEqual(own.partner_id, self.operator.partner_id)
        self.by(self.manager, self.network).action_open_own_account()
        self.assertEqual(self.network.own_member_id, own)
        with self.assertRaises(AccessError):
            self.by(self.animator, self.network).action_open_own_account()
        with self.assertRaises(UserError):
            self.by(self.manager, self.network).own_member_id = self.portal
