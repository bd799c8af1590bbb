"""The balances of all members on a day, and what the register shows after each line."""

import io
from datetime import date, timedelta
from zipfile import ZipFile

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TrocCase

AMOUNTS = ["earned:sum", "spent:sum", "balance:sum"]


@tagged("post_install", "-at_install")
class TestBalances(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        self = cls()
        cls.today = fields.Date.today()
        cls.first = self.validate(self.uploaded(cls.portal, cls.portal2, amount=100))
        cls.second = self.validate(self.uploaded(cls.portal2, cls.portal, amount=50))
        # the second one a year later than the first, as if the first were old
        cls.old = cls.today - timedelta(days=400)
        self._move_back(cls.first, cls.old)

    def _move_back(self, compensation, day):
        """Let the register say that a compensation was validated on `day`."""
        self.env.flush_all()
        for table, column in (("account_move", "id"), ("account_move_line", "move_id")):
            self.env.cr.execute(
                f"UPDATE {table} SET date = %s WHERE {column} = %s",
                [day, compensation.register_move_id.id],
            )
        self.env.invalidate_all()

    def on(self, day=None, since=None, user=None):
        """Return the balances of a day as a user reads them, by member."""
        balances = self.by(user or self.animator, self.env["troc.balance"])
        balances = balances.with_context(troc_date=day, troc_date_from=since)
        found = balances.search([("network_id", "=", self.network.id)])
        return {line.member_id: line for line in found}

    def wizard(self, user=None, **values):
        wizards = self.by(user or self.animator, self.env["troc.balances"])
        return wizards.create({"network_id": self.network.id, **values})

    def test_today(self):
        lines = self.on()
        self.assertEqual(set(lines), set(self.members))
        self.assertEqual(lines[self.portal].balance, 60.0)
        self.assertEqual(lines[self.portal2].balance, -60.0)
        self.assertEqual(lines[self.seller].balance, 0.0)
        self.assertEqual(
            [lines[m].side for m in (self.portal, self.portal2, self.seller)],
            ["positive", "negative", "zero"],
        )
        for member, line in lines.items():
            self.assertEqual(line.balance, member.balance, member.name)
        self.assertFalse(lines[self.seller].last_movement)
        self.assertEqual(lines[self.portal].last_movement, self.today)

    def test_any_other_day(self):
        """The day counts to its end; before the first movement nobody has anything."""
        self.assertEqual(self.on(self.old)[self.portal].balance, 120.0)
        self.assertEqual(self.on(self.old)[self.portal].last_movement, self.old)
        before = self.on(self.old - timedelta(days=1))
        self.assertEqual({line.balance for line in before.values()}, {0.0})
        # as the web client sends it
        self.assertEqual(self.on(str(self.old))[self.portal].balance, 120.0)
        self.assertEqual(self.on("demain")[self.portal].balance, 60.0)

    def test_two_days_in_one_transaction(self):
        line = self.on()[self.portal]
        then = line.with_context(troc_date=self.old)
        self.assertEqual((line.balance, then.balance), (60.0, 120.0))
        self.assertEqual((line.side, then.earned), ("positive", 120.0))

    def test_earned_and_spent_are_those_of_the_period(self):
        this_year = self.on(since=self.today - timedelta(days=30))[self.portal]
        self.assertEqual((this_year.earned, this_year.spent), (0.0, 60.0))
        ever = self.on(since=date(2000, 1, 1))[self.portal]
        self.assertEqual((ever.earned, ever.spent), (120.0, 60.0))

    def test_how_much_of_a_limit_is_used(self):
        self.set_limits(self.portal, 2000, balance=240)
        self.set_limits(self.portal2, 100)
        self.assertEqual(self.on()[self.portal].limit_used, 25.0)
        self.assertEqual(self.on()[self.portal2].limit_used, 60.0)
        self.assertEqual(self.on()[self.seller].limit_used, 0.0)

    def test_groups_sum_and_all_sum_to_zero(self):
        balances = self.by(self.animator, self.env["troc.balance"])
        mine = [("network_id", "=", self.network.id)]
        groups = dict(
            (territory, total)
            for territory, *_others, total in balances._read_group(
                mine, ["territory_id"], AMOUNTS
            )
        )
        expected = {}
        for member in self.members:
            expected.setdefault(member.territory_id, 0.0)
            expected[member.territory_id] += member.balance
        self.assertEqual(groups, expected)
        for day in (self.old, self.today, self.old + timedelta(days=1)):
            on = balances.with_context(troc_date=day)
            ((_earned, _spent, total),) = on._read_group(mine, [], AMOUNTS)
            self.assertEqual(total, 0.0)
        self.assertEqual(
            balances.search([*mine, ("balance", "<", 0)]).member_id, self.portal2
        )
        self.assertEqual(
            balances.search(mine, order="balance desc", limit=1).member_id, self.portal
        )

    def test_who_has_gone_stays_while_there_is_something_to_read(self):
        for member in (self.portal, self.seller):
            member.active = False
        self.portal2.state = self.buyer.state = "left"
        lines = self.on()
        self.assertEqual(set(lines), {self.portal, self.portal2})
        self.assertTrue(lines[self.portal].is_archived)
        # the day before his first movement there is nothing to read
        self.assertFalse(self.on(self.old - timedelta(days=1)))

    def test_candidates_are_no_members_yet(self):
        self.seller.state = "candidate"
        self.assertNotIn(self.seller, self.on())

    def test_an_entry_that_is_not_posted_does_not_count(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET parent_state = 'draft' WHERE move_id = %s",
            [self.second.register_move_id.id],
        )
        self.assertEqual(self.on()[self.portal].balance, 120.0)

    def test_a_reversal_comes_back_on_its_day(self):
        self.by(self.animator, self.second).action_reverse("Erreur")
        self.assertEqual(self.on()[self.portal].balance, 120.0)
        self.assertEqual(self.on(self.today - timedelta(1))[self.portal].balance, 120.0)
        self.assertEqual(sum(line.balance for line in self.on().values()), 0.0)

    def test_another_network_has_its_own_sum(self):
        other = self.env["troc.network"].create(
            {"name": "Ailleurs", "company_id": self.operator.id}
        )
        other.action_setup_register()
        both = self.env["troc.member"].create(
            {
                "network_id": other.id,
                "partner_id": self.portal.partner_id.id,
                "siren": self.portal.siren,
                "state": "active",
            }
        )
        found = self.env["troc.balance"].search([("network_id", "=", other.id)])
        self.assertEqual(found.member_id, both)
        self.assertEqual(found.balance, 0.0)
        self.assertEqual(self.on()[self.portal].balance, 60.0)

    def test_opens_the_movements_until_that_day(self):
        line = self.on(self.old)[self.portal]
        action = line.action_open_movements()
        items = self.by(self.animator, self.env[action["res_model"]])
        found = items.search(action["domain"])
        self.assertEqual(found.compensation_id, self.first)
        self.assertEqual(sum(found.mapped("amount")), line.balance)

    def test_the_balance_after_each_movement(self):
        items = self.by(self.animator, self.env["troc.register.item"])
        found = items.search([("network_id", "=", self.network.id)])
        self.assertEqual(len(found), 4)
        after = {(i.member_id, i.compensation_id): i.balance for i in found}
        self.assertEqual(after[self.portal, self.first], 120.0)
        self.assertEqual(after[self.portal, self.second], 60.0)
        self.assertEqual(after[self.portal2, self.first], -120.0)
        # by id, alone, and of a filter that leaves out what came before
        for item in found:
            self.env.invalidate_all()
            alone = items.browse(item.id)
            self.assertEqual(alone.balance, after[item.member_id, item.compensation_id])
        late = items.search([("date", ">", self.old), ("spent", ">", 0)])
        self.assertEqual(late.balance, 60.0)

    # -- the wizard: another day, files ---------------------------------------

    def test_the_wizard_checks_the_sum(self):
        wizard = self.wizard(date=self.today, date_from=self.old)
        self.assertTrue(wizard.is_zero)
        self.assertEqual(wizard.member_count, 4)
        self.assertEqual((wizard.earned, wizard.spent), (180.0, 180.0))
        action = wizard.action_show()
        self.assertRegex(action["name"], r"^✓ .*\b0[.,]00$")
        self.assertEqual(action["display_name"], action["name"])

    def test_the_wizard_says_when_the_sum_is_not_zero(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET balance = balance + 1 WHERE id IN"
            " (SELECT max(id) FROM account_move_line WHERE move_id = %s)",
            [self.first.register_move_id.id],
        )
        self.env.invalidate_all()
        wizard = self.wizard()
        self.assertFalse(wizard.is_zero)
        self.assertEqual(wizard.total, 1.0)
        self.assertRegex(wizard.action_show()["name"], r"^⚠ .*\b1[.,]00$")

    def test_the_screen_opens_on_the_day_asked_for(self):
        action = self.wizard(date=self.old).action_show()
        lines = self.by(self.animator, self.env["troc.balance"]).with_context(
            **action["context"]
        )
        found = lines.search(action["domain"])
        self.assertEqual(max(found.mapped("balance")), 120.0)
        # and the wizard, asked again from there, starts where the screen stands
        again = self.env["troc.balances"].browse(lines.action_choose()["res_id"])
        self.assertEqual((again.date, again.network_id), (self.old, self.network))

    def test_the_menu_opens_today(self):
        action = self.env.ref("troc_actif.action_balances_today")
        for user in (self.animator, self.manager, self.reader):
            opened = self.by(user, action).run()
            self.assertEqual(opened["res_model"], "troc.balance")
            self.assertEqual(opened["context"]["troc_date"], str(self.today))

    def test_the_workbook(self):
        self.portal.partner_id.name = "=HYPERLINK(1)"
        with ZipFile(io.BytesIO(self.wizard(date=self.today)._as_xlsx())) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
            texts = book.read("xl/sharedStrings.xml").decode()
        self.assertIn("=HYPERLINK(1)", texts)
        self.assertEqual(sheet.count("<f>"), 3, "the sums alone are formulas")
        self.assertIn("<v>-60</v>", sheet)
        # title, period, heading, four members, sums
        self.assertEqual(sheet.count("<row "), 3 + 4 + 1)

    def test_the_file_names_its_day(self):
        wizard = self.wizard(date=self.old)
        self.assertTrue(wizard.content)
        self.assertIn(f"{self.old}.xlsx", wizard.action_download()["url"])

    def test_the_printed_list(self):
        wizard = self.wizard()
        action = wizard.action_print()
        self.assertEqual(action["report_name"], "troc_actif.report_balances")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            action["report_name"], wizard.ids
        )
        text = html.decode()
        for member in self.members:
            self.assertIn(member.name, text)
        self.assertIn("The balances of all members sum to zero.", text)

    # -- rights ---------------------------------------------------------------

    def test_who_reads_them(self):
        for user in (self.animator, self.manager, self.reader):
            self.assertEqual(self.on(user=user)[self.portal].balance, 60.0)
            self.assertTrue(self.wizard(user).is_zero)

    def test_who_does_not(self):
        line = self.on()[self.portal2]
        wizard = self.wizard()
        for user in (self.seller_accountant, self.buyer_accountant, self.portal_user):
            own = self.by(user, line)
            for act in (
                lambda own=own: own.read(["balance"]),
                lambda own=own: own.search([]),
                lambda own=own: own._read_group([], [], ["balance:sum"]),
                lambda own=own: own.action_open_movements(),
                lambda own=own: own.action_choose(),
                lambda user=user: self.by(user, wizard).action_show(),
                lambda user=user: self.by(user, wizard)._as_xlsx(),
                lambda user=user: self.wizard(user),
            ):
                with self.assertRaises(AccessError):
                    act()
