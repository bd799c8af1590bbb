"""The same rights over the wire, where only data arrives: XML-RPC and JSON."""

import base64
from unittest.mock import patch
from xmlrpc.client import Fault

from odoo.service import model as service
from odoo.tests import HttpCase, JsonRpcException, tagged

from odoo.addons.troc_actif.models.odoo.res_partner import KEPT
from odoo.addons.troc_actif.tests.common import Network


@tagged("post_install", "-at_install")
class TestRpc(Network, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_network()

    def setUp(self):
        super().setUp()
        self.compensation = self.uploaded(self.portal, self.portal2, amount=100)

    def call(self, user, model, method, *args, **kwargs):
        """Call over XML-RPC as `user`, as odoorpc and members' own Odoos do."""
        return self.xmlrpc_object.execute_kw(
            self.env.cr.dbname, user.id, user.login, model, method, list(args), kwargs
        )

    def act(self, user, method, *args, **kwargs):
        ids = self.compensation.ids
        return self.call(user, "troc.compensation", method, ids, *args, **kwargs)

    def assert_fault(self, call, *args, **kwargs):
        with self.assertRaises(Fault) as caught:
            call(*args, **kwargs)
        # a refusal, not an accident
        self.assertNotIn("Traceback", caught.exception.faultString)
        return caught.exception.faultString

    def test_the_whole_way_as_the_real_users(self):
        self.act(self.animator, "action_validate")
        self.assertEqual(self.compensation.state, "validated")
        self.assertEqual(self.compensation.validated_by_id, self.animator)
        read = self.act(self.portal_user, "read", ["state", "actif_amount"])
        self.assertEqual(read[0]["actif_amount"], 120.0)
        self.act(self.animator, "action_reverse", "Erreur de montant")
        self.assertEqual(self.compensation.state, "reversed")
        report = self.call(
            self.animator, "troc.verification", "report", self.network.ids
        )
        self.assertEqual((report[0]["held"], report[0]["total"]), (8, 8))

    def test_decisions_refused_over_the_wire(self):
        for user in (
            self.far_animator,
            self.reader,
            self.seller_accountant,
            self.portal_user,
            self.portal2_user,
        ):
            for method, args in (
                ("action_validate", ()),
                ("action_validate_override", ("Parce que",)),
                ("action_refuse", ("Parce que",)),
                ("action_reverse", ("Parce que",)),
                ("action_reverse_part", (1, "Parce que")),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assert_fault(self.act, user, method, *args)
        self.assertEqual(self.compensation.state, "submitted")

    def test_one_record_named_twice_is_taken_once(self):
        """The ids of a call are data like any other: [7, 7, 7] is one invoice."""
        self.compensation += self.compensation + self.compensation
        self.act(self.animator, "action_validate")
        own = self.compensation.union()
        self.assertEqual(len(own.entry_ids), 1)
        self.assertEqual(self.portal2.balance, -120.0)
        self.act(self.animator, "action_reverse", "Erreur de montant")
        self.assertEqual(len(own.entry_ids), 2)
        self.assertEqual(self.portal2.balance, 0.0)
        transfer = self.transfer(self.portal, self.portal2, post=False)
        twice = transfer.ids * 2
        self.call(self.manager, "troc.transfer", "action_post", twice)
        self.assertEqual(self.portal2.balance, 100.0)
        self.call(self.manager, "troc.transfer", "action_reverse", twice, "Erreur")
        self.assertEqual(self.portal2.balance, 0.0)

    def test_others_were_faster_each_time(self):
        """What the database refuses to write is a sentence, once Odoo has given up.

        One cursor stands behind all requests of this test, so the conflict is made.
        """
        tries = []

        def beaten(members, presentation):
            tries.append(presentation)
            query = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40001'; END $$"
            members.env.cr.execute(query, log_exceptions=False)

        self.authenticate(self.portal_user.login, self.portal_user.login)
        asked = {
            "model": "troc.member",
            "method": "action_present",
            "args": [self.portal.ids, "Nous"],
            "kwargs": {},
        }
        with (
            patch.object(type(self.portal), "action_present", beaten),
            patch.object(service, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 1),
            self.assertRaises(JsonRpcException) as caught,
        ):
            self.make_jsonrpc_request("/web/dataset/call_kw", asked)
        self.assertEqual(str(caught.exception), "odoo.exceptions.UserError")
        self.assertEqual(tries, ["Nous"])

    def test_transfers(self):
        transfer = self.transfer(self.portal, self.portal2, post=False)

        def call(user, method, *args):
            return self.call(user, "troc.transfer", method, transfer.ids, *args)

        for user in (self.animator, self.reader, self.portal_user):
            for method, args in (
                ("action_post", ()),
                ("action_post_override", ("Parce que",)),
                ("action_reverse", ("Parce que",)),
                ("write", ({"amount": 1},)),
            ):
                with self.subTest(user=user.login, method=method):
                    self.assert_fault(call, user, method, *args)
        self.assertEqual(transfer.state, "draft")
        self.assert_fault(call, self.manager, "write", {"state": "posted"})
        call(self.manager, "action_post")
        self.assertEqual(transfer.state, "posted")
        call(self.manager, "action_reverse", "Erreur de membre")
        self.assertEqual(transfer.state, "reversed")

    def test_the_contact_of_a_member(self):
        """Whoever keeps contacts in his own company changes no member's, by no call."""
        keeper = self._user(
            "keeper",
            "base.group_partner_manager,account.group_account_manager",
            self.seller.company_id,
        )
        contact, person = self.portal.partner_id, self.portal_user.partner_id
        person.email = "personne@example.com"
        iban = "FR7630006000011234567890189"
        espion = {"name": "Espion", "parent_id": contact.id}
        account = {"partner_id": contact.id, "acc_number": iban}
        twin = self.env["res.partner"].create({"name": "X", "email": person.email})
        merge = self.env["base.partner.merge.automatic.wizard"]
        values = {"partner_ids": [(6, 0, (twin + person).ids)]}
        values["dst_partner_id"] = twin.id
        wizard = self.by(keeper, merge).create(values)
        before = (contact + person).read(sorted(KEPT)), self.portal.territory_id
        for model, method, *args in (
            ("res.partner", "write", contact.ids, {"zip": "77000"}),
            ("res.partner", "write", contact.ids, {"name": self.portal2.name}),
            ("res.partner", "write", person.ids, {"email": "pirate@example.com"}),
            ("res.partner", "web_save", person.ids, {"email": "p@e.example"}, {}),
            ("res.partner", "create", espion),
            ("res.partner", "action_archive", person.ids),
            ("res.partner", "unlink", person.ids),
            ("res.partner", "copy", person.ids),
            ("res.partner.bank", "create", account),
            ("base.partner.merge.automatic.wizard", "action_merge", wizard.ids),
            ("troc.member", "action_update_contact", self.portal.ids, {"zip": "77000"}),
            ("troc.member", "action_follow_address", self.portal.ids),
            ("troc.member", "write", self.portal.ids, {"siren": "000100040"}),
        ):
            for user in (keeper, self.portal2_user):
                with self.subTest(user=user.login, call=f"{model}.{method}", args=args):
                    self.assert_fault(self.call, user, model, method, *args)
        loaded = self.call(
            keeper, "res.partner", "load", [".id", "zip"], [[str(contact.id), "77000"]]
        )
        self.assertIn(self.portal.name, str(loaded["messages"]))
        for name in ("email", "name"):
            own = ("res.users", "write", self.portal_user.ids, {name: "x@example.com"})
            self.assert_fault(self.call, self.portal_user, *own)
        self.env.invalidate_all()
        after = (contact + person).read(sorted(KEPT)), self.portal.territory_id
        self.assertEqual(after, before)
        self.assertFalse(contact.bank_ids)
        self.call(
            self.portal_user,
            "troc.member",
            "action_update_contact",
            self.portal.ids,
            {"zip": "75012"},
        )
        self.assertEqual(contact.zip, "75012")

    def test_limits_and_requests(self):
        """A member asks, a manager grants; nobody else decides, nobody rewrites."""
        ask = (
            "troc.member",
            "action_request_limits",
            self.portal.ids,
            4000,
            0,
            "Foire",
        )
        for user in (self.portal2_user, self.animator, self.seller_accountant):
            self.assert_fault(self.call, user, *ask)
        wish = self.call(self.portal_user, *ask)
        answers = (("action_grant", 9000, 0, "Oui"), ("action_refuse", "Non"))
        for user in (self.animator, self.reader, self.portal_user, self.portal2_user):
            for name, *args in answers:
                request = ("troc.limit.request", name, [wish])
                self.assert_fault(self.call, user, *request, *args)
            for name, *args in (
                ("action_set_limits", 9000, 0, "Oui"),
                ("action_set_temporary_limits", 9000, 0, "2099-01-01", "Oui"),
            ):
                member = ("troc.member", name, self.portal.ids)
                self.assert_fault(self.call, user, *member, *args)
        self.call(
            self.manager, "troc.limit.request", "action_grant", [wish], 3000, 0, "Oui"
        )
        self.assertEqual(self.portal.credit_limit, 3000.0)
        changes = ("troc.limit.change", "search_read", [], ["credit_after", "kind"])
        found = self.call(self.portal_user, *changes)
        self.assertEqual(found[0]["kind"], "request")
        self.assertEqual(len(found), 2, "his own alone")
        for model, ids in (
            ("troc.limit.change", [found[0]["id"]]),
            ("troc.limit.request", [wish]),
        ):
            for user in (self.manager, self.portal_user):
                for context in ({}, {"troc_seal": True}):
                    write = (model, "write", ids, {"reason": "Autre"})
                    self.assert_fault(self.call, user, *write, context=context)
                self.assert_fault(self.call, user, model, "unlink", ids)
        values = {"temporary_credit": 1e6, "dormant_since": False}
        for name, value in values.items():
            write = ("troc.member", "write", self.portal.ids, {name: value})
            self.assert_fault(self.call, self.manager, *write)

    def test_disputes(self):
        self.assert_fault(self.act, self.seller_accountant, "action_dispute", "Non")
        self.act(self.portal2_user, "action_dispute", "Non livré")
        self.assertTrue(self.compensation.is_disputed)
        for user in (self.portal_user, self.far_animator, self.reader):
            self.assert_fault(self.act, user, "action_lift_dispute", "Livré")
        self.act(self.animator, "action_lift_dispute", "Livré")
        self.assertEqual(self.compensation.dispute_resolution, "Livré")
        found = ("troc.dispute", "search_read", [], ["reason", "resolution"])
        (told,) = self.call(self.portal_user, *found)
        self.assertEqual((told["reason"], told["resolution"]), ("Non livré", "Livré"))
        self.assertFalse(self.call(self.seller_accountant, *found))
        write = ("troc.dispute", "write", [told["id"]], {"reason": "Autre"})
        for user in (self.manager, self.animator, self.portal_user):
            for context in ({}, {"troc_seal": True}):
                self.assert_fault(self.call, user, *write, context=context)
            self.assert_fault(self.call, user, "troc.dispute", "unlink", [told["id"]])

    def test_private_methods(self):
        for model, method, args in (
            ("troc.compensation", "_validate_now", ()),
            ("troc.compensation", "_post_now", ({},)),
            ("troc.compensation", "_write_guards", ({},)),
            ("troc.compensation", "_decide", ("validated", "Non")),
            ("troc.compensation", "_submit_invoices", ()),
            ("troc.compensation", "_cron_validate_queue", ()),
            ("troc.member", "_set_balance", (1e6,)),
            ("troc.member", "_change_limits", ([1, 1], "set", "Non", True)),
            ("troc.member", "_end_temporary", ()),
            ("troc.member", "_write_override", ("Non", 1)),
            ("troc.limit.request", "_decide", ("granted", "Non")),
            ("troc.compensation", "_settle_dispute", ("Non",)),
            ("troc.posting", "_post", ([], "2026-01-01")),
            ("troc.transfer", "_post_now", ()),
            ("troc.network", "_ensure_own_member", ()),
            ("troc.company.setup", "_setup_company", ()),
            ("troc.verification", "_run", ()),
        ):
            with self.subTest(f"{model}.{method}"):
                ids = [] if method.startswith(("_cron", "_submit")) else [[1]]
                told = self.assert_fault(
                    self.call, self.manager, model, method, *ids, *args
                )
                self.assertIn(method, told)

    def test_no_public_method_takes_the_place_of_a_private_one(self):
        """What may be called from outside, written down: a new one is a decision."""
        expected = {
            "action_accept",
            "action_check_again",
            "action_dispute",
            "action_full_share",
            "action_half_share",
            "action_lift_dispute",
            "action_open_credit_notes",
            "action_refuse",
            "action_reverse",
            "action_reverse_part",
            "action_set_share",
            "action_submit",
            "action_validate",
            "action_validate_override",
            "check_document",
            "payment_data",
            "submit_attachments",
            "submit_document",
        }
        own = {
            name
            for cls in type(self.compensation).mro()
            if cls.__module__.startswith("odoo.addons.troc_actif")
            for name, value in vars(cls).items()
            if callable(value) and not name.startswith("_")
        }
        self.assertEqual(own - {"create", "write", "copy_data"} - expected, set())

    def test_writing_with_forged_contexts(self):
        for context in ({}, {"troc_seal": True}, {"troc_seal": {"id": 1}}):
            for model, ids, values in (
                ("troc.compensation", self.compensation.ids, {"actif_amount": 1.0}),
                ("troc.compensation", self.compensation.ids, {"state": "validated"}),
                ("troc.member", self.portal.ids, {"balance": 1e6}),
                ("troc.member", self.portal.ids, {"credit_limit": 1e6}),
            ):
                self.assert_fault(
                    self.call,
                    self.manager,
                    model,
                    "write",
                    ids,
                    values,
                    context=context,
                )
            for method in ("unlink", "copy"):
                self.assert_fault(self.act, self.manager, method, context=context)
        self.assertEqual(self.portal.balance, 0.0)

    def test_imports_and_exports_are_for_managers(self):
        content = base64.b64encode(b"nom;siren\nAnna;732829320").decode()
        network = self.network.ids
        values = {"network_id": network[0], "file": content, "filename": "a.csv"}
        record = self.call(self.manager, "troc.import", "create", values)
        self.call(self.manager, "troc.import", "action_check", [record])
        state = ("troc.import", "write", [record], {"state": "done"})
        self.assert_fault(self.call, self.manager, *state)
        key = {"context": {"troc_seal": True, "troc_import_dry": True}}
        self.assert_fault(self.call, self.manager, *state, **key)
        for user in (
            self.animator,
            self.reader,
            self.seller_accountant,
            self.portal_user,
        ):
            for model, method, *args in (
                ("troc.import", "create", values),
                ("troc.import", "action_run", [record]),
                ("troc.import", "read", [record], ["filename"]),
                ("troc.import.row", "search_read", [], ["values"]),
                ("troc.export", "search_read", [], ["file"]),
                ("troc.network", "action_export_all", network),
                ("troc.member", "action_export_data", self.portal2.ids),
            ):
                with self.subTest(user=user.login, model=model, method=method):
                    self.assert_fault(self.call, user, model, method, *args)
        exports = self.env["troc.export"].search([])
        self.assertFalse(exports)
        self.assertEqual(self.env["troc.import"].browse(record).state, "checked")

    def test_what_a_portal_user_reads(self):
        other = self.uploaded(self.portal2, self.buyer, amount=50)
        fields = ["name", "actif_amount"]
        read = ("troc.compensation", "read", other.ids, fields)
        self.assertTrue(self.call(self.portal2_user, *read))
        told = self.assert_fault(self.call, self.portal_user, *read)
        self.assertNotIn(other.name, told)
        member = ("troc.member", "search_read", [], ["name", "balance"])
        self.assertEqual(
            [row["name"] for row in self.call(self.portal_user, *member)],
            [self.portal.name],
        )
        for model in ("troc.network", "troc.territory", "troc.incoming.mail"):
            self.assert_fault(self.call, self.portal_user, model, "search_read", [])

    def test_a_portal_user_reads_his_own_movements_alone(self):
        self.validate(self.uploaded(self.portal2, self.portal, amount=51.23))
        items = ("troc.register.item", "search_read", [], ["amount", "member_id"])
        found = self.call(self.portal_user, *items)
        self.assertEqual([row["amount"] for row in found], [-61.48])
        other = self.env["troc.register.item"].search(
            [("member_id", "=", self.portal2.id)]
        )
        read = ("troc.register.item", "read", other.ids, ["amount"])
        told = self.assert_fault(self.call, self.portal_user, *read)
        self.assertNotRegex(told, "61.48")

    def test_json_of_the_web_client(self):
        path = "/web/dataset/call_kw/troc.compensation/"
        params = {
            "model": "troc.compensation",
            "args": [self.compensation.ids],
            "kwargs": {},
        }
        for user in (None, self.portal2_user, self.far_animator):
            self.authenticate(user and user.login, user and user.login)
            with self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"{path}action_validate", {**params, "method": "action_validate"}
                )
        self.authenticate(self.animator.login, self.animator.login)
        with self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request(
                f"{path}_validate_now", {**params, "method": "_validate_now"}
            )
        self.make_jsonrpc_request(
            f"{path}action_validate", {**params, "method": "action_validate"}
        )
        self.assertEqual(self.compensation.state, "validated")

    def test_json_submission_of_an_invoice(self):
        """What comes back is plain data: the key of the one path stays inside."""
        invoice = self.invoice(share=50)
        user = self.seller_accountant
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        action = self.make_jsonrpc_request(
            "/web/dataset/call_kw/account.move/action_troc_submit",
            {
                "model": "account.move",
                "method": "action_troc_submit",
                "args": [invoice.ids],
                "kwargs": {"context": {"allowed_company_ids": user.company_ids.ids}},
            },
        )
        self.env.invalidate_all()
        self.assertEqual(action["res_id"], invoice.troc_compensation_ids.id)
        self.assertNotIn("troc_seal", str(action))
