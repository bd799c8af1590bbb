"""A member with secrets of every kind, and everybody who must not read them."""

import json
import re
import uuid

from odoo import fields
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_market.tests.market import picture
from odoo.addons.troc_actif_market.tests.market_case import MarketCase

# What the member has, may spend and has set aside: no other figure on any page is
# like these.
BALANCE, CREDIT, CEILING, RESERVED = 4321.5, 5678.0, 98765.0, 246.75
FIGURES = ("4321.5", "5678", "98765", "246.75", "9752.75")
WORD = "CACHETTE"
COMMENT = "mail.mt_comment"


def _figure(text):
    """Return the pattern of an amount in French, in English and in JSON."""
    whole, _dot, cents = text.partition(".")
    gap = r"(?:[\s.,\u00a0\u202f]|&nbsp;)?"
    whole = gap.join((whole[:-3], whole[-3:])) if len(whole) > 3 else whole
    return rf"(?<![\w.,-]){whole}{rf'[.,]{cents}' if cents else ''}(?=0?\b)"


SECRETS = re.compile("|".join((WORD, *map(_figure, FIGURES))), re.IGNORECASE)


class SecretsCase(MarketCase):
    """`portal` has secrets; `portal2` shares some of them; `roles` are all the others.

    Each secret text holds WORD, each secret amount is one of FIGURES.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        case = cls()  # the steps of the members' own people are methods of a test
        cls._make_roles()
        cls._make_trade(case)
        cls._make_conversation(case)
        cls._make_private()
        cls._make_life()
        cls._make_confirmation()
        cls._make_link()
        cls.env.flush_all()
        cls.env.cr.flush()  # what Odoo tracks of changes is written now, not later

    @classmethod
    def _make_roles(cls):
        far = cls.network.copy({"name": "Autre réseau", "joining_open": False})
        networks = cls.env["troc.network"].search([("id", "!=", cls.network.id)])
        networks.write({"joining_open": False, "public_view": "none"})
        cls.network.public_view = "teaser"
        members = {
            "stranger": cls._portal("Test Tiers", "75010", "000100057"),
            "held": cls._portal("Test Suspendu", "75010", "000100065"),
            "gone": cls._portal("Test Parti", "75010", "000100073"),
        }
        sealed(members["held"]).state = "on_hold"
        sealed(members["gone"]).state = "left"
        partner = cls._company_partner("Test Ailleurs")
        members["far"] = cls._member(partner, "000100081", network_id=far.id)
        cls.roles = {
            "out": None,
            **{
                name: cls._portal_user(name, member) for name, member in members.items()
            },
            "nobody": cls._nobody(),
            "reader": cls._portal_user("reader", cls.portal),
            "owner": cls.portal_user,
            "party": cls.portal2_user,
        }
        for user in filter(None, cls.roles.values()):
            user.write({"password": user.login, "lang": "fr_FR"})
        cls.roles["reader"]._troc_set_right("read")
        cls._portal_user("colleague", cls.portal).name = f"{WORD}-COLLEGUE"

    @classmethod
    def _nobody(cls):
        partner = cls._company_partner("Test Sans Adhésion")
        group = "base.group_portal"
        return new_test_user(cls.env, "troc_nobody", group, partner_id=partner.id)

    @classmethod
    def _make_trade(cls, case):
        """Two validated invoices make the balance; one waits, one has no share yet."""
        case.set_limits(cls.portal2, 9000)
        values = (
            {"amount": 3000, "number": f"{WORD}-F1"},
            {"amount": 1321.5, "number": f"{WORD}-F2"},
            {"amount": 77, "number": f"{WORD}-F3"},
            {"amount": 78, "number": f"{WORD}-F4", "share": None},
        )
        contents = [
            facturx_xml(cls.portal, cls.portal2, tax=0, **value) for value in values
        ]
        cls.compensations = cls.env["troc.compensation"].union(
            *(case.upload(c, cls.portal_user, f"{WORD}-facture.xml") for c in contents)
        )
        done, cls.waiting, cls.unclaimed = (
            cls.compensations[:2],
            cls.compensations[2],
            cls.compensations[3],
        )
        case.validate(done)
        decided = case.by(cls.animator, cls.waiting)
        decided.action_dispute(f"{WORD}-LITIGE")
        decided.action_lift_dispute(f"{WORD}-REGLE")
        case.set_limits(cls.portal, CREDIT, CEILING)
        sealed(cls.portal).reserved_amount = RESERVED
        assert cls.portal.balance == BALANCE

    @classmethod
    def _make_confirmation(cls):
        """A letter that only the member and the network may read."""
        today = fields.Date.today()
        made = cls.env["troc.balance.confirmation"]._make(
            cls.network, today.replace(day=1, month=1), today
        )
        cls.confirmation = made.filtered(lambda c: c.member_id == cls.portal)
        cls.confirmation._send()

    @classmethod
    def _make_link(cls):
        """Books of his own, in which an entry failed for a reason not for others."""
        api = cls.portal.env["troc.link"].with_user(cls.portal_user)
        api.open(since="2020-01-01")
        api.hello(client={"version": WORD})
        key = api.pull()["entries"][0]["key"]
        api.report([{"key": key, "state": "failed", "reason": f"{WORD}-LIEN"}])
        cls.link = cls.env["troc.link"]._of(cls.portal)
        # a contact is noted once a minute, and these tests take longer where it is slow
        sealed(cls.link).last_contact = fields.Datetime.add(
            fields.Datetime.now(), days=1
        )

    @classmethod
    def _make_conversation(cls, case):
        """An offer that all may read, and a conversation about it that they may not."""
        cls.offer = case.published(name="Annonce ouverte")
        case.by(cls.animator, cls.offer).message_post(
            body=f"{WORD}-MODERATION", message_type="comment", subtype_xmlid=COMMENT
        )
        introduction = case.contact(cls.offer, body=f"{WORD}-MESSAGE")
        introduction.action_say(
            f"{WORD}-SUITE", [(f"{WORD}-piece.txt", f"{WORD}-CONTENU".encode())]
        )
        terms = case.terms(subject=f"{WORD}-OBJET", total_amount="79")
        case.by(cls.portal_user, introduction).action_propose(terms)
        cls.introduction = introduction.sudo()
        cls.token = str(uuid.uuid4())  # as of a link; none opens anything
        cls.file = cls.introduction.message_ids.attachment_ids

    @classmethod
    def _make_private(cls):
        cls.draft = cls.offer.copy({"name": f"{WORD}-BROUILLON"})
        cls.draft.description = f"{WORD}-TEXTE"
        cls.draft.slot_ids = [
            (0, 0, {"date_from": "2027-03-01", "date_to": "2027-03-02", "note": WORD})
        ]
        cls.image = picture((31, 29), "crimson")
        cls.picture = cls.env["troc.listing.picture"].create(
            {"listing_id": cls.draft.id, "image": cls.encoded(cls, cls.image)}
        )
        cls.search_kept = (
            cls.env["troc.saved.search"]
            .with_user(cls.portal_user)
            .create({"name": f"{WORD}-RECHERCHE", "filters": {"query": WORD}})
        )
        wish = cls.portal.with_user(cls.portal_user).action_request_limits(
            8765.0, CEILING, f"{WORD}-DEMANDE"
        )
        cls.limit_request = cls.env["troc.limit.request"].browse(wish)
        cls.portal.write({"contact_email": f"{WORD}@contact.example"})
        cls.portal_user.partner_id.email = f"{WORD}@user.example"
        cls.portal.partner_id.email = f"{WORD}@company.example"
        # what animators write for themselves, on what both sides read
        note = {"body": f"{WORD}-NOTE", "message_type": "comment"}
        for record in (cls.portal, cls.introduction, cls.waiting, cls.offer):
            record.sudo().message_post(**note, author_id=cls.animator.partner_id.id)

    @classmethod
    def _make_life(cls):
        """A history with its reason, and a schedule of sales that was once agreed."""
        history = {"member_id": cls.portal.id, "new_state": "active"}
        sealed(cls.env["troc.member.state.change"]).create(
            {**history, "reason": f"{WORD}-MOTIF", "user_id": cls.manager.id}
        )
        step = {"due_date": "2026-12-31", "amount": BALANCE}
        sealed(cls.env["troc.member.schedule"]).create(
            {
                "member_id": cls.portal.id,
                "note": f"{WORD}-ECHEANCIER",
                "state": "agreed",
                "line_ids": [(0, 0, step)],
            }
        )
        sealed(cls.portal).state_reason = f"{WORD}-ETAT"

    def enter(self, role):
        """Sign in as a role, or out."""
        user = self.roles[role]
        self.authenticate(user and user.login, user and user.login)

    def secrets_in(self, text):
        """Return the secrets that a text tells."""
        return sorted({found.group() for found in SECRETS.finditer(text)})

    def snapshot(self):
        """Return all that is stored of the member, to see whether it was changed."""
        self.env.invalidate_all()
        kept = {}
        for records in (
            self.portal + self.portal2,
            self.env["troc.listing"].search([("member_id", "=", self.portal.id)]),
            self.draft.slot_ids,
            self.env["troc.introduction"].search([("seller_id", "=", self.portal.id)]),
            self.env["troc.compensation"].search([("seller_id", "=", self.portal.id)]),
            self.env["troc.balance.confirmation"].search([]),
            self.portal.limit_request_ids,
            self.portal.limit_change_ids,
            self.env["troc.saved.search"].search(
                [("user_id", "in", self.portal._users().ids)]
            ),
            self.portal.state_change_ids,
            self.portal.schedule_ids,
            self.portal.schedule_ids.line_ids,
            self.link,
            self.link.entry_ids,
        ):
            kept[records._name] = records.read(self._stored(records), load=None)
            kept[f"said {records._name}"] = self._said(records)
        users = self.portal._users().sorted("id")
        kept["people"] = [(u.id, u.login, self.portal._right_of(u)) for u in users]
        kept["pictures"] = self.draft.picture_ids.ids
        return kept

    def _stored(self, records):
        # counted by the ways in: who logs in, who looks
        return [
            name
            for name, field in records._fields.items()
            if field.store
            and field.type not in ("binary", "one2many")
            and name != "last_contact"
        ]

    def _said(self, records):
        """Return the messages, files and followers of records."""
        on = [("res_id", "in", records.ids)]
        model = records._name
        search = {
            "mail.message": [("model", "=", model), *on],
            "mail.followers": [("res_model", "=", model), *on],
            "ir.attachment": [("res_model", "=", model), *on],
        }
        return [self.env[m].search(d, order="id").ids for m, d in search.items()]


class RpcCase(SecretsCase):
    """Calls as a screen makes them, with the session of who is signed in."""

    def setUp(self):
        super().setUp()
        muted = ("odoo.http", "odoo.addons.base.models.ir_rule")
        more = ("odoo.addons.base.models.ir_model", "odoo.orm.models", "odoo.models")
        self.enterContext(mute_logger(*muted, *more))

    def call(self, model, method, *args, **kwargs):
        """Return (result, error, all that came back) of a call as who is signed in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        self.env.flush_all()
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"jsonrpc": "2.0", "params": params}, default=str),
            headers={"Content-Type": "application/json"},
        )
        answer = response.json()
        text = json.dumps(answer, ensure_ascii=False)
        error = answer.get("error", {}).get("data", {}).get("name", "")
        return answer.get("result"), error.rpartition(".")[2], text
