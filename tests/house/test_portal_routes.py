"""Every address of the portal, for everybody who may open it and for all who may not.

The table says what each role gets; an address that is not in it fails the test.
"""

import json
import re
from urllib.parse import urlsplit

from secrets_case import WORD, SecretsCase

from odoo.http import Request
from odoo.tests import tagged
from odoo.tools import mute_logger

ROLES = ("out", "stranger", "held", "far", "gone", "nobody", "reader", "owner")
# What a role gets, a letter each in the order of ROLES:
#   L  the page to log in           n  not found
#   o  a page without a secret      S  a page with secrets: the member's own
#   r  led elsewhere, unchanged     f  forbidden, unchanged
#   w  a page with a refusal in words, unchanged
#   d  done: it changes what is stored of the member
#   N  led elsewhere, where nothing is found
# Nothing is stored, and the address stays the one asked for, unless a letter says so.
# Of an own member, `gone` and `held` keep their account; only trade is refused them.
PAGES = {
    "/my/actif": "LoooonSS",
    "/my/actif/member/{portal}": "LrrrrNSS",
    "/my/actif/statement": "LoooonSS",
    "/my/actif/statement/page/1": "LoooonSS",
    "/my/actif/statement.csv": "LoooonSS",
    "/my/actif/statement.pdf": "LoooonSS",
    "/my/actif/bookings": "LoooonSS",
    "/my/actif/bookings.csv": "LoooonSS",
    "/my/actif/bookings.txt": "LoooonSS",
    "/my/actif/confirmations": "LoooonSS",
    "/my/actif/confirmations/{confirmation}": "LnnnnnSS",
    "/my/actif/confirmations/{confirmation}/pdf": "LnnnnnSS",
    "/my/actif/invoices": "LoooonSS",
    "/my/actif/invoices/page/1": "LoooonSS",
    "/my/actif/invoices/{waiting}": "LnnnnnSS",
    "/my/actif/invoices/{unclaimed}": "LnnnnnSS",
    "/my/actif/invoices/{waiting}/document": "LnnnnnSS",
    "/my/actif/listings": "LoooonSS",
    "/my/actif/listings/page/1": "LoooonSS",
    "/my/actif/listings/new": "Loooonfo",
    "/my/actif/listings/{draft}": "LnnnnnfS",
    "/my/actif/market": "LoooonoS",
    "/my/actif/market/page/1": "LoooonoS",
    "/my/actif/market/{offer}": "Loonnnoo",
    "/my/actif/market/{draft}": "LnnnnnSS",
    "/my/actif/members/{portal}": "Loonnnoo",
    "/my/actif/members/{portal}/page/1": "Loonnnoo",
    "/my/actif/suggestions": "Loooonoo",
    "/my/actif/suggestions/page/1": "Loooonoo",
    "/my/actif/introductions": "Loooonoo",
    "/my/actif/introductions/page/1": "Loooonoo",
    "/my/actif/introductions/{introduction}": "LnnnnnSS",
    "/my/actif/introductions/{introduction}/file/{file}": "LnnnnnSS",
    "/my/actif/limits": "LoooonSS",
    "/my/actif/link": "LoooonSS",
    "/my/actif/colleagues": "LoooonSS",
    "/my/actif/colleagues/data/{export}": "LnnnnnnS",
    "/troc/market": "oooooooo",
    "/troc/market/page/1": "oooooooo",
    "/troc/join": "oooooooo",
    "/troc/join/received": "oooooooo",
    "/troc/unsubscribe/{user}/wrong": "nnnnnnnn",
    "/troc/unsubscribe/{user}/{right_token}": "oooooooo",
}
# `done` by the owner comes last in the class, each on a state of its own.
FORMS = {
    "/my/actif/invoices/send": "LrrrrnSS",
    "/my/actif/invoices/read": "Loooonoo",
    "/my/actif/invoices/{waiting}/dispute": "Lnnnnnwd",
    "/my/actif/invoices/{waiting}/accept": "Lnnnnnww",
    "/my/actif/bookings/accounts": "Lwwwwnww",
    "/my/actif/confirmations/{confirmation}/confirm": "Lnnnnnwd",
    "/my/actif/confirmations/{confirmation}/contest": "Lnnnnnwd",
    "/my/actif/listings/new/save": "Lrrrrnfd",
    "/my/actif/listings/{draft}/save": "Lnnnnnfd",
    "/my/actif/listings/{draft}/do/publish": "Lnnnnnwd",
    "/my/actif/listings/{draft}/do/renew": "Lnnnnnwd",
    "/my/actif/listings/{draft}/do/pause": "LnnnnnwS",
    "/my/actif/listings/{draft}/do/close": "Lnnnnnwd",
    "/my/actif/listings/{offer}/save": "Lnnnnnfd",
    "/my/actif/listings/{offer}/do/close": "Lnnnnnwd",
    "/my/actif/listings/{offer}/copy": "Lnnnnnwd",
    "/my/actif/listings/{draft}/copy": "Lnnnnnwd",
    "/my/actif/market/{draft}/contact": "Lnnnnnww",
    "/my/actif/market/{offer}/contact": "Ldwnnnww",
    "/my/actif/market/keep": "Lrrrrndd",
    "/my/actif/searches/{search}/forget": "Lnnnnnnd",
    "/my/actif/searches/{search}/mail": "Lnnnnnnd",
    "/my/actif/searches/{search}/quiet": "Lnnnnnnd",
    "/my/actif/introductions/{introduction}/say": "Lnnnnnwd",
    "/my/actif/introductions/{introduction}/propose": "Lnnnnnwd",
    "/my/actif/introductions/{introduction}/accept": "Lnnnnnwd",
    "/my/actif/introductions/{introduction}/deliver": "Lnnnnnww",
    "/my/actif/introductions/{introduction}/cancel": "Lnnnnnwd",
    "/my/actif/introductions/{introduction}/help": "Lnnnnnwd",
    "/my/actif/link/key": "Lwwwwnww",
    "/my/actif/link/keys/remove": "Lrrrrnwd",
    "/my/actif/link/revoke": "Lrrrrnwd",
    "/my/actif/limits/ask": "Lrrrwnww",
    "/my/actif/limits/{limit_request}/withdraw": "Lnnnnnwd",
    "/my/actif/colleagues/invite": "Lrrrrnwd",
    "/my/actif/colleagues/contact": "Lrrrrnwd",
    "/my/actif/colleagues/present": "Lrrrrnwd",
    "/my/actif/colleagues/data": "Lrrrrnwd",
    "/my/actif/colleagues/{user}/change": "Lwwwwnwd",
    "/my/actif/colleagues/{user}/right": "Lwwwwnww",
    "/my/actif/colleagues/{user}/remove": "Lwwwwnww",
    "/my/actif/colleagues/{user}/reopen": "Lwwwwnww",
    "/my/actif/colleagues/{user}/again": "Lwwwwnwd",
    "/troc/join/send": "wwwwwwww",
    "/troc/unsubscribe/{user}/wrong": "nnnnnnnn",
    "/troc/unsubscribe/{user}/{right_token}": "dddddddd",
}
OWN = ("reader", "owner")
MUTED = (
    "odoo.http",
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.website.models.ir_http",
)
PARAMETER = re.compile(r"<(\w+):\w+>")
KINDS = {"int": r"\d+", "string": r"[^/]+"}


