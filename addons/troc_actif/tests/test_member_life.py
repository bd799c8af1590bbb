"""Each state of a membership: who sets it, what it allows, what it does to the rest."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.troc_actif_invoice.lib.actif_rules.member_life import NEXT

from .common import TrocCase
from .life import Life


@tagged("post_install", "-at_install")
class TestMemberLife(Life, TrocCase):
    # -- the act ------------------------------------------------------------------

    def test_a_change_is_written_logged_and_told(self):
        self.portal.partner_id.lang = "fr_FR"
        last = self.last_mail()
        self.set_state(self.portal, "on_hold", "Factures impayées")
        self.assertEqual(self.portal.state, "on_hold")
        self.assertEqual(self.portal.state_reason, "Factures impayées")
        change = self.portal.state_change_ids
        self.assertEqual((change.old_state, change.new_state), ("active", "on_hold"))
        self.assertEqual(change.user_id, self.manager)
        self.assertEqual(change.reason, "Factures impayées")
        said = str(self.portal.message_ids.mapped("body"))
        self.assertIn("Factures impayées", said)
        mail = self.mails_to(self.portal, last)
        self.assertEqual(len(mail), 1)
        self.assertIn("Factures impayées", mail.body_html)
        self.assertIn("vendre", mail.body_html)
        self.assertIn("Suspendu", mail.subject)

    def test_managers_only_and_with_a_reason(self):
        for user in (
            self.animator,
            self.reader,
            self.portal_user,
            self.portal2_user,
            self.seller_accountant,
        ):
            with self.assertRaises(AccessError):
                self.by(user, self.portal).action_set_state("on_hold", "Parce que")
            with self.assertRaises(AccessError):
                self.by(user, self.portal).action_leave("Parce que")
        own = self.by(self.manager, self.portal).action_set_state
        for reason in ("", "  ", None):
            self.assert_refused(
                "reason_missing", self.portal.name, own, "on_hold", reason
            )
        self.assertEqual(self.portal.state, "active")
        self.assertFalse(self.portal.state_change_ids)

    def test_nobody_decides_on_his_own_company(self):
        self.manager.company_ids += self.seller.company_id
        own = self.by(self.manager, self.seller).action_set_state
        self.assert_refused(
            "own_membership", self.seller.name, own, "on_hold", "Parce que"
        )

    def test_the_networks_own_account_stays(self):
        self.by(self.manager, self.network).action_open_own_account()
        account = self.network.own_member_id
        own = self.by(self.manager, account).action_set_state
        self.assert_refused("own_account_stays", account.name, own, "leaving", "Non")

    def test_what_cannot_follow_is_refused(self):
        own = self.by(self.manager, self.portal).action_set_state
        for wanted in ("left", "candidate", "active", "nonsense"):
            self.assert_refused("state_not_next", self.portal.name, own, wanted, "Non")
        self.assertEqual(self.portal.state, "active")

    def test_the_state_is_not_written_by_hand(self):
        own = self.by(self.manager, self.portal)
        self.assert_refused(
            "state_by_hand", self.portal.name, own.write, {"state": "on_hold"}
        )
        for name, value in (
            ("state_reason", "Non"),
            ("state_date", "2020-01-01"),
            ("notice_end", "2020-01-01"),
            ("notice_told", "half"),
        ):
            self.assert_refused("frozen", "", own.write, {name: value})
        partner = self._company_partner("Test Nouveau")
        vals = {"network_id": self.network.id, "partner_id": partner.id}
        members = self.by(self.manager, self.env["troc.member"])
        for context in ({}, {"default_state": "left"}):
            new = members.with_context(**context)
            values = vals if context else {**vals, "state": "left"}
            self.assert_refused("state_by_hand", "", new.create, values)
        self.assertEqual(members.create({**vals, "state": "active"}).state, "active")

    def test_the_history_is_read_only(self):
        self.set_state(self.portal, "on_hold")
        change = self.portal.state_change_ids
        for user in (self.manager, self.animator, self.reader, self.portal_user):
            own = self.by(user, change)
            self.assertEqual(own.reason, "Décision du comité")
            for act in (lambda r=own: r.write({"reason": "X"}), own.unlink):
                with self.assertRaises(AccessError):
                    act()
        for user in (self.far_animator, self.portal2_user, self.seller_accountant):
            seen = self.by(user, self.env["troc.member.state.change"]).search([])
            self.assertNotIn(change, seen)

    def test_a_candidate_is_admitted_or_declined_by_his_animators(self):
        partner = self._company_partner("Test Candidat", siren="000100057")
        candidate = self._member(partner, "000100057", state="candidate")
        far = self.by(self.far_animator, candidate).action_set_state
        self.assert_refused("not_admitter", candidate.name, far, "left", "Non")
        own = self.by(self.animator, candidate)
        self.assert_refused(
            "state_not_next", candidate.name, own.action_set_state, "on_hold", "Non"
        )
        own.action_set_state("left", "Activité hors du réseau")
        self.assertEqual(candidate.state, "left")
        self.assertIn("hors du réseau", self.mails_to(candidate)[:1].body_html)
        self.set_state(candidate, "candidate", "Nouvelle demande")
        own.action_activate()
        self.assertEqual(candidate.state, "active")
        self.assertEqual(candidate.admitted_by_id, self.animator)
        self.assertEqual(
            candidate.state_change_ids.mapped("new_state"),
            ["active", "candidate", "left"],
        )

    # -- listings -------------------------------------------------------------------

    # -- compensations ---------------------------------------------------------------

    def test_on_hold_purchases_wait_and_sales_pass(self):
        purchase = self.uploaded(self.portal2, self.portal, amount=100, tax=0)
        sale = self.uploaded(self.portal, self.portal2, amount=50, tax=0)
        self.set_state(self.portal, "on_hold")
        self.assert_waits(purchase, "buyer_may_not_buy", self.portal.name)
        self.by(self.animator, purchase + sale).action_validate()
        self.assert_waits(purchase, "buyer_may_not_buy", self.portal.name)
        self.assertEqual(sale.state, "validated")
        with self.assertRaisesRegex(Exception, "may not buy"):
            self.uploaded(self.portal2, self.portal, amount=10, tax=0)
        self.set_state(self.portal, "active")
        self.assertFalse(purchase.is_blocked)
        self.validate(purchase)
        self.assert_invariants()

    def test_on_stand_by_new_sales_are_refused(self):
        sale = self.uploaded(self.portal, self.portal2, amount=50, tax=0)
        self.set_state(self.portal, "stand_by")
        self.assert_waits(sale, "seller_may_not_sell", self.portal.name)
        with self.assertRaisesRegex(Exception, "may not sell"):
            self.uploaded(self.portal, self.portal2, amount=10, tax=0)
        self.validate(self.uploaded(self.portal2, self.portal, amount=10, tax=0))
        self.assert_invariants()

    # -- told before -------------------------------------------------------------------

    def wizard(self, member, state):
        """Return the form of the wizard as the manager is shown it."""
        action = (
            self.by(self.manager, member)
            .with_context(troc_state=state)
            .action_open_life()
        )
        wizards = self.env["troc.member.life"].with_context(**action["context"])
        return Form(self.by(self.manager, wizards))

    def test_the_wizard_needs_the_managers_right(self):
        vals = {"member_id": self.portal.id, "state": "on_hold", "reason": "Non"}
        own = self.by(self.animator, self.env["troc.member.life"]).create(vals)
        with self.assertRaises(AccessError):
            own.action_confirm()
        with self.assertRaises(AccessError):
            self.by(self.portal_user, self.env["troc.member.life"]).create(vals)

    def test_the_form_opens_for_everybody_who_reads_members(self):
        self.set_state(self.portal, "on_hold")
        for user in (self.manager, self.animator, self.far_animator, self.reader):
            members = self.by(user, self.portal)
            arch = members.get_view(view_type="form")["arch"]
            self.assertIn("state_reason", arch)
            if user == self.manager:
                Form(members)
            else:
                names = ("state_change_ids", "schedule_id", "state_reason")
                members.read(names)

    def test_every_state_has_its_words(self):
        for state in NEXT:
            self.assertTrue(self.portal._what_it_means(state))
