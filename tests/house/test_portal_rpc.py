"""Every model of ours over RPC, for everybody who must read nothing of another's.

The tables name each model and what may be done with it; one that is in no table, or a
public method that nobody tried, fails the test.
"""

import inspect
import json
from xmlrpc.client import Fault

from secrets_case import WORD, RpcCase

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif_invoice.seal import sealed

OUTSIDERS = ("stranger", "held", "far", "gone", "nobody")
# What each model is to a portal user: his own alone, the same for all of them, or
# nothing at all.
MODELS = {
    "troc.account": "own",
    "troc.balance": "hidden",
    "troc.balance.confirmation": "own",
    "troc.balances": "hidden",
    "troc.booking.export": "hidden",
    "troc.category": "shared",
    "troc.compensation": "own",
    "troc.confirmation.run": "hidden",
    "troc.contest": "hidden",
    "troc.dashboard": "hidden",
    "troc.dashboard.line": "hidden",
    "troc.department": "shared",
    "troc.export": "hidden",
    "troc.fee": "own",
    "troc.fee.policy": "hidden",
    "troc.fee.run": "hidden",
    "troc.import": "hidden",
    "troc.import.row": "hidden",
    "troc.incoming.mail": "hidden",
    "troc.incoming.mail.line": "hidden",
    "troc.insolvency": "hidden",
    "troc.introduction": "own",
    "troc.judgment": "hidden",
    "troc.justification": "hidden",
    "troc.justification.line": "hidden",
    "troc.dispute": "own",
    "troc.bill.choice": "hidden",
    "troc.dispute.settlement": "hidden",
    "troc.limit.change": "own",
    "troc.link": "own",
    "troc.link.entry": "own",
    "troc.limit.decision": "hidden",
    "troc.limit.request": "own",
    "troc.limits": "hidden",
    "troc.listing": "own",
    "troc.listing.picture": "own",
    "troc.listing.slot": "own",
    "troc.loss": "hidden",
    "troc.loss.share": "hidden",
    "troc.member": "own",
    "troc.member.activity": "hidden",
    "troc.member.life": "hidden",
    "troc.member.schedule": "own",
    "troc.member.schedule.line": "own",
    "troc.member.state.change": "own",
    "troc.network": "hidden",
    "troc.payment.data": "hidden",
    "troc.rate.limit": "hidden",
    "troc.reason": "hidden",
    "troc.register.item": "own",
    "troc.saved.search": "own",
    "troc.statement": "hidden",
    "troc.territory": "shared",
    "troc.trade": "hidden",
    "troc.transfer": "hidden",
    "troc.vat.report": "hidden",
    "troc.vat.report.line": "hidden",
    "troc.verification": "hidden",
    "troc.verification.line": "hidden",
    "troc.year.end": "hidden",
}
# What a public method of ours is given, by the name of its parameter.
GIVEN = {
    "actif_code": "4PIRATE",
    "actif_share": 50,
    "amount": 1,
    "attachment_ids": [],
    "balance_limit": 1,
    "body": "Pirate",
    "content": "",
    "ceiling": 1,
    "credit": 1,
    "client": {"version": "pirate"},
    "credit_limit": 1,
    "customer_code": "4PIRATE",
    "date_from": "2020-01-01",
    "date_to": "2099-01-01",
    "documents": [],
    "email": "pirate@pirate.example",
    "entries": [],
    "fields_list": ["reason"],
    "judged_on": "2026-01-01",
    "keys": [],
    "kind": "liquidation",
    "name": "Pirate",
    "override_reason": "Pirate",
    "presentation": "Pirate",
    "reason": "Pirate",
    "resolution": "Pirate",
    "right": "read",
    "state": "left",
    "supplier_code": "4PIRATE",
    "terms": {"subject": "Pirate", "total_amount": 1, "actif_share": 100},
    "terms_version": 1,
    "until": "2099-01-01",
    "user_id": 0,
    "values": {"zip": "77000", "email": "pirate@pirate.example"},
}
# Methods of Odoo's that are overridden, or are no call that does something.
ODOO = {"create", "write", "unlink", "copy", "copy_data", "message_new", "init"}
# What a colleague with the right to read may call: it changes nothing of a trade.
READER_MAY = ("action_check_again",)
# What asks for a record by its id, with the arguments that follow the ids.
READS = {
    "read": (["display_name"],),
    "web_read": ({"display_name": {}},),
    "export_data": (["id", "display_name"],),
    "copy": (),
}
WRITES = {
    "unlink": (),
    "action_archive": (),
    "message_post": (),
    "message_subscribe": (),
    "message_unsubscribe": (),
    "activity_schedule": (),
}
NO_ACCIDENT = (
    "AccessError",
    "MissingError",
    "NotFound",
    "SessionExpired",
    "UserError",
    "ValidationError",
)


