"""Who may change what of a member's contact, its people and its bank accounts."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from ..models.odoo.res_partner import KEPT
from .common import TrocCase

IBAN = "FR7630006000011234567890189"
# Of Odoo's own fields of a contact, those that say nothing of who it is: what each
# company, or Odoo itself, notes there.
NOTED = frozenset(
    "active_lang_count application_statistics category_id color "
    "commercial_company_name properties properties_base_definition_id "
    "company_registry_label company_registry_placeholder complete_name contact_address "
    "country_code email_formatted industry_id is_public lang main_user_id parent_name "
    "partner_share same_company_registry_partner_id same_vat_partner_id self tz "
    "tz_offset type_address_label user_id vat_label".split()
)
NEW = {
    "name": "Un autre nom",
    "zip": "77000",
    "email": "pirate@example.com",
    "vat": "FR83404833048",
    "company_registry": "000100040",
    "street": "1 rue d'Ailleurs",
    "phone": "0102030405",
    "website": "https://pirate.example",
    "active": False,
    "is_company": False,
    "comment": "Mauvais payeur",
}


class ContactsCase(TrocCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.portal.partner_id
        cls.person = cls.portal_user.partner_id
        cls.stranger = cls.env["res.partner"].create({"name": "Étranger"})
        # what a hosted company gives whoever keeps its books and its contacts
        cls.keeper = new_test_user(
            cls.env,
            "troc_contacts",
            groups="base.group_user,base.group_partner_manager,"
            "account.group_account_manager",
            company_id=cls.seller.company_id.id,
            company_ids=[Command.set(cls.seller.company_id.ids)],
        )

    def outsiders(self):
        return (self.keeper, self.buyer_accountant, self.portal2_user, self.animator)

    def as_user(self, user, records):
        """Odoo's portal pages write as superuser in the name of the visitor."""
        own = self.by(user, records)
        return own.sudo() if user.share else own


