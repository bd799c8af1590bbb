"""Who may read, and who may decide: every role, allowed and denied, as that user."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.troc_actif.tests.common import TrocCase

# r read, w write, c create, u unlink; one line a model, as in ir.model.access.csv
RIGHTS = {
    #                          animator manager reader accountant portal plain public
    "troc.department":        ("r",    "rwc",  "r",    "r",       "r",   "r",  ""),
    "troc.territory":         ("r",    "rwcu", "r",    "r",       "r",   "",   ""),
    "troc.network":           ("r",    "rwc",  "r",    "",        "",    "",   ""),
    "troc.member":            ("r",    "rwc",  "r",    "r",       "r",   "",   ""),
    "troc.account":           ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.compensation":      ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.register.item":     ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.balance":           ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.balances":          ("rwcu", "rwcu", "rwcu", "",        "",    "",   ""),
    "troc.dashboard":         ("rwcu", "rwcu", "rwcu", "",        "",    "",   ""),
    "troc.dashboard.line":    ("rwcu", "rwcu", "rwcu", "",        "",    "",   ""),
    "troc.member.activity":   ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.trade":             ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.incoming.mail":     ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.verification":      ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.verification.line": ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.category":          ("r",    "rwcu", "r",    "r",       "r",   "r",  ""),
    "troc.listing":           ("rw",   "rwcu", "r",    "rwcu",    "rwcu", "",  ""),
    "troc.listing.picture":   ("r",    "rwcu", "r",    "rwcu",    "rwcu", "",  ""),
    "troc.listing.slot":      ("r",    "rwcu", "r",    "rwcu",    "rwcu", "",  ""),
    "troc.introduction":      ("r",    "r",    "",     "r",       "r",   "",   ""),
    "troc.saved.search":      ("",     "",     "",     "rwcu",    "rwcu", "",  ""),
    "troc.rate.limit":        ("",     "",     "",     "",        "",    "",   ""),
    "troc.reason":            ("rwcu", "rwcu", "",     "rwcu",    "",    "",   ""),
    "troc.limit.change":      ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.limit.request":     ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.limit.decision":    ("",     "rwcu", "",     "",        "",    "",   ""),
    "troc.dispute":          ("r",    "r",    "r",    "r",       "r",   "",   ""),
    "troc.dispute.settlement": ("rwcu", "rwcu", "",    "",        "",    "",   ""),
    "troc.insolvency":        ("r",    "rw",   "r",    "",        "",    "",   ""),
    "troc.judgment":          ("",     "rwcu", "",     "",        "",    "",   ""),
    "troc.loss":              ("r",    "rwu",  "r",    "",        "",    "",   ""),
    "troc.loss.share":        ("r",    "r",    "r",    "",        "",    "",   ""),
    "troc.link":              ("r",    "r",    "r",    "",        "r",   "",   ""),
    "troc.link.entry":        ("r",    "r",    "r",    "",        "r",   "",   ""),
    "troc.limits":            ("",     "rwcu", "",     "",        "",    "",   ""),
    "account.move":           ("",     "",     "",     "rwcu",    "r",   "",   ""),
    "account.payment":        ("",     "",     "",     "rwcu",    "",    "",   ""),
}  # fmt: skip
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestAccess(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plain = new_test_user(cls.env, "troc_plain", "base.group_user")
        cls.public = cls.env.ref("base.public_user")
        cls.roles = (
            cls.animator,
            cls.manager,
            cls.reader,
            cls.seller_accountant,
            cls.portal_user,
            cls.plain,
            cls.public,
        )
        self = cls()
        cls.hosted = self.submitted(amount=100)
        cls.mixed = self.submitted(amount=100, customer=cls.portal)
        cls.portals = self.uploaded(cls.portal, cls.portal2, amount=100)
        cls.all = cls.hosted + cls.mixed + cls.portals
        cls.env.flush_all()

    def test_rights_of_each_role_on_each_model(self):
        for model, rights in RIGHTS.items():
            for user, allowed in zip(self.roles, rights, strict=True):
                records = self.by(user, self.env[model])
                found = "".join(
                    letter
                    for letter, operation in OPERATIONS.items()
                    if records.has_access(operation)
                )
                with self.subTest(model, user=user.login):
                    self.assertEqual(found, allowed)

    def test_compensations_that_each_one_reads(self):
        expected = {
            self.animator: self.all,
            self.far_animator: self.all,
            self.manager: self.all,
            self.reader: self.all,
            self.seller_accountant: self.hosted + self.mixed,
            self.buyer_accountant: self.hosted,
            self.portal_user: self.mixed + self.portals,
            self.portal2_user: self.portals,
        }
        domain = [("network_id", "=", self.network.id)]
        for user, own in expected.items():
            with self.subTest(user.login):
                records = self.by(user, self.env["troc.compensation"])
                self.assertEqual(records.search(domain), own.sorted("id", reverse=True))
                self.by(user, own).read(["name", "actif_amount", "document"])
                for other in self.all - own:
                    for act in ("read", "message_post"):
                        with self.assertRaises(AccessError):
                            getattr(self.by(user, other), act)()
        for user in (self.plain, self.public):
            with self.assertRaises(AccessError):
                self.by(user, self.env["troc.compensation"]).search(domain)

    def test_members_that_each_one_reads(self):
        expected = {
            self.animator: self.members,
            self.reader: self.members,
            self.seller_accountant: self.seller,
            self.buyer_accountant: self.buyer,
            self.portal_user: self.portal,
            self.portal2_user: self.portal2,
        }
        domain = [("network_id", "=", self.network.id)]
        for user, own in expected.items():
            with self.subTest(user.login):
                records = self.by(user, self.env["troc.member"])
                self.assertEqual(records.search(domain), own.sorted("name"))
                self.by(user, own).read(["balance", "credit_limit", "room"])
                for other in self.members - own:
                    with self.assertRaises(AccessError):
                        self.by(user, other).read(["balance"])

    def test_the_balance_of_others_shows_nowhere(self):
        """Neither by a search through one's own compensation, nor beside it."""
        self.validate(self.portals)
        self.assertEqual(self.portal2.balance, -120.0)
        own = self.by(self.portal_user, self.portals)
        for field, found in (
            ("seller_id.balance", True),
            ("buyer_id.balance", False),
            ("buyer_id.credit_limit", False),
        ):
            domain = [("id", "=", own.id), (field, "!=", 0)]
            self.assertEqual(bool(own.search(domain)), found, field)
        for field in ("balances_html", "entries_html"):
            with self.assertRaises(AccessError):
                own.read([field])
        with self.assertRaises(AccessError):
            own.buyer_id.balance  # noqa: B018
        self.assertEqual(own.read(["buyer_id"])[0]["buyer_id"][1], self.portal2.name)

    def test_why_it_waits_does_not_tell_the_seller_what_the_buyer_has(self):
        compensation = self.uploaded(self.portal2, self.portal, amount=4321)
        self.assert_waits(compensation, "credit_limit_exceeded", self.portal.name)
        own = self.by(self.portal2_user, compensation)
        with self.assertRaises(AccessError):
            own.blocked_detail  # noqa: B018
        self.days_pass(compensation)
        self.assertIn(self.portal.name, own.blocked_reason)
        self.assertIn(compensation.name, own.blocked_reason)
        figures = r"2.?000|3.?185"
        self.assertNotRegex(own.blocked_reason, figures)
        for user in (self.portal_user, self.animator, self.reader):
            told = self.by(user, compensation).blocked_reason
            self.assertRegex(told, figures)
        self.by(self.portal_user, compensation).action_dispute("Non livré")
        self.assertIn("Non livré", own.blocked_reason)

    def test_a_dozen_invoices_do_not_find_what_the_buyer_may_spend(self):
        """The seller learns at once of none, a day later of the largest one alone."""
        self.set_limits(self.portal, 700)
        sent = self.env["troc.compensation"]
        for amount in (500, 600, 700, 800, 900):
            sent += self.uploaded(self.portal2, self.portal, amount=amount, tax=0)
        own = self.by(self.portal2_user, sent)
        same = {(c.blocked_reason, c.is_blocked, c.next_step) for c in own}
        self.assertEqual(same, {(False, False, "Ready to validate")})
        self.assertFalse(own.search([("is_blocked", "=", True)]))
        own.action_check_again()
        self.days_pass(sent[3:])
        own.action_check_again()
        self.env.invalidate_all()
        self.assertEqual([c.is_blocked for c in own], [False] * 4 + [True])
        self.assertEqual(own.search([("is_blocked", "=", True)]), own[4])
        self.assertEqual([bool(c.blocked_reason) for c in own], [False] * 4 + [True])
        # the buyer himself knows at once
        theirs = self.by(self.portal_user, sent)
        self.assertEqual([c.is_blocked for c in theirs], [False] * 3 + [True] * 2)

    def test_who_may_decide(self):
        """Allowed: an animator of either territory, a manager.  Nobody else."""
        for user in (
            self.far_animator,
            self.reader,
            self.seller_accountant,
            self.buyer_accountant,
            self.portal_user,
            self.portal2_user,
            self.plain,
            self.public,
        ):
            with self.subTest(user.login):
                self.assert_decides_nothing(user, self.portals)
        self.assertEqual(self.portals.state, "submitted")
        self.validate(self.portals, self.animator2)
        self.assertEqual(
            self.env["account.move"].with_user(self.animator2).has_access("read"), False
        )
        self.by(self.manager, self.portals).action_reverse("Erreur")
        self.by(self.manager, self.hosted).action_refuse("Erreur")
        self.assertEqual(self.hosted.state, "refused")
        self.assert_invariants()

    def assert_decides_nothing(self, user, compensation):
        own = self.by(user, compensation)
        for act in (
            (own.action_validate,),
            (own.action_validate_override, "Parce que"),
            (own.action_refuse, "Parce que"),
            (own.action_reverse, "Parce que"),
            (own.action_reverse, "Parce que", True),
            (own.action_lift_dispute, "Parce que"),
        ):
            with self.assertRaises(AccessError):
                act[0](*act[1:])

    def test_an_animator_of_one_of_both_territories_is_enough(self):
        far = self._portal("Test Loin", "77000", "000100057")
        self.validate(
            self.uploaded(far, self.portal, amount=10, user=self.animator),
            self.far_animator,
        )
        self.validate(self.uploaded(self.portal, far, amount=10), self.far_animator)
        outside = self._portal("Test Hors Zone", "13001", "000100065")
        self.assertFalse(outside.territory_id)
        compensation = self.uploaded(outside, far, amount=10, user=self.animator)
        self.assert_refused(
            "wrong_territory",
            far.territory_id.name,
            self.by(self.animator, compensation).action_validate,
        )

    def test_nobody_decides_for_a_party_he_belongs_to(self):
        """Employed by it, or at home in its books; manager or animator."""
        for user in (self.animator, self.manager):
            partner, companies = user.partner_id.parent_id, user.company_ids
            user.partner_id.parent_id = self.portal2.partner_id
            self.assert_decides_nothing(user, self.portals)
            user.partner_id.parent_id = partner
            for company in (self.seller.company_id, self.buyer.company_id):
                user.company_ids = companies + company
                self.assert_decides_nothing(user, self.hosted)
            user.company_ids = companies
        self.assert_refused_as_party(self.hosted)

    def assert_refused_as_party(self, compensation):
        self.animator.company_ids += self.seller.company_id
        self.assert_refused(
            "own_company",
            compensation.name,
            self.by(self.animator, compensation).action_validate,
        )
        self.validate(compensation, self.animator2)

    def test_one_forbidden_in_a_batch_stops_it(self):
        self.animator.company_ids += self.seller.company_id
        with self.assertRaises(AccessError):
            self.by(self.animator, self.all).action_validate()
        self.assertEqual(set(self.all.mapped("state")), {"submitted"})

    def test_the_wizard_gives_no_right(self):
        wizard = (
            self.by(self.far_animator, self.env["troc.reason"])
            .with_context(active_model="troc.compensation", active_ids=self.all.ids)
            .create({"decision": "refuse", "reason": "Parce que"})
        )
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        wizard.with_user(self.animator).sudo().copy({"create_uid": self.animator.id})
        own = (
            self.by(self.animator, self.env["troc.reason"])
            .with_context(active_model="troc.compensation", active_ids=self.all.ids)
            .create({"decision": "refuse", "reason": "Parce que"})
        )
        own.action_confirm()
        self.assertEqual(set(self.all.mapped("state")), {"refused"})

    def test_an_animator_cannot_give_himself_a_territory(self):
        far = self.env.ref("troc_actif.territory_sud_est")
        with self.assertRaises(AccessError):
            self.by(self.animator, far).animator_ids += self.animator
        self.by(self.manager, far).animator_ids += self.animator
