"""Colleagues and their rights; companies that ask to join; searches that are kept."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TrocCase

FORM = {
    "name": "Atelier Neuf",
    "siret": "123 456 782 00010",
    "street": "1 rue Neuve",
    "zip": "75 011",
    "city": "Paris",
    "contact": "Jeanne Neuve",
    "email": "Jeanne@neuf.example",
    "charter": "1",
}


@tagged("post_install", "-at_install")
class TestColleagues(TrocCase):
    def test_the_first_one_administers_the_next_one_trades(self):
        self.assertEqual(self.portal._right_of(self.portal_user), "administer")
        second = self._portal_user("second", self.portal)
        self.assertEqual(self.portal._right_of(second), "trade")
        self.assertIsNone(self.portal2._right_of(second))
        self.assertEqual(self.seller._right_of(self.seller_accountant), "administer")

    def test_who_used_the_portal_before_the_company_joined(self):
        partner = self._company_partner("Test Venu Avant")
        contact = self.env["res.partner"].create(
            {"name": "Zoé", "parent_id": partner.id}
        )
        user = new_test_user(
            self.env, "troc_zoe", groups="base.group_portal", partner_id=contact.id
        )
        self.assertFalse(user.has_group("troc_actif.group_member_read"))
        member = self._member(partner, "000100057")
        self.assertEqual(member._right_of(user), "administer")

    def test_invited_changed_removed(self):
        own = self.by(self.portal_user, self.portal)
        user = self.env["res.users"].browse(
            own.action_invite("Léa Martin", "lea@traiteur.example", "read")
        )
        self.assertEqual(self.portal._right_of(user), "read")
        self.assertEqual(user.partner_id.commercial_partner_id, self.portal.partner_id)
        self.assertTrue(user._is_portal())
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("lea@traiteur.example", mail.email_to or mail.recipient_ids.email)
        own.action_set_right(user.id, "administer")
        self.assertEqual(self.portal._right_of(user), "administer")
        own.action_remove_colleague(user.id)
        self.assertFalse(user.active)

    def test_invitations_have_a_pace(self):
        """Each is a mail to whoever is named: twenty an hour, by all administrators."""
        own = self.by(self.portal_user, self.portal)
        for number in range(20):
            own.action_invite("Léa", f"lea{number}@traiteur.example", "read")
        with self.assertRaises(UserError) as caught:
            own.action_invite("Léa", "lea@traiteur.example", "read")
        self.assertEqual(caught.exception.__cause__.code, "too_often")
        # another member is not concerned
        other = self.by(self.portal2_user, self.portal2)
        self.assertTrue(other.action_invite("Zoé", "zoe@imprimeur.example", "read"))

    def test_refusals(self):
        own = self.by(self.portal_user, self.portal)
        invite = own.action_invite
        for code, args in (
            ("invitation_incomplete", ("", "a@b.example", "read")),
            ("invitation_incomplete", ("Léa", "pas une adresse", "read")),
            ("right_unknown", ("Léa", "lea@b.example", "owner")),
        ):
            with self.assertRaises(UserError) as caught:
                invite(*args)
            self.assertEqual(caught.exception.__cause__.code, code)
        self.assert_refused(
            "login_taken",
            "example",
            invite,
            "Léa",
            self._taken(),
            "read",
        )
        self.assert_refused(
            "last_administrator",
            self.portal.name,
            own.action_remove_colleague,
            self.portal_user.id,
        )
        self.assert_refused(
            "colleague_unknown",
            self.portal.name,
            own.action_remove_colleague,
            self.portal2_user.id,
        )

    def _taken(self):
        self.portal2_user.login = "deja@pris.example"
        return "DEJA@pris.example"

    def test_only_an_administrator_of_that_company(self):
        second = self._portal_user("second", self.portal)
        for user in (second, self.portal2_user, self.animator):
            own = self.by(user, self.portal)
            for act in (
                lambda own=own: own.action_invite("X", "x@y.example", "read"),
                lambda own=own: own.action_set_right(self.portal_user.id, "read"),
                lambda own=own: own.action_remove_colleague(self.portal_user.id),
                lambda own=own: own.action_present("Nous"),
            ):
                with self.assertRaises(AccessError, msg=user.login):
                    act()
        self.by(self.portal_user, self.portal).action_present("Nous cuisinons.")
        self.assertEqual(
            self.portal._public_profile()["presentation"], "Nous cuisinons."
        )

    def test_the_profile_tells_nothing_of_the_account(self):
        profile = self.portal._public_profile()
        self.assertFalse({"balance", "room", "credit_limit"} & profile.keys())
        self.portal.partner_id.website = "javascript:alert(1)"
        self.assertFalse(self.portal._public_profile()["website"].startswith("java"))


@tagged("post_install", "-at_install")
class TestJoining(TrocCase):
    def problems(self, **values):
        visitor, asked = self.env.ref("base.public_user"), self.env["troc.application"]
        applications = self.by(visitor, asked)
        found = applications._problems(self.network, {**FORM, **values})
        return {name: error.code for name, error in found.items()}

    def test_what_is_wrong_is_said_for_each_field(self):
        self.assertEqual(self.problems(), {})
        taken = self.portal.siren
        for field, value, code in (
            ("name", " ", "field_missing"),
            ("siret", "", "field_missing"),
            ("siret", "123 456 782 00011", "siret_invalid"),
            ("siret", f"{taken}00019"[:14], None),
            ("zip", "99999", "postal_code_invalid"),
            ("email", "jeanne", "email_invalid"),
            ("email", self.manager.login, None),
            ("charter", "", "charter_missing"),
        ):
            found = self.problems(**{field: value})
            self.assertIn(field, found, value)
            if code:
                self.assertEqual(found[field], code)

    def candidate(self):
        visitor, asked = self.env.ref("base.public_user"), self.env["troc.application"]
        public = self.by(visitor, asked)
        values = {**FORM, "offers": ["Étagères", "", "x" * 500], "needs": ["Un site"]}
        return public._apply(self.network, values).with_env(self.env)

    def test_a_form_makes_a_candidate_that_an_animator_admits(self):
        member = self.candidate()
        self.assertEqual(member.state, "candidate")
        self.assertEqual(member.siren, "123456782")
        self.assertEqual(member.territory_id.name, "Paris Initiative Entreprise")
        self.assertTrue(member.charter_accepted_on)
        self.assertEqual(len(member.charter_sha256), 64)
        self.assertEqual(member.activity_ids.user_id, self.animator)
        far = self.by(self.far_animator, member)
        self.assert_refused("not_admitter", member.name, far.action_activate)
        with self.assertRaises(AccessError):
            self.by(self.portal_user, member).action_activate()
        self.by(self.animator, member).action_activate()
        self.assertEqual(member.state, "active")
        self.assertEqual(member.admitted_by_id, self.animator)
        self.assertFalse(member.activity_ids)
        user = member._users()
        self.assertEqual(user.login, "jeanne@neuf.example")
        self.assertEqual(member._right_of(user), "administer")

    def test_what_waits_for_the_animator_is_not_the_visitors(self):
        """The chatter reads who made an activity; a visitor is of no company of his."""
        member = self.candidate()
        activities = member.activity_ids
        self.assertTrue(activities)
        root = self.env.ref("base.user_root")
        self.assertEqual(activities.create_uid, root)

    def test_a_known_company_does_not_join_twice(self):
        self.candidate()
        self.assertEqual(
            self.problems(email="b@neuf.example"), {"siret": "siren_known"}
        )

    def test_a_form_gives_nothing_but_a_candidate(self):
        visitor, asked = self.env.ref("base.public_user"), self.env["troc.application"]
        public = self.by(visitor, asked)
        values = {**FORM, "state": "active", "credit_limit": "99999", "kind": "hosted"}
        member = public._apply(self.network, values).sudo()
        self.assertEqual(member.state, "candidate")
        self.assertEqual(member.kind, "portal")
        self.assertEqual(member.credit_limit, self.network.credit_limit)