class Models(RpcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.network.action_setup_fees()
        # commissions alone: a membership is everybody's own
        none = {"membership_amount": 0, "membership_share": 0}
        cls.network.fee_policy_id.write(none)
        today = fields.Date.today()
        cls.env["troc.fee"]._prepare_due(cls.network, today)
        cls.records = {**cls._own_records(), **cls._hidden_records()}
        for name, kind in MODELS.items():
            if kind == "shared":
                cls.records[name] = cls.env[name].search([], limit=1)
        cls.names = {name: cls._readable(cls.records[name]) for name in MODELS}
        cls.env.flush_all()
        cls.env.cr.flush()

    @classmethod
    def _own_records(cls):
        items = cls.env["troc.register.item"]
        return {
            "troc.account": cls.portal.account_id,
            "troc.balance.confirmation": cls.confirmation,
            "troc.compensation": cls.compensations,
            "troc.dispute": cls.waiting.dispute_ids,
            "troc.fee": cls.env["troc.fee"].search([("member_id", "=", cls.portal.id)]),
            "troc.introduction": cls.introduction,
            "troc.limit.change": cls.portal.limit_change_ids,
            "troc.limit.request": cls.limit_request,
            "troc.link": cls.link,
            "troc.link.entry": cls.link.entry_ids,
            "troc.listing": cls.draft,
            "troc.listing.picture": cls.picture,
            "troc.listing.slot": cls.draft.slot_ids,
            "troc.member": cls.portal,
            "troc.member.schedule": cls.portal.schedule_ids,
            "troc.member.schedule.line": cls.portal.schedule_ids.line_ids,
            "troc.member.state.change": cls.portal.state_change_ids,
            "troc.register.item": items.search([("member_id", "=", cls.portal.id)]),
            "troc.saved.search": cls.search_kept,
        }

    @classmethod
    def _hidden_records(cls):
        found = cls.env["troc.verification"]._run(cls.network)
        mail = cls.env["troc.incoming.mail"].create(
            {
                "name": WORD,
                "network_id": cls.network.id,
                "email_from": f"{WORD}@mail.example",
                "line_ids": [(0, 0, {"name": WORD, "outcome": "danger"})],
            }
        )
        allows = cls.env["troc.rate.limit"]._allows
        allows(WORD, WORD, 1)
        wizards = {
            "troc.balances": {"network_id": cls.network.id},
            "troc.bill.choice": {
                "compensation_id": cls.waiting.id,
                "bill_id": cls.env["account.move"].search([], limit=1).id,
            },
            "troc.dashboard": {"network_id": cls.network.id},
            "troc.dispute.settlement": {
                "compensation_id": cls.waiting.id,
                "resolution": WORD,
            },
            "troc.limit.decision": {
                "request_id": cls.limit_request.id,
                "reason": WORD,
            },
            "troc.judgment": {
                "member_id": cls.portal.id,
                "judged_on": "2026-01-01",
                "kind": "liquidation",
                "court": WORD,
            },
            "troc.limits": {"member_id": cls.portal.id, "reason": WORD},
            "troc.member.life": {
                "member_id": cls.portal.id,
                "state": "on_hold",
                "reason": WORD,
            },
            "troc.reason": {"decision": "refuse", "reason": WORD},
            "troc.payment.data": {},
            "troc.fee.run": {"network_id": cls.network.id},
            "troc.statement": {"member_ids": [(6, 0, cls.portal.ids)]},
            "troc.transfer": {
                "network_id": cls.network.id,
                "giver_id": cls.portal2.id,
                "taker_id": cls.seller.id,
                "amount": 1,
                "reason": WORD,
            },
            "troc.booking.export": {"member_id": cls.portal.id},
            "troc.confirmation.run": {"network_id": cls.network.id},
            "troc.contest": {"confirmation_id": cls.confirmation.id, "reason": WORD},
            "troc.justification": {"member_id": cls.seller.id},
            "troc.vat.report": {"member_id": cls.seller.id},
            "troc.year.end": {"company_id": cls.seller.company_id.id},
        }
        wizards["troc.import"] = {"network_id": cls.network.id, "filename": WORD}
        made = {name: cls.env[name].create(vals) for name, vals in wizards.items()}
        for parent, link in (
            ("troc.justification", "justification_id"),
            ("troc.vat.report", "report_id"),
        ):
            lines = cls.env[f"{parent}.line"]
            made[lines._name] = lines.create({link: made[parent].id})
        loss = cls._loss()
        return {
            **made,
            "troc.insolvency": loss.insolvency_id,
            "troc.loss": loss,
            "troc.loss.share": loss.share_ids,
            "troc.balance": cls.env["troc.balance"].browse(cls.portal.id),
            "troc.export": cls.env["troc.export"]._ask(cls.network, cls.portal),
            "troc.import.row": cls.env["troc.import.row"].create(
                {"import_id": made["troc.import"].id, "sheet": "file", "what": WORD}
            ),
            "troc.dashboard.line": made["troc.dashboard"].line_ids,
            "troc.member.activity": cls.env["troc.member.activity"].search([]),
            "troc.trade": cls.env["troc.trade"].search([]),
            "troc.network": cls.network,
            "troc.fee.policy": cls.network.fee_policy_id,
            "troc.incoming.mail": mail,
            "troc.incoming.mail.line": mail.line_ids,
            "troc.rate.limit": cls.env["troc.rate.limit"].search([], limit=1),
            "troc.verification": found,
            "troc.verification.line": found.line_ids,
        }

    @classmethod
    def _loss(cls):
        """Return the draft of a loss on a member who failed: not the portal's own."""
        failed = cls._portal("Test Failli", "75011", "000100099")
        cls().transfer(failed, cls.buyer, 1, reason=WORD)
        judgment = sealed(cls.env["troc.insolvency"]).create(
            {
                "member_id": failed.id,
                "judged_on": "2026-01-01",
                "kind": "liquidation",
                "court": WORD,
                "recorded_by_id": cls.manager.id,
            }
        )
        loss = cls.env["troc.loss"]._begin(judgment)
        loss.reason = WORD
        return loss

    @classmethod
    def _readable(cls, records):
        """Return the fields that the member himself reads: others are no secret's."""
        names = []
        own = records.with_user(cls.portal_user)
        for name, field in records._fields.items():
            try:
                if field.type != "binary":
                    own.read([name])
                    names.append(name)
            except AccessError:
                continue
        return names or ["display_name"]

    def asked(self, model):
        """Yield (method, arguments) that read records of `model`, one way each."""
        records = self.records[model]
        domain = [("id", "in", records.ids)]
        for method, args in READS.items():
            if hasattr(records, method):
                yield method, (records.ids, *args)
        names = self.names[model]
        yield "read", (records.ids, names)
        yield "web_read", (records.ids, {name: {} for name in names})
        yield "search", (domain,)
        yield "search_count", (domain,)
        yield "search_read", (domain, names)
        yield "web_search_read", (domain, {"display_name": {}})
        yield "formatted_read_group", (domain, [self.group_of(model)], ["__count"])
        yield "name_search", (WORD,)
        yield "web_name_search", (WORD, {"display_name": {}})

    def group_of(self, model):
        return next(
            name
            for name, field in self.env[model]._fields.items()
            if field.store and field.type in ("many2one", "char") and not field.groups
        )

    def done(self, model):
        """Yield (method, arguments) that would change records of `model`."""
        records = self.records[model]
        for method, args in (*WRITES.items(), *self.own_methods(records)):
            if hasattr(records, method):
                yield method, (records.ids, *args)
        values = {"name": "Pirate", "active": False}
        known = {n: v for n, v in values.items() if n in records._fields}
        known = known or {self.group_of(model): False}
        yield "write", (records.ids, known)
        yield "web_save", (records.ids, known, {"display_name": {}})
        yield "create", ([records.copy_data()[0] if self.copied(model) else known],)
        spec = {name: {} for name in self.names[model]}
        yield "onchange", (records.ids, {}, [], spec)
        yield "onchange", ([], self.as_if(records), [], spec)

    def copied(self, model):
        return model in ("troc.listing", "troc.listing.slot", "troc.saved.search")

    def as_if(self, records):
        """Return values of a new record that belongs to the other member."""
        links = [n for n, f in records._fields.items() if f.type == "many2one"]
        links = [n for n in links if records._fields[n].store]
        return {name: records[:1][name].id for name in links}

    def own_methods(self, records):
        """Yield (name, arguments) of each public method that our addons define."""
        for cls in type(records).mro():
            if not cls.__module__.startswith("odoo.addons.troc_actif"):
                continue
            for name, value in vars(cls).items():
                if inspect.isfunction(value) and self.is_public(name, value):
                    yield name, self.given(value)

    def is_public(self, name, value):
        private = getattr(value, "_api_private", False)
        return not (name.startswith("_") or name in ODOO or private)

    def given(self, function):
        parameters = list(inspect.signature(function).parameters.values())[1:]
        return [GIVEN[p.name] for p in parameters if p.default is p.empty]


@tagged("post_install", "-at_install")
class TestPortalRpc(Models):
    def test_the_table_is_about_every_model(self):
        """A model, or a parameter of a method, that nobody thought about fails here."""
        models = {
            name
            for name, model in self.env.registry.items()
            if name.startswith("troc.") and not model._abstract
        }
        self.assertEqual(models, set(MODELS))
        for name in MODELS:
            self.assertTrue(self.records[name], name)
            self.assertIsNotNone(list(self.own_methods(self.records[name])))

    def test_logged_out(self):
        self.enter("out")
        for model in MODELS:
            _result, error, text = self.call(model, "search_read", [], ["id"])
            self.assertEqual(error, "SessionExpiredException", model)
            self.assertEqual(self.secrets_in(text), [])

    def test_outsiders_read_nothing(self):
        for role in OUTSIDERS:
            self.enter(role)
            for model, kind in MODELS.items():
                for method, args in self.asked(model) if kind != "shared" else ():
                    with self.subTest(f"{model}.{method}", role=role):
                        self.assert_nothing(*self.call(model, method, *args))

    def assert_nothing(self, result, error, text):
        """What comes back is a refusal, or empty, and tells nothing."""
        self.assertEqual(self.secrets_in(text), [])
        if error:
            self.assertIn(error.removesuffix("Exception"), NO_ACCIDENT, text[:400])
        elif isinstance(result, dict):
            self.assertFalse(any(result.values()), text[:400])
        else:
            self.assertFalse(result, text[:400])

    def test_outsiders_change_nothing(self):
        """Whatever is called, no refusal names what it refuses."""
        for role in OUTSIDERS:
            self.enter(role)
            before = self.everything()
            for model in MODELS:
                for method, args in self.done(model):
                    _result, _error, text = self.call(model, method, *args)
                    told = self.secrets_in(text)
                    self.assertEqual(told, [], (role, model, method, text[:400]))
                    if model == "troc.member":
                        self.assertNotIn(self.portal.name, text, (role, method))
            self.assertEqual(self.everything(), before, role)

    def test_a_colleague_who_reads_changes_nothing(self):
        self.enter("reader")
        before = self.everything()
        for model in MODELS:
            for method, args in self.done(model):
                if method not in READER_MAY:
                    self.call(model, method, *args)
        self.assertEqual(self.everything(), before)

    def everything(self):
        """Return what is stored of the member, and that each record is still there."""
        there = {
            name: records.exists().ids
            for name, records in self.records.items()
            if MODELS[name] != "own"
        }
        names = {
            name: self.records[name].mapped("name")
            for name in ("troc.network", "troc.territory", "troc.category")
        }
        return self.snapshot(), there, names

    def test_the_member_himself_reads_his_own(self):
        """Else the others could be refused for another reason."""
        for role in ("owner", "reader"):
            self.enter(role)
            for model, kind in MODELS.items():
                # a picture has no words, a search is his who keeps it
                if kind == "own" and model != "troc.listing.picture":
                    if (role, model) != ("reader", "troc.saved.search"):
                        self.assert_told(model)

    def assert_told(self, model):
        for method, args in self.asked(model):
            if method in ("read", "web_read", "search_read"):
                text = self.call(model, method, *args)[2]
                if len(args[-1]) > 1:
                    self.assertTrue(self.secrets_in(text), (model, method, text[:300]))

    def test_a_file_about_invoices_of_others(self):
        """Whoever sends it learns neither that there is one nor what is left of it."""
        files = [
            facturx_xml(self.portal, self.portal2, 3000, tax=0, number=f"{WORD}-F1"),
            facturx_xml(
                self.portal,
                self.portal2,
                5000,
                tax=0,
                number="AV-1",
                type_code="381",
                preceding=f"{WORD}-F1",
            ),
        ]
        for role in (*OUTSIDERS, "reader"):
            self.enter(role)
            before = self.snapshot()
            for content in files:
                sent = ("pirate.xml", self.encoded(content))
                text = self.call("troc.compensation", "submit_document", *sent)[2]
                for told in ("COMP/", "3000", "3 000", "3\\u202f000"):
                    self.assertNotIn(told, text, role)
            self.assertEqual(self.snapshot(), before)

    def test_the_other_ways_to_call(self):
        """XML-RPC with a password, and JSON-2 with a key, have the same rights."""
        user = self.roles["stranger"]
        tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
        keys = self.by(user, self.env["res.users.apikeys"])
        key = keys._generate(None, "test", tomorrow)
        self.env.flush_all()
        for model, kind in MODELS.items():
            if kind == "shared":
                continue
            ids, names = self.records[model].ids, self.names[model][:3]
            with self.assertRaises(Fault) as caught:
                self.xmlrpc_object.execute_kw(
                    self.env.cr.dbname, user.id, user.login, model, "read", [ids, names]
                )
            self.assertEqual(self.secrets_in(caught.exception.faultString), [])
            response = self.url_open(
                f"/json/2/{model}/read",
                data=json.dumps({"ids": ids, "fields": names}),
                headers={
                    "Authorization": f"Bearer {key}",
                    "Content-Type": "application/json",
                },
            )
            self.assertGreaterEqual(response.status_code, 400, model)
            self.assertEqual(self.secrets_in(response.text), [], model)