@tagged("post_install", "-at_install")
class TestContactDoors(ContactsCase):
    def test_every_field_of_odoos_is_kept_or_said_to_be_free(self):
        base = {
            name
            for name, field in self.env["res.partner"]._fields.items()
            if "base" in field._modules
            and not field.company_dependent
            and not name.startswith(("avatar_", "image_"))
            and name not in ("id", "display_name")
            and not name.startswith(("create_", "write_"))
        }
        undecided = base - KEPT - NOTED - {"parent_path", "ref_company_ids"}
        self.assertEqual(undecided, set())

    def test_nobody_else_changes_what_identifies(self):
        for user in self.outsiders():
            for contact in (self.contact, self.person):
                for name, value in NEW.items():
                    with self.subTest(user=user.login, of=contact.name, field=name):
                        before = contact[name]
                        value = not before if name == "is_company" else value
                        with self.assertRaises(UserError), self.env.cr.savepoint():
                            self.as_user(user, contact).write({name: value})
                        self.assertEqual(contact[name], before)

    def test_relations_too(self):
        own = self.by(self.keeper, self.contact)
        for name, value in (
            ("parent_id", self.stranger.id),
            ("company_id", self.seller.company_id.id),
            ("child_ids", [Command.create({"name": "Espion"})]),
            ("child_ids", [Command.link(self.stranger.id)]),
            ("bank_ids", [Command.create({"acc_number": IBAN})]),
            ("user_ids", [Command.link(self.keeper.id)]),
            ("ref_company_ids", [Command.link(self.seller.company_id.id)]),
        ):
            with self.subTest(name):
                self.assert_refused(
                    "contact_kept", self.portal.name, own.write, {name: value}
                )

    def test_nobody_is_put_into_a_members_company(self):
        own = self.by(self.keeper, self.env["res.partner"])
        values = {"name": "Espion", "parent_id": self.contact.id}
        self.assert_refused("contact_kept", self.portal.name, own.create, values)
        by_default = own.with_context(default_parent_id=self.contact.id)
        refused = ("contact_kept", self.portal.name)
        self.assert_refused(*refused, by_default.create, {"name": "Espion"})
        self.assert_refused(
            *refused,
            self.by(self.keeper, self.stranger).write,
            {"parent_id": self.contact.id},
        )

    def test_copies_imports_archives_and_deletions(self):
        own = self.by(self.keeper, self.person)
        self.assert_refused("contact_kept", self.portal.name, own.copy)
        self.assert_refused("contact_kept", self.portal.name, own.action_archive)
        alone = self.env["res.partner"].create(
            {"name": "Sans compte", "parent_id": self.contact.id}
        )
        own = self.by(self.keeper, alone)
        self.assert_refused("contact_kept", self.portal.name, own.unlink)
        fields, rows = [".id", "email"], [[str(self.person.id), "p@example.com"]]
        before = self.person.email
        result = self.by(self.keeper, self.env["res.partner"]).load(fields, rows)
        self.assertIn(self.portal.name, str(result["messages"]))
        self.assertEqual(self.person.email, before)

    def test_the_form_of_contacts(self):
        with Form(self.by(self.keeper, self.contact)) as form:
            form.name = "Un autre nom"
            self.assert_refused("contact_kept", self.portal.name, form.save)
            form.name = self.contact.name

    def test_merges_write_by_sql(self):
        wizard = self.by(
            self.keeper, self.env["base.partner.merge.automatic.wizard"]
        ).create({})
        twin = self.env["res.partner"].create(
            {"name": self.contact.name, "email": self.contact.email}
        )
        for into in (self.contact, twin):
            self.assert_refused(
                "merge_kept",
                self.portal.name,
                wizard._merge,
                (twin + self.contact).ids,
                into,
            )
        self.assertTrue(self.contact.exists() and twin.exists())

    def test_what_each_company_notes_for_itself_is_free(self):
        """Accounts, terms and tags of a customer are a matter of one's own books."""
        own = self.by(self.keeper, self.contact)
        term = self.env.ref("account.account_payment_term_immediate")
        own.property_payment_term_id = term
        own.message_post(body="Appelé ce matin")
        own.message_subscribe(self.keeper.partner_id.ids)
        self.assertEqual(own.property_payment_term_id, term)
        # writing what is there already changes nothing
        own.write({"name": self.contact.name, "zip": self.contact.zip})

    def test_other_contacts_stay_odoos(self):
        own = self.by(self.keeper, self.stranger)
        own.write({"name": "Rebaptisé", "email": "r@example.com"})
        child = own.create({"name": "Employé", "parent_id": own.id})
        self.assertEqual(child.commercial_partner_id, own)
        child.unlink()

    def test_a_hosted_member_is_no_exception(self):
        """Another hosted company's accountant, and its own one, use our page."""
        for user in (self.keeper, self.buyer_accountant):
            user.group_ids += self.env.ref("base.group_partner_manager")
            own = self.by(user, self.buyer.partner_id.with_company(self.operator))
            with self.assertRaises(UserError):
                own.write({"zip": "77000"})
        self.by(self.buyer_accountant, self.buyer).action_update_contact(
            {"zip": "77000"}
        )
        self.assertEqual(self.buyer.partner_id.zip, "77000")

    def test_the_network_keeps_contacts_and_it_is_logged(self):
        own = self.by(self.manager, self.contact)
        own.write({"name": "Traiteur Nouveau", "zip": "75011"})
        self.by(self.manager, self.env["res.partner"]).create(
            {"name": "Associée", "parent_id": self.contact.id}
        )
        log = self.portal.message_ids[:1]
        self.assertIn("75010 → 75011", log.body)
        self.assertIn("Test Traiteur Portail → Traiteur Nouveau", log.body)
        self.assertEqual(log.author_id, self.manager.partner_id)