class RoutesCase(SecretsCase):
    def setUp(self):
        super().setUp()
        searches = self.env["troc.saved.search"]
        self.ids = {
            "portal": self.portal.id,
            "waiting": self.waiting.id,
            "unclaimed": self.unclaimed.id,
            "confirmation": self.confirmation.id,
            "export": self.env["troc.export"]._ask(self.network, self.portal).id,
            "draft": self.draft.id,
            "offer": self.offer.id,
            "introduction": self.introduction.id,
            "file": self.file.id,
            "limit_request": self.limit_request.id,
            "search": self.search_kept.id,
            "user": self.portal_user.id,
            "right_token": searches._unsubscribe_token(self.portal_user.id),
        }
        self.enterContext(mute_logger(*MUTED))

    def assert_tells_nothing(self, role, text, label):
        """Nobody but the member's own people reads a secret, on whatever page."""
        if role not in OWN:
            self.assertEqual(self.secrets_in(text), [], (role, label))

    def undone(self):
        """Return a context after which the database is as it was."""
        return _Undone(self.env)


class _Undone:
    def __init__(self, env):
        self.env = env

    def __enter__(self):
        self.savepoint = self.env.cr.savepoint()

    def __exit__(self, *_error):
        self.env.invalidate_all()
        self.savepoint.rollback()
        self.savepoint.close(rollback=False)


