"""Every change of a limit is written down; limits for a time; who may pass over one."""

from ast import literal_eval

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .limits_case import LimitsCase


@tagged("post_install", "-at_install")
class TestLimitLog(LimitsCase):
    def told(self, member):
        """Return the last line of the log as a person reads it."""
        change = self.change(member)
        return (
            change.kind,
            (change.credit_before, change.credit_after),
            (change.ceiling_before, change.ceiling_after),
            change.user_id,
            change.reason,
        )

    def test_a_new_member_gets_the_defaults_of_the_network_on_record(self):
        self.network.write({"credit_limit": 750, "balance_limit": 9000})
        member = self._portal("Test Nouveau", "78000", "000100057")
        kind, credit, ceiling, user, reason = self.told(member)
        self.assertEqual((kind, user), ("default", self.env.user))
        self.assertEqual((credit, ceiling), ((0, 750), (0, 9000)))
        self.assertTrue(reason)
        self.assertEqual(len(member.limit_change_ids), 1)

    def test_a_decision_is_on_record(self):
        self.set_limits(self.portal, 3000, 8000)
        self.assertEqual(
            self.told(self.portal),
            ("set", (2000, 3000), (0, 8000), self.manager, "Décision du comité"),
        )
        self.assertFalse(self.change(self.portal).is_override)

    def test_the_history_of_the_member_says_what_changed(self):
        """The figures are the account's; who reads the member's messages sees them."""
        self.env.flush_all()
        self.env.cr.flush()
        self.set_limits(self.portal, 3000, 8000)
        self.env.flush_all()
        self.env.cr.flush()
        shown = {
            value.field_id.name: (value.old_value_float, value.new_value_float)
            for value in self.portal.message_ids.tracking_value_ids
        }
        self.assertEqual(shown["credit_limit"], (2000, 3000))
        self.assertEqual(shown["balance_limit"], (0, 8000))

    def test_an_excess_is_one_line_and_no_second_override(self):
        self.sell(self.portal2, self.portal, 1500)
        lines = len(self.portal.limit_change_ids)
        self.set_limits(self.portal, 500, excess=True)
        self.portal.invalidate_recordset()
        self.assertEqual(len(self.portal.limit_change_ids), lines + 1)
        change = self.change(self.portal)
        self.assertEqual((change.kind, change.excess), ("set", 1000.0))
        self.assertTrue(change.is_override)
        self.assert_invariants()

    def test_a_member_let_pass_before_needs_no_override_to_get_more_room(self):
        self.sell(self.portal2, self.portal, 1500)
        self.set_limits(self.portal, 500, excess=True)
        self.set_limits(self.portal, 800)
        self.assertEqual(self.portal.credit_override, 700.0)
        self.assertFalse(self.change(self.portal).is_override)
        self.assert_refused(
            "limit_below_use",
            self.portal.name,
            self.as_manager(self.portal).action_set_limits,
            700,
            0,
            "Prudence",
        )
        self.assert_invariants()

    def test_an_override_names_what_it_let_pass(self):
        compensation = self.uploaded(self.portal2, self.portal, 3000, tax=0)
        self.as_manager(compensation).action_validate_override("Gros chantier")
        change = self.change(self.portal)
        self.assertEqual((change.kind, change.excess), ("override", 1000.0))
        self.assertEqual(change.compensation_id, compensation)
        self.assertEqual(
            (change.user_id, change.reason), (self.manager, "Gros chantier")
        )
        self.assertNotEqual(self.change(self.portal2).kind, "override")
        own = self.as_manager(change).action_open_act()
        self.assertEqual(
            (own["res_model"], own["res_id"]), (compensation._name, compensation.id)
        )
        transfer = self.transfer(self.portal, self.portal2, 50, post=False)
        self.as_manager(transfer).action_post_override("Solde d'avant")
        change = self.change(self.portal)
        self.assertEqual((change.transfer_id, change.excess), (transfer, 1050.0))
        action = self.env.ref("troc_actif.action_override_list")
        found = self.env["troc.limit.change"].search(literal_eval(action.domain))
        self.assertIn(change, found)
        self.assert_invariants()

    def test_the_log_is_never_changed(self):
        change = self.change(self.portal)
        log = self.env["troc.limit.change"]
        values = {"member_id": self.portal.id, "kind": "set", "reason": "Non"}
        for user in (self.manager, self.animator, self.portal_user):
            own = self.by(user, change)
            for act, *args in (
                (own.write, {"reason": "Autre"}),
                (own.unlink,),
                (own.copy,),
                (self.by(user, log).create, values),
            ):
                with self.assertRaises(UserError):
                    act(*args)
        for act, *args in ((change.write, {"reason": "Autre"}), (change.unlink,)):
            with self.assertRaises(UserError):
                act(*args)

    def test_who_reads_the_log(self):
        change = self.change(self.portal)
        for user in (self.manager, self.animator, self.reader, self.portal_user):
            self.assertTrue(self.by(user, change).reason, user.login)
        for user in (self.portal2_user, self.far_animator, self.seller_accountant):
            with self.assertRaises(AccessError):
                self.by(user, change).read(["reason"])
        own = self.change(self.seller)
        self.assertTrue(self.by(self.seller_accountant, own).reason)
        with self.assertRaises(AccessError):
            self.by(self.buyer_accountant, own).read(["reason"])

    # -- who decides ---------------------------------------------------------------

    def test_nobody_sets_the_limits_of_his_own_company(self):
        self.manager.company_ids += self.seller.company_id
        act = self.as_manager(self.seller).action_set_limits
        self.assert_refused("own_limits", self.seller.name, act, 1, 0, "Pour moi")
        self.set_limits(self.portal, 2500)
        own = self.network.sudo()._ensure_own_member()
        self.as_manager(own).action_set_limits(5000, 0, "Compte du réseau")
        self.assertEqual(own.credit_limit, 5000.0)

    def test_passing_over_a_limit_is_a_right_of_its_own(self):
        self.manager.group_ids -= self.env.ref("troc_actif.group_troc_override")
        beyond = self.uploaded(self.portal2, self.portal, 3000, tax=0)
        done = self.sell(self.portal2, self.portal, 1500)
        transfer = self.transfer(self.portal, self.portal2, 900, post=False)
        posted = self.transfer(self.portal2, self.portal, 10)
        for act, *args in (
            (self.as_manager(beyond).action_validate_override, "Urgent"),
            (self.as_manager(done).action_reverse, "Erreur", True),
            (self.as_manager(done).action_reverse_part, 10, "Erreur", True),
            (self.as_manager(transfer).action_post_override, "Urgent"),
            (self.as_manager(posted).action_reverse, "Erreur", True),
            (self.as_manager(self.portal).action_set_limits, 1, 0, "Non", True),
        ):
            self.assert_refused("not_overrider", self.manager.name, act, *args)
        self.assertEqual((beyond.state, done.state), ("submitted", "validated"))
        # the rest of a manager's work goes on
        self.as_manager(done).action_reverse("Erreur")
        self.set_limits(self.portal, 9000)
        self.assert_invariants()

    def test_the_right_alone_does_not_make_a_manager(self):
        self.animator.group_ids += self.env.ref("troc_actif.group_troc_override")
        beyond = self.uploaded(self.portal2, self.portal, 3000, tax=0)
        own = self.by(self.animator, beyond)
        act = own.action_validate_override
        self.assert_refused("not_manager", self.animator.name, act, "Urgent")

    # -- for a time ----------------------------------------------------------------

    def raised(self, credit=1000, ceiling=0, until=None, member=None):
        member = member or self.portal
        self.as_manager(member).action_set_temporary_limits(
            credit, ceiling, until or self.today, "Foire de novembre"
        )

    def night(self):
        self.env["troc.account"]._cron_end_temporary_limits()

    def test_a_temporary_limit_counts_until_its_last_day(self):
        self.raised()
        self.assertEqual((self.portal.credit_limit, self.portal.room), (3000, 3000))
        change = self.change(self.portal)
        self.assertEqual((change.kind, change.until), ("temporary", self.today))
        self.night()
        self.assertEqual(self.portal.credit_limit, 3000)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual((self.portal.credit_limit, self.portal.room), (2000, 2000))
        self.assertFalse(self.portal.temporary_until)
        self.assertEqual(self.change(self.portal).kind, "ended")
        mail = self.mails(self.change(self.portal))
        self.assertEqual(mail.recipient_ids, self.portal.partner_id)
        lines = len(self.env["troc.limit.change"].search([]))
        self.night()
        self.assertEqual(len(self.env["troc.limit.change"].search([])), lines)

    def test_an_extra_of_yesterday_counts_no_more_though_the_night_is_late(self):
        self.raised()
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.assertEqual(self.portal.room, 2000)
        compensation = self.uploaded(self.portal2, self.portal, 2500, tax=0)
        self.assert_waits(compensation, "credit_limit_exceeded", self.portal.name)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.state, "submitted")
        self.assert_invariants()

    def test_a_late_night_after_a_movement(self):
        """What lay beyond at the movement is recorded when the limit falls."""
        self.raised()
        self.sell(self.portal2, self.portal, 2800)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.sell(self.portal, self.portal2, 100)
        self.assertEqual(self.portal.credit_override, 700.0)
        self.assert_invariants()
        self.night()
        self.assertEqual(self.portal.override_by_id, self.manager)
        self.assertTrue(self.change(self.portal).is_override)
        self.assert_invariants()

    def test_the_end_of_what_is_used_is_an_override_of_who_granted_it(self):
        self.raised()
        self.sell(self.portal2, self.portal, 2600)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual(self.portal.credit_limit, 2000)
        self.assertEqual(self.portal.credit_override, 600.0)
        self.assertEqual(self.portal.override_by_id, self.manager)
        self.assertIn(self.portal.override_reason, self.change(self.portal).reason)
        self.assertTrue(self.change(self.portal).is_override)
        asked = self.activities(self.portal, "activity_limit").user_id
        self.assertIn(self.manager, asked)
        self.assert_invariants()

    def test_an_extra_makes_no_ceiling_where_there_is_none(self):
        self.raised(1000, 500)
        self.assertEqual(self.portal.balance_limit, 0)
        self.assertEqual(self.portal.temporary_ceiling, 0)
        self.sell(self.portal, self.portal2, 1900)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual(self.portal.balance_limit, 0)
        self.assert_invariants()

    def test_a_temporary_ceiling(self):
        self.set_limits(self.portal, 2000, 1000)
        self.raised(0, 500)
        self.sell(self.portal, self.portal2, 1400)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual(
            (self.portal.balance_limit, self.portal.balance_override), (1000, 400)
        )
        self.assert_invariants()

    def test_another_one_takes_its_place_and_so_does_a_decision(self):
        self.raised(1000)
        self.raised(300)
        self.assertEqual(self.portal.credit_limit, 2300)
        self.set_limits(self.portal, 2100)
        self.assertEqual(self.portal.temporary_until, False)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual(self.portal.credit_limit, 2100)

    def test_refusals_of_temporary_limits(self):
        own = self.as_manager(self.portal).action_set_temporary_limits
        name = self.portal.name
        for code, *args in (
            ("temporary_empty", 0, 0, self.today, "Foire"),
            ("temporary_empty", 0, 500, self.today, "Foire"),
            ("temporary_past", 100, 0, self.days_ago(1), "Foire"),
            ("temporary_past", 100, 0, False, "Foire"),
            ("temporary_past", 100, 0, "demain", "Foire"),
            ("limit_negative", -1, 0, self.today, "Foire"),
            ("reason_missing", 100, 0, self.today, " "),
        ):
            self.assert_refused(code, name, own, *args)
        for user in (self.animator, self.reader, self.portal_user):
            with self.assertRaises(AccessError):
                self.by(user, self.portal).action_set_temporary_limits(
                    1, 0, self.today, "Foire"
                )

    def test_the_window(self):
        wizard = Form(
            self.as_manager(self.env["troc.limits"]).with_context(
                default_member_id=self.portal.id
            )
        )
        self.assertEqual(wizard.credit_limit, 2000)
        wizard.duration = "time"
        wizard.extra_credit = 400
        wizard.until = self.today
        wizard.reason = "Foire"
        wizard.save().action_confirm()
        self.assertEqual(self.portal.credit_limit, 2400)
        self.assertEqual(self.portal.temporary_by_id, self.manager)
        for user in (self.manager, self.animator, self.reader):
            Form(self.by(user, self.portal))

    # -- growth --------------------------------------------------------------------

    def grow(self):
        self.env["troc.account"]._cron_grow_limits()

    def test_limits_grow_with_sales_up_to_a_cap(self):
        self.set_limits(self.portal, 200)
        self.set_limits(self.portal2, 9000)
        self.sell(self.portal, self.portal2, 3000)
        self.grow()
        self.assertEqual(self.portal.credit_limit, 200, "off by default")
        self.network.write({"growth_percent": 20, "growth_cap": 700})
        self.grow()
        self.assertEqual(self.portal.credit_limit, 600)
        self.assertEqual(self.portal2.credit_limit, 9000, "never lowers")
        change = self.change(self.portal)
        self.assertEqual((change.kind, change.credit_before), ("growth", 200))
        self.assertEqual(self.mails(change).recipient_ids, self.portal.partner_id)
        self.grow()
        self.assertEqual(self.change(self.portal), change, "said once")
        self.sell(self.portal, self.portal2, 3000)
        self.grow()
        self.assertEqual(self.portal.credit_limit, 700, "the cap")
        self.assert_invariants()

    def test_parts_taken_back_are_no_sales(self):
        self.set_limits(self.portal, 200)
        self.network.write({"growth_percent": 20, "growth_cap": 700})
        sold = self.validate(
            self.uploaded(self.portal, self.portal2, amount=1500, tax=0)
        )
        self.by(self.animator, sold).action_reverse_part(500, "Un article manquait")
        self.grow()
        self.assertEqual(self.portal.credit_limit, 200)

    def test_what_does_not_make_limits_grow(self):
        self.set_limits(self.portal, 0)
        self.network.write({"growth_percent": 50, "growth_cap": 5000})
        old = self.sell(self.portal, self.portal2, 400)
        self.sealed_write(old, entry_date=self.days_ago(366))
        taken_back = self.sell(self.portal, self.portal2, 400)
        self.by(self.animator, taken_back).action_reverse("Erreur")
        self.uploaded(self.portal, self.portal2, amount=400, tax=0)
        self.grow()
        self.assertEqual(self.portal.credit_limit, 0)
        self.sell(self.portal, self.portal2, 400)
        self.portal.sudo().state = "on_hold"
        self.grow()
        self.assertEqual(self.portal.credit_limit, 0)
        self.portal.sudo().state = "active"
        self.grow()
        self.assertEqual(self.portal.credit_limit, 200)

    def test_growth_under_a_temporary_limit(self):
        self.set_limits(self.portal, 100)
        self.raised(1000)
        self.sell(self.portal, self.portal2, 1000)
        self.network.write({"growth_percent": 50, "growth_cap": 5000})
        self.grow()
        self.assertEqual(self.portal.credit_limit, 1500)
        self.sealed_write(self.portal, temporary_until=self.days_ago(1))
        self.night()
        self.assertEqual(self.portal.credit_limit, 500)