@tagged("post_install", "-at_install")
class TestBankAccounts(ContactsCase):
    def test_nobody_else_adds_changes_or_takes_one(self):
        banks = self.env["res.partner.bank"]
        kept = banks.create({"partner_id": self.contact.id, "acc_number": IBAN})
        other = banks.create({"partner_id": self.stranger.id, "acc_number": "12345"})
        own = self.by(self.keeper, banks)
        refused = ("bank_account_kept", self.portal.name)
        values = {"partner_id": self.contact.id, "acc_number": "999"}
        self.assert_refused(*refused, own.create, values)
        mine = {**values, "company_id": self.seller.company_id.id}
        self.assert_refused(*refused, own.create, mine)
        kept_by = self.by(self.keeper, kept)
        self.assert_refused(*refused, kept_by.write, {"acc_number": "999"})
        self.assert_refused(*refused, kept_by.write, {"active": False})
        self.assert_refused(*refused, kept_by.unlink)
        moved = {"partner_id": self.contact.id}
        self.assert_refused(*refused, self.by(self.keeper, other).write, moved)
        # whether to send money there is for each company to say
        trusting = self.env.ref("account.group_validate_bank_account")
        self.keeper.group_ids += trusting
        kept_by.write({"allow_out_payment": True})

    def test_own_books_have_own_journals(self):
        own = self.by(self.keeper, self.env["res.partner.bank"])
        bank = own.create({"partner_id": self.seller.partner_id.id, "acc_number": IBAN})
        self.assertTrue(bank)
        self.assertIn(bank.acc_number, self.seller.message_ids[:1].body)

    def test_a_bank_statement_makes_none(self):
        """A member's transfer is reconciled; the number in it stays a number."""
        company = self.seller.company_id
        journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "amount": 12,
                "partner_id": self.contact.id,
                "account_number": IBAN,
            }
        )
        own = self.by(self.keeper, line)
        self.assertFalse(own._find_or_create_bank_account())
        self.assertFalse(self.contact.bank_ids)
        line.partner_id = self.stranger
        self.assertTrue(own._find_or_create_bank_account())

    def test_an_imported_bill_writes_no_address(self):
        """Odoo fills in the address of a contact that has none."""
        self.contact.write(
            dict.fromkeys(("street", "zip", "city", "country_id"), False)
        )
        edi = self.by(self.keeper, self.env["account.edi.common"])
        company, name = self.seller.company_id, self.contact.name
        address = {"postal_address": {"country_code": "FR", "zip": "77000"}}
        found, _logs = edi._import_partner(company, name, "", "", "", **address)
        self.assertEqual(found, self.contact)
        self.assertFalse(self.contact.zip)
        name = self.stranger.name
        found, _logs = edi._import_partner(company, name, "", "", "", **address)
        self.assertEqual(found.zip, "77000")

    def test_an_imported_bill_makes_none(self):
        bill = self.bill_of(self.portal, self.seller.company_id, "F1", 10, post=False)
        edi = self.by(self.seller_accountant, self.env["account.edi.common"])
        own = self.by(self.seller_accountant, bill)
        edi._import_partner_bank(own, [IBAN])
        self.assertFalse(self.contact.bank_ids)
        known = self.env["res.partner.bank"].create(
            {"partner_id": self.contact.id, "acc_number": IBAN}
        )
        edi._import_partner_bank(own, [IBAN])
        self.assertEqual(bill.partner_bank_id, known)


@tagged("post_install", "-at_install")
class TestPeopleDoors(ContactsCase):
    def test_access_is_neither_given_nor_taken_by_others(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Jeune",
                "email": "jeune@example.com",
                "parent_id": self.contact.id,
            }
        )
        wizards = self.by(self.keeper, self.env["portal.wizard"])
        for person, act in (
            (self.person, "action_revoke_access"),
            (contact, "action_grant_access"),
        ):
            self.person.email = "personne@example.com"
            wizard = wizards.create({"partner_ids": [Command.set(person.ids)]})
            line = wizard.user_ids.filtered(lambda u, p=person: u.partner_id == p)
            with self.subTest(act), self.assertRaises(UserError):
                with self.env.cr.savepoint():
                    getattr(line, act)()
        self.assertTrue(self.portal_user.active and self.portal_user._is_portal())
        self.assertFalse(contact.user_ids)

    def test_a_user_does_not_change_his_own_name_and_address(self):
        own = self.by(self.portal_user, self.portal_user)
        for name in ("email", "name"):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                own.write({name: "autre@example.com"})
        own.write({"phone": "0102030405", "tz": "Europe/Paris"})
        self.assertEqual(self.person.phone, "0102030405")

    def test_users_of_own_odoos_keep_their_preferences(self):
        own = self.by(self.seller_accountant, self.seller_accountant)
        own.write({"email": "compta@example.com"})
        self.assertEqual(self.seller_accountant.email, "compta@example.com")