@tagged("post_install", "-at_install")
class TestPortalRoutes(RoutesCase):
    def test_the_tables_are_about_every_route(self):
        """A route that nobody thought about fails here."""
        routes = set(self.routes())
        self.assertGreater(len(routes), 40)
        covered = set()
        for table, method in ((PAGES, "GET"), (FORMS, "POST")):
            for path, letters in table.items():
                self.assertEqual(len(letters), len(ROLES), path)
                found = [
                    (rule, how)
                    for rule, how in routes
                    if how == method and self.fits(rule, path.format(**self.ids))
                ]
                self.assertEqual(len(found), 1, (path, found))
                covered.update(found)
        self.assertEqual(routes - covered, set(), "in no table: say who may what")

    def routes(self):
        """Yield (rule, method) of each route that our addons define."""
        modules = sorted(self.env.registry._init_modules)
        for rule, endpoint in self.env["ir.http"]._generate_routing_rules(modules, {}):
            where = endpoint.__module__
            if where.endswith(".back"):
                continue  # by GET, from the address of a form to its page: see below
            if where.startswith("odoo.addons.troc_actif"):
                for method in endpoint.routing["methods"] or ("GET",):
                    yield rule, method

    def fits(self, rule, path):
        pattern = PARAMETER.sub(lambda found: KINDS[found.group(1)], rule)
        return re.fullmatch(pattern, path)

    def test_logged_out(self):
        self.walk("out")

    def test_another_member(self):
        self.walk("stranger")

    def test_a_member_on_hold(self):
        self.walk("held")

    def test_a_member_of_another_network(self):
        self.walk("far")

    def test_a_member_who_left(self):
        self.walk("gone")

    def test_a_user_of_no_member(self):
        self.walk("nobody")

    def test_a_colleague_who_may_only_read(self):
        self.walk("reader")

    def test_the_member_himself(self):
        """Else the others could be refused for another reason."""
        self.walk("owner")

    def walk(self, role):
        """Open every address as `role`, and send every form, as the tables say."""
        self.enter(role)
        before = self.snapshot()
        found = {}
        for path in PAGES:
            response = self.page(path.format(**self.ids))
            found[path] = self.letter(role, response)
        self.assertEqual(found, self.expected(PAGES, role))
        self.assertEqual(self.snapshot(), before)
        for path in FORMS:
            with self.undone():
                response = self.page(path.format(**self.ids), data=self.form(role))
                changed = self.snapshot() != before
                found[path] = "d" if changed else self.letter(role, response)
                self.assert_tells_nothing(role, response.text, path)
        self.assertEqual(found, {**found, **self.expected(FORMS, role)})

    def expected(self, table, role):
        place = ROLES.index(role)
        return {path: letters[place] for path, letters in table.items()}

    def letter(self, role, response):
        """Return the letter of what `role` gets, by content, status and address."""
        text = response.content.decode(errors="replace")
        asked = (response.history or [response])[0].url
        path, end = urlsplit(asked).path, urlsplit(response.url).path
        self.assert_tells_nothing(role, text, path)
        status = response.status_code
        for letter, holds in (
            ("N", status == 404 and end != path),
            ("n", status == 404),
            ("f", status == 403 and end == path),
            ("?", status != 200),
            ("L", end == "/web/login"),
            ("w", "alert-danger" in text),
            ("S", self.secrets_in(text)),
            ("r", end != path),
        ):
            if holds:
                return letter
        return "o"

    def form(self, role):
        """Return a form that would do all it can, whatever it is sent to."""
        return {
            "csrf_token": Request.csrf_token(self),
            **self.terms(subject="Pirate"),
            "terms_version": "1",
            "kind": "offer",
            "name": "Pirate",
            "description": "Pirate",
            "category_id": str(self.offer.category_id.id),
            "price_min": "1",
            "body": "Pirate",
            "reason": "Pirate",
            "actif_code": "Pirate",
            "presentation": "Pirate",
            "email": f"{role}@pirate.example",
            "right": "read",
            "wanted_credit": "7000",
            "introduction_id": str(self.introduction.id) if role in OWN else "",
        }

    def test_a_form_without_its_token_does_nothing(self):
        self.enter("owner")
        before = self.snapshot()
        for path in FORMS:
            if "right_token" not in path:
                response = self.page(path.format(**self.ids), data={"body": "Pirate"})
                self.assertIn(response.status_code, (400, 404), path)
        self.assertEqual(self.snapshot(), before)

    def test_a_click_on_the_address_of_a_form_does_nothing(self):
        self.enter("owner")
        before = self.snapshot()
        for path in set(FORMS) - set(PAGES):
            response = self.page(path.format(**self.ids))
            if path.startswith("/my/actif/") and "/searches/" not in path:
                # where a login in between has led: to the page of the form
                self.assertIn(response.status_code, (200, 404), path)
        self.assertEqual(self.snapshot(), before)

    def test_the_invoice_of_a_deal_of_others(self):
        """The deal that a form names is looked for with the sender's rights."""
        path = "/my/actif/invoices/send"
        for role in ("stranger", "held", "far", "gone", "nobody"):
            self.enter(role)
            before = self.snapshot()
            form = {**self.form(role), "introduction_id": str(self.introduction.id)}
            response = self.page(path, data=form)
            self.assertEqual(response.status_code, 404, role)
            self.assert_tells_nothing(role, response.text, path)
            self.assertEqual(self.snapshot(), before)


