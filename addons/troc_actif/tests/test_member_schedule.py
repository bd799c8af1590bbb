"""A schedule of sales: agreed upon, followed, late, kept."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase
from .life import Life


@tagged("post_install", "-at_install")
class TestMemberSchedule(Life, TrocCase):
    def setUp(self):
        super().setUp()
        self.earn(self.portal2, 300)
        self.assertEqual(self.portal.balance, -300.0)

    def day(self, days):
        return fields.Date.context_today(self.network) + timedelta(days=days)

    def schedule(self, *steps, member=None, agree=True):
        """Return a schedule written, and agreed upon, by the manager."""
        steps = steps or ((30, 100), (60, 200))
        schedule = self.by(self.manager, self.env["troc.member.schedule"]).create(
            {
                "member_id": (member or self.portal).id,
                "line_ids": [
                    Command.create({"due_date": self.day(days), "amount": amount})
                    for days, amount in steps
                ],
            }
        )
        if agree:
            schedule.action_agree()
        return schedule.with_env(self.env)

    def later(self, schedule, days):
        """Let so many days pass for a schedule."""
        for line in schedule.line_ids:
            sealed(line).due_date -= timedelta(days=days)
        schedule.invalidate_recordset()
        schedule.line_ids.invalidate_recordset()
        self.env["troc.member.schedule"]._cron_follow()

    def test_agreed_upon_and_told(self):
        last = self.last_mail()
        schedule = self.schedule()
        self.assertEqual(schedule.state, "agreed")
        self.assertEqual(schedule.agreed_by_id, self.manager)
        self.assertEqual(schedule.total, 300.0)
        self.assertEqual(self.portal.schedule_id, schedule)
        mail = self.mails_to(self.portal, last)
        self.assertEqual(len(mail), 1)
        self.assertRegex(mail.body_html, "200[.,]00")
        self.assertRegex(mail.body_html, "never in euros|jamais en euros")

    def test_what_is_no_schedule(self):
        name = self.portal.name
        for code, steps in (
            ("schedule_short", ((30, 299.99),)),
            ("schedule_empty", ((30, 300), (40, 0))),
            ("schedule_past", ((0, 300),)),
        ):
            own = self.by(self.manager, self.schedule(*steps, agree=False))
            self.assert_refused(code, name, own.action_agree)
        owed = self.schedule(member=self.portal2, agree=False)
        own = self.by(self.manager, owed)
        self.assert_refused("schedule_not_owing", self.portal2.name, own.action_agree)

    def test_managers_write_it_others_read_it(self):
        draft = self.schedule(agree=False)
        for user in (self.animator, self.reader, self.portal_user):
            own = self.by(user, draft)
            self.assertEqual(own.total, 300.0)
            with self.assertRaises(AccessError):
                own.action_agree()
            with self.assertRaises(AccessError):
                own.note = "X"
            with self.assertRaises(AccessError):
                own.line_ids.amount = 1
        for user in (self.far_animator, self.portal2_user, self.seller_accountant):
            for model in ("troc.member.schedule", "troc.member.schedule.line"):
                self.assertFalse(self.by(user, self.env[model]).search([]))
        own = self.by(self.manager, draft)
        self.assert_refused("frozen", "", own.write, {"state": "kept"})

    def test_once_agreed_upon_it_stays(self):
        schedule = self.by(self.manager, self.schedule())
        name = self.portal.name
        line = schedule.line_ids[:1]
        for act, *args in (
            (schedule.write, {"note": "X"}),
            (schedule.write, {"line_ids": [Command.delete(line.id)]}),
            (line.write, {"amount": 1}),
            (line.unlink,),
            (schedule.unlink,),
            (line.create, {**line.copy_data()[0]}),
        ):
            self.assert_refused("schedule_agreed", name, act, *args)
        again = self.schedule((10, 300))
        self.assertEqual(schedule.state, "replaced")
        self.assertEqual(self.portal.schedule_id, again)

    def test_followed_by_what_his_sales_brought(self):
        schedule = self.schedule()
        sale = self.earn(self.portal, 130)
        self.env.flush_all()
        schedule.invalidate_recordset()
        schedule.line_ids.invalidate_recordset()
        self.assertEqual(schedule.received, 130.0)
        self.assertEqual(schedule.progress, 43)
        self.assertEqual(schedule.line_ids.mapped("missing"), [0.0, 170.0])
        # neither what is given to him, nor what is taken back
        self.transfer(self.portal2, self.portal, 20)
        self.by(self.manager, sale).action_reverse("Annulée", override=True)
        self.env.flush_all()
        schedule.invalidate_recordset()
        self.assertEqual(schedule.received, 0.0)
        self.assert_invariants()

    def test_late_is_told_once_a_step(self):
        schedule = self.schedule()
        last = self.last_mail()
        self.later(schedule, 30)
        self.assertFalse(schedule.is_late)
        self.assertFalse(self.mails_to(self.portal, last))
        self.later(schedule, 1)
        self.assertTrue(schedule.is_late)
        self.assertEqual(schedule.due, 100.0)
        self.assertEqual(len(self.mails_to(self.portal, last)), 1)
        self.assertIn("100", self.mails_to(self.portal, last).body_html)
        self.assertEqual(schedule.activity_ids.user_id, self.animator)
        self.later(schedule, 1)
        self.assertEqual(len(self.mails_to(self.portal, last)), 1)
        self.later(schedule, 30)
        self.assertEqual(len(self.mails_to(self.portal, last)), 2)

    def test_kept_in_time(self):
        schedule = self.schedule()
        self.earn(self.portal, 100)
        last = self.last_mail()
        self.later(schedule, 31)
        self.assertFalse(self.mails_to(self.portal, last))
        self.earn(self.portal, 200)
        self.later(schedule, 1)
        self.assertEqual(schedule.state, "kept")
        self.assertFalse(self.portal.schedule_id)

    def test_the_screens(self):
        form = Form(self.by(self.manager, self.env["troc.member.schedule"]))
        form.member_id = self.portal
        with form.line_ids.new() as line:
            line.due_date = self.day(30)
            line.amount = 300
        form.save().action_agree()
        for user in (self.manager, self.animator, self.reader):
            own = self.by(user, self.portal)
            action = own.action_open_schedules()
            found = self.by(user, self.env[action["res_model"]]).search(
                action["domain"]
            )
            self.assertTrue(found)
        Form(self.by(self.manager, self.portal))