@tagged("post_install", "-at_install")
class TestOwnPages(ContactsCase):
    def test_an_administrator_changes_the_contact(self):
        own = self.by(self.portal_user, self.portal)
        own.action_update_contact(
            {
                "street": "2 rue du Four",
                "zip": "75 006",
                "city": "Paris",
                "email": "Contact@Traiteur.example",
                "iban": "fr76 3000 6000 0112 3456 7890 189",
            }
        )
        self.assertEqual(self.contact.zip, "75006")
        self.assertEqual(self.contact.email, "contact@traiteur.example")
        self.assertEqual(self.contact.bank_ids.sanitized_acc_number, IBAN)
        log = " ".join(self.portal.message_ids.mapped("body"))
        self.assertIn("75010 → 75006", log)
        self.assertIn("FR76 3000 6000", log)
        # another number takes its place; the first one may come back
        own.action_update_contact({"iban": "DE89370400440532013000"})
        own.action_update_contact({"iban": IBAN})
        self.assertEqual(self.contact.bank_ids.sanitized_acc_number, IBAN)
        own.action_update_contact({"iban": ""})
        self.assertFalse(self.contact.bank_ids)

    def test_what_cannot_be_is_said(self):
        own = self.by(self.portal_user, self.portal)
        for code, named, values in (
            ("postal_code_invalid", "7501", {"zip": "7501"}),
            ("contact_incomplete", "Zip", {"zip": " "}),
            ("email_invalid", "pas une", {"email": "pas une adresse"}),
            ("iban_invalid", "FR7612", {"iban": "FR7612"}),
        ):
            self.assert_refused(code, named, own.action_update_contact, values)

    def test_name_and_numbers_are_not_for_members(self):
        own = self.by(self.portal_user, self.portal)
        own.action_update_contact({"name": "X", "vat": "X", "parent_id": 1})
        self.assertEqual(self.portal.name, "Test Traiteur Portail")
        self.assertFalse(self.contact.parent_id)

    def test_others_do_not(self):
        reader = self._portal_user("second", self.portal)
        for user in (reader, self.portal2_user, self.animator, self.keeper):
            own = self.by(user, self.portal)
            for act in (
                lambda own=own: own.action_update_contact({"zip": "77000"}),
                lambda own=own: own.action_change_colleague(
                    self.portal_user.id, "X", "x@example.com"
                ),
            ):
                with self.assertRaises(UserError, msg=user.login):
                    act()
        self.assertEqual(self.contact.zip, "75010")

    def test_a_move_is_for_the_network(self):
        paris = self.portal.territory_id
        self.by(self.portal_user, self.portal).action_update_contact({"zip": "77000"})
        self.assertEqual(self.portal.territory_id, paris)
        self.assertTrue(self.portal.has_moved)
        # asked once, however often he corrects it
        self.by(self.portal_user, self.portal).action_update_contact({"zip": "77001"})
        asked = self.portal.activity_ids.mapped("user_id")
        self.assertIn(self.manager, asked)
        self.assertEqual(len(self.portal.activity_ids), len(asked))
        for user in (self.animator, self.portal_user):
            with self.assertRaises(UserError):
                self.by(user, self.portal).action_follow_address()
        self.by(self.manager, self.portal).action_follow_address()
        self.assertEqual(
            self.portal.territory_id, self.env.ref("troc_actif.territory_sud_est")
        )
        self.assertFalse(self.portal.activity_ids)

    def test_a_colleague_gets_another_address(self):
        own = self.by(self.portal_user, self.portal)
        user = self.env["res.users"].browse(
            own.action_invite("Léa", "lea@traiteur.example", "trade")
        )
        own.action_change_colleague(user.id, "Léa Martin", "Lea.Martin@t.example")
        self.assertEqual(user.name, "Léa Martin")
        self.assertEqual(user.login, "lea.martin@t.example")
        self.assertEqual(user.email, "lea.martin@t.example")
        self.assert_refused(
            "login_taken",
            "troc_portal2_user",
            own.action_change_colleague,
            user.id,
            "Léa",
            self._login_of(self.portal2_user),
        )
        self.assert_refused(
            "colleague_unknown",
            self.portal.name,
            own.action_change_colleague,
            self.portal2_user.id,
            "X",
            "x@example.com",
        )

    def _login_of(self, user):
        user.login = "troc_portal2_user@example.com"
        return user.login


@tagged("post_install", "-at_install")
class TestClosingOwnAccount(ContactsCase):
    def test_the_last_administrator_stays(self):
        own = self.by(self.portal_user, self.portal_user)
        self.assert_refused(
            "last_administrator", self.portal.name, own.sudo()._deactivate_portal_user
        )
        self.assertTrue(self.portal_user.active)

    def test_who_submitted_what_stays(self):
        second = self._portal_user("second", self.portal)
        second._troc_set_right("administer")
        sold = self.uploaded(self.portal, self.portal2, amount=10)
        self.assertEqual(sold.invoked_by_id, self.portal_user)
        name = self.portal_user.name
        self.by(self.portal_user, self.portal_user).sudo()._deactivate_portal_user()
        self.assertFalse(self.portal_user.active)
        self.assertFalse(
            self.env["res.users.deletion"].search(
                [("user_id", "=", self.portal_user.id)]
            )
        )
        self.assertEqual(sold.invoked_by_id.name, name)
        self.assertTrue(self.portal_user.exists())
        self.assertFalse(self.portal._former_colleagues())
        self.assertIn(name, self.portal.message_ids[:1].body)

    def test_who_is_of_no_member_is_odoos(self):
        user = new_test_user(self.env, "troc_nobody", groups="base.group_portal")
        user.sudo()._deactivate_portal_user()
        queue = self.env["res.users.deletion"].search([("user_id", "=", user.id)])
        self.assertTrue(queue)