# Odoo's own addresses for what is of a member: all of them, for who may not.
FILES = {
    "/web/content/{file}": False,
    "/web/content/{file}?download=1": False,
    "/web/image/{file}": False,
    "/web/content/{document}": False,
    "/web/image/{document}": False,
    "/web/content/troc.compensation/{waiting}/document": True,
    "/web/content/ir.attachment/{file}/raw": False,
    "/web/content/ir.attachment/{document}/datas": False,
    "/web/image/troc.listing.picture/{picture}/image": True,
    "/web/image/troc.listing.picture/{picture}/image_512": True,
    "/web/content/troc.listing.picture/{picture}/image": True,
    "/web/image/troc.listing/{draft}/cover": True,
    "/report/html/troc_actif_portal.report_statement/{portal}": True,
    "/report/text/troc_actif_portal.report_statement/{portal}": True,
    "/report/pdf/troc_actif_portal.report_statement/{portal}": True,
    "/web/content/troc.balance.confirmation/{confirmation}/document": True,
    "/web/content/troc.export/{export}/file": False,
    "/report/html/troc_actif_accounting.report_confirmation/{confirmation}": True,
    "/report/pdf/troc_actif_accounting.report_confirmation/{confirmation}": True,
    "/mail/view?model=troc.introduction&res_id={introduction}": True,
    "/mail/view?model=troc.introduction&res_id={introduction}"
    "&access_token={token}": True,
    "/my/actif/introductions/{introduction}?access_token={token}": True,
    "/mail/view?model=troc.compensation&res_id={waiting}": None,  # leads home
    "/mail/view?model=troc.member&res_id={portal}": None,
    "/mail/view?model=troc.listing&res_id={draft}": None,
}


