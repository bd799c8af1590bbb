"""What relations, searches and refusals would tell of another member's account."""

from secrets_case import BALANCE, CREDIT, RESERVED, WORD, RpcCase
from test_portal_rpc import MODELS, OUTSIDERS

from odoo.tests import tagged

# What no search may find out, by the model that holds it: one field stands for all.
HELD = {
    "troc.member": ("balance", BALANCE),
    "mail.message": ("body", f"%{WORD}-NOTE%"),
    "res.partner": ("email", f"{WORD}@user.example"),
}
HOPS = 3
BEYOND = ("res.partner", "res.users", "mail.message")  # nothing of ours after these
# What else of a member would tell of his account.
FIELDS = {
    "credit_limit": CREDIT,
    "balance_limit": 98765,
    "reserved_amount": RESERVED,
    "contact_email": f"{WORD}@contact.example",
    "partner_id.email": f"{WORD}@company.example",
}


@tagged("post_install", "-at_install")
class TestRelations(RpcCase):
    """By way of what a member may read, to what he may not."""

    def paths(self, start, passed=()):
        """Yield the paths from a model to what HELD holds, no model passed twice."""
        if start in HELD:
            yield (HELD[start][0], HELD[start][1])
        if len(passed) == HOPS or start in BEYOND:
            return
        for name, field in self.env[start]._fields.items():
            model = field.comodel_name if field.relational else ""
            ours = model.startswith("troc.") or model in BEYOND
            searched = field.store or field.search or field.type == "one2many"
            if ours and searched and model not in (start, *passed):
                for path, value in self.paths(model, (start, *passed)):
                    yield f"{name}.{path}", value

    def answers(self, model, path, value):
        """Return what two searches find that differ in the secret alone."""
        if isinstance(value, str):
            pairs = ((path, "=ilike", value), (path, "=ilike", "PIRATE"))
        else:
            pairs = ((path, ">", value - 0.01), (path, ">", value + 0.01))
        asked = [self.call(model, "search_count", [pair]) for pair in pairs]
        return [(result, error) for result, error, _text in asked]

    def test_no_search_tells_by_what_it_finds(self):
        """Not even the other side of a deal finds a balance, a note, an address."""
        self.enter("party")
        tried = 0
        for start, kind in MODELS.items():
            for path, value in self.paths(start) if kind != "hidden" else ():
                first, second = self.answers(start, path, value)
                self.assertEqual(first, second, (start, path))
                tried += 1
        self.assertGreater(tried, 300)

    def test_the_member_himself_finds_by_the_same_searches(self):
        """Else nothing would be proved by what the others do not find."""
        self.enter("owner")
        for path, value in (("balance", BALANCE), *FIELDS.items()):
            first, second = self.answers("troc.listing", f"member_id.{path}", value)
            self.assertNotEqual(first, second, path)

    def test_no_field_of_the_other_side(self):
        self.enter("party")
        for start, link in (
            ("troc.listing", "member_id"),
            ("troc.introduction", "seller_id"),
            ("troc.introduction", "listing_id.member_id"),
            ("troc.compensation", "seller_id"),
            ("troc.register.item", "counterpart_id"),
        ):
            for path, value in FIELDS.items():
                first, second = self.answers(start, f"{link}.{path}", value)
                self.assertEqual(first, second, (start, path))

    def test_no_order_no_sum_no_nested_read(self):
        for role in ("party", "stranger"):
            self.enter(role)
            for model, link in (
                ("troc.listing", "member_id"),
                ("troc.introduction", "seller_id"),
                ("troc.compensation", "seller_id"),
                ("troc.register.item", "counterpart_id"),
            ):
                for method, args in self.tricks(model, link):
                    text = self.call(model, method, *args)[2]
                    self.assert_no_figure(text, (role, model, method))

    def assert_no_figure(self, text, label):
        told = [found for found in self.secrets_in(text) if WORD not in found.upper()]
        self.assertEqual(told, [], label)
        self.assertNotRegex(text.lower(), "@(user|company).example", label)

    def tricks(self, model, link):
        """Yield (method, arguments) by which screens show fields of other records."""
        records = self.env[model].search([(link, "=", self.portal.id)])
        ids = records.filtered(lambda r: r != self.draft).ids
        for field in ("balance", *FIELDS):
            path, nested = f"{link}.{field}", {link: {"fields": {field: {}}}}
            yield "formatted_read_group", ([], [path], ["__count"])
            yield "formatted_read_group", ([], [link], [f"{path}:sum"])
            yield "web_read_group", ([], [path], ["__count"])
            yield "search_read", ([], ["display_name", path])
            yield "search", ([], 0, 80, f"{path} desc")
            yield "read", (ids, [path])
            yield "export_data", (ids, [path.replace(".", "/")])
            yield "web_read", (ids, nested)
            yield "web_search_read", ([], nested)
            yield "onchange", ([], {link: self.portal.id}, [link], nested)

    def test_all_that_the_other_side_reads_of_a_deal(self):
        """Every field of what both read, every message: no figure of the account."""
        self.enter("party")
        for records in (self.introduction, self.compensations, self.offer):
            for name in records._fields:
                text = self.call(records._name, "read", records.ids, [name])[2]
                self.assert_no_figure(text, name)
                self.assertNotIn(f"{WORD}-NOTE", text, name)

    def test_odoos_own_models(self):
        """Messages, files, followers, people: what Odoo keeps beside a record."""
        asked = {
            "ir.attachment": ["name", "datas", "res_id"],
            "mail.activity": ["summary"],
            "mail.followers": ["email", "name"],
            "mail.mail": ["body_html", "email_to"],
            "mail.message": ["body", "email_from", "record_name"],
            "mail.notification": ["mail_email_address"],
            "mail.tracking.value": ["old_value_float", "new_value_float"],
            "account.move": ["name", "amount_total", "invoice_partner_display_name"],
            "account.move.line": ["name", "balance"],
            "res.partner": ["name", "email"],
            "res.users": ["login", "email"],
        }
        for role in OUTSIDERS:
            self.enter(role)
            for model, names in asked.items():
                for domain in ([], [("id", "in", self.beside(model))]):
                    text = self.call(model, "search_read", domain, names)[2]
                    self.assertEqual(self.secrets_in(text), [], (role, model))
                text = self.call(model, "read", self.beside(model), names)[2]
                self.assertEqual(self.secrets_in(text), [], (role, model))

    def beside(self, model):
        """Return the ids of what is most secret of a model of Odoo's."""
        messages = self.introduction.message_ids + self.offer.message_ids
        people = self.portal._users()
        found = {
            "ir.attachment": self.file + self.waiting._document_attachment(),
            "mail.message": messages + self.portal.message_ids,
            "mail.followers": self.introduction.message_follower_ids,
            "mail.tracking.value": messages.tracking_value_ids,
            "res.partner": people.partner_id + self.portal.partner_id,
            "res.users": people,
        }
        return found.get(model, self.env[model].sudo().search([], limit=20)).ids

    # -- what its limits let pass ---------------------------------------------------

    def test_why_an_invoice_waits(self):
        self.set_limits(self.portal2, BALANCE + 10)
        compensation = self.uploaded(self.portal, self.portal2, 500, number="TROP")
        self.assertEqual(compensation.blocked_code, "credit_limit_exceeded")
        ids = compensation.ids
        told = {}
        for role in ("owner", "party"):
            self.enter(role)
            for name in ("blocked_code", "blocked_detail", "override_reason"):
                error = self.call("troc.compensation", "read", ids, [name])[1]
                self.assertEqual(error, "AccessError", (role, name))
                domain = [("id", "in", ids), (name, "=", "credit_limit_exceeded")]
                error = self.call("troc.compensation", "search_count", domain)[1]
                self.assertEqual(error, "AccessError", (role, name))
            names = ["next_step", "blocked_reason", "is_blocked"]
            rows, _error, told[role] = self.call(
                "troc.compensation", "read", ids, names
            )
            # a seller is told a day later (see test_access)
            knows = role == "party"
            self.assertEqual(rows[0]["is_blocked"], knows)
            found = self.call(
                "troc.compensation", "search", [("is_blocked", "=", True)]
            )
            self.assertEqual(found[0], ids if knows else [])
        self.assertIn("credit limit", told["party"])
        self.assertNotIn("limit", told["owner"])

    def test_a_seller_does_not_find_what_a_buyer_has_by_proposing(self):
        """Yes or no is told of terms that the buyer has accepted, of no others."""
        self.network.show_room = True
        path = f"/my/actif/introductions/{self.introduction.id}"
        self.enter("owner")
        self.assertNotIn("payer ce montant", self.words(self.page(path)))
        own = self.by(self.portal2_user, self.introduction)
        own.action_propose(self.terms(total_amount="80"))
        self.assertIn("peut payer ce montant", self.words(self.page(path)))

    def test_a_link_opens_nothing(self):
        """Who left the company may still have one."""
        user = self._portal_user("left", self.portal)
        user._troc_set_right("trade")
        action = self.introduction._get_access_action(access_uid=user.id)
        user.active = False
        self.enter("out")
        params = f"model=troc.introduction&res_id={self.introduction.id}"
        for url in (action["url"], f"/mail/view?{params}&access_token={self.token}"):
            response = self.page(url)
            self.assertIn("/web/login", response.url)
            self.assertEqual(self.secrets_in(response.text), [])

    def test_who_may_no_longer_trade_no_longer_follows(self):
        user = self.roles["reader"]
        user._troc_set_right("trade")
        self.introduction._subscribe_sides()
        partners = self.introduction.message_partner_ids
        self.assertIn(user.partner_id, partners)
        user._troc_set_right("read")
        self.env.invalidate_all()
        self.assertNotIn(user.partner_id, self.introduction.message_partner_ids)
        self.enter("reader")
        before = self.snapshot()
        values = {"model": "troc.introduction", "res_id": self.introduction.id}
        for method, args in (
            ("message_subscribe", (self.introduction.ids, user.partner_id.ids)),
            ("message_post", (self.introduction.ids,)),
        ):
            self.call("troc.introduction", method, *args)
        error = self.call("mail.message", "create", [{**values, "body": "Pirate"}])[1]
        self.assertEqual(error, "AccessError")
        self.assertEqual(self.snapshot(), before)

    def test_the_names_of_entries_stay_in_their_books(self):
        self.enter("party")
        for name in ("bill_id", "seller_payment_id", "register_move_id", "entry_ids"):
            ids = self.compensations.ids
            error = self.call("troc.compensation", "read", ids, [name])[1]
            self.assertEqual(error, "AccessError", name)