@tagged("post_install", "-at_install")
class TestOdooRoutes(RoutesCase):
    """What Odoo itself serves: files, pictures, reports, the chatter."""

    def setUp(self):
        super().setUp()
        document = self.waiting._document_attachment()
        self.ids |= {
            "document": document.id,
            "picture": self.picture.id,
            "token": self.token,
        }
        self.kept = {self.picture.image, self.picture.image_512}

    def shows(self, response):
        """Tell whether a response holds anything of the member."""
        picture = self.encoded(response.content).encode()
        return picture in self.kept or bool(self.secrets_in(response.text))

    def test_files_pictures_and_reports(self):
        for role in ROLES:
            self.enter(role)
            shown = {
                path for path in FILES if self.shows(self.page(path.format(**self.ids)))
            }
            if role in OWN:
                shown -= {path for path, own in FILES.items() if own is None}
            served = {path for path, own in FILES.items() if own and role in OWN}
            self.assertEqual(shown, served, role)

    def test_the_chatter_tells_and_takes_nothing(self):
        """With the right to read, with none, and with the token of a link."""
        for role in ("out", "stranger", "held", "far", "gone", "nobody"):
            self.enter(role)
            before = self.snapshot()
            asked = [ask for r in self.threads() for ask in self.chatter(r, {})]
            asked += self.chatter(self.introduction, {"token": self.token})
            for path, params in asked:
                text = self.asked(path, params)
                self.assert_tells_nothing(role, text, (path, params))
            self.assertEqual(self.snapshot(), before, role)

    def test_a_colleague_who_reads_writes_nothing_by_the_chatter(self):
        self.enter("reader")
        before = self.snapshot()
        told = ""
        for record in self.threads():
            for path, params in self.chatter(record, {"token": self.token}):
                told += self.asked(path, params)
        self.assertIn(f"{WORD}-MESSAGE", told, "he may read the conversation")
        self.assertNotIn(f"{WORD}-NOTE", told)
        self.assertEqual(self.snapshot(), before)

    def threads(self):
        return (self.introduction, self.waiting, self.portal, self.draft, self.offer)

    def asked(self, path, params):
        """Return all that an address for programs answers, errors with their trace."""
        response = self.url_open(
            path,
            data=json.dumps({"jsonrpc": "2.0", "params": params}),
            headers={"Content-Type": "application/json"},
        )
        return response.content.decode("unicode_escape", errors="replace")

    def chatter(self, record, access):
        """Yield (path, parameters) of what the chatter asks and sends."""
        thread = {"thread_model": record._name, "thread_id": record.id}
        wanted = ["followers", "suggestedRecipients", "attachments", "display_name"]
        for request_list in (wanted[:1], wanted[1:2], wanted[2:]):
            asked = {**thread, "request_list": request_list, "access_params": access}
            yield "/mail/data", {"fetch_params": [["mail.thread", asked]]}
        yield "/mail/thread/messages", thread
        yield "/mail/thread/recipients", thread
        yield "/mail/chatter_fetch", {**thread, **access}
        yield "/portal/chatter_init", {**thread, **access}
        yield "/mail/message/post", {**thread, **access, "post_data": self.said()}
        user = self.env["res.users"].browse(self.session.uid or ())
        follow = {"res_model": record._name, "res_id": record.id}
        yield "/mail/thread/subscribe", {**follow, "partner_ids": user.partner_id.ids}
        for message in record.sudo().message_ids[:2]:
            found = {"message_id": message.id, **access}
            yield "/mail/message/update_content", {**found, "update_data": self.said()}
            reaction = {"content": "👍", "action": "add"}
            yield "/mail/message/reaction", {**found, **reaction}

    def said(self):
        return {"body": "Pirate", "message_type": "comment", "attachment_ids": []}

    def test_a_file_cannot_be_put_on_what_is_of_others(self):
        for role in ("out", "stranger", "reader"):
            self.enter(role)
            before = self.snapshot()
            for record in self.threads():
                form = {
                    "csrf_token": Request.csrf_token(self),
                    "thread_model": record._name,
                    "thread_id": str(record.id),
                    "is_pending": "false",
                }
                files = [("ufile", ("pirate.txt", b"x", "text/plain"))]
                response = self.url_open("/mail/attachment/upload", form, files=files)
                self.assertGreaterEqual(response.status_code, 400, record._name)
                self.assert_tells_nothing(role, response.text, record._name)
            self.assertEqual(self.snapshot(), before, role)
