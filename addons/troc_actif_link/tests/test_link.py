"""The network's side of a member's link, called as his portal user."""

import hashlib

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml


class LinkCase(TrocCase):
    """The portal member is linked; `self.api` is the link as his user calls it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()

    def setUp(self):
        super().setUp()
        self.api = self.by(self.portal_user, self.env["troc.link"])
        self.set_limits(self.portal2, 20000)

    def open(self, **options):
        self.api.open(**options)
        return self.env["troc.link"]._of(self.portal)

    def file(self, seller=None, buyer=None, amount=1000, **values):
        """Return (bytes, what `push` is given) of a Factur-X file."""
        content = facturx_xml(
            seller or self.portal, buyer or self.portal2, amount, **values
        )
        return content, {"name": "facture.xml", "content": self.encoded(content)}

    def sale(self, **values):
        """Return a validated sale of the linked member, sent by his link."""
        _content, document = self.file(**values)
        told = self.api.push([document])[0]
        self.assertEqual(told["result"], "submitted", told["message"])
        compensation = self.env["troc.compensation"].search(
            [("name", "=", told["compensation"])]
        )
        return self.validate(compensation)

    def pulled(self, **options):
        return self.api.pull(**options)["entries"]

    def posted(self, entry, **more):
        return {
            "key": entry["key"],
            "state": "posted",
            "reference": "TROC/2026/0001",
            "date": entry["date"],
            **more,
        }


@tagged("post_install", "-at_install")
class TestLink(LinkCase):
    # -- opened, revoked -------------------------------------------------------

    def test_hello_tells_what_the_other_side_needs(self):
        told = self.api.hello()
        self.assertIsNone(told["link"])
        self.assertEqual(told["member"]["siren"], self.portal.siren)
        self.assertEqual(told["member"]["balance"], "0.00")
        self.assertEqual(told["shares"], ["100", "50"])
        self.assertEqual(told["user"]["right"], "administer")
        self.assertEqual(told["accounts"]["actif"], "467800")
        self.assertEqual(told["network"]["uuid"], self.network.link_uuid)

    def test_opened_by_an_administrator_of_the_member(self):
        link = self.open()
        self.assertEqual(self.portal.kind, "linked")
        self.assertEqual(link.since, fields.Date.today())
        again = self.api.open(since="2020-01-01")
        self.assertEqual(again["link"]["since"], str(fields.Date.today()))
        self.assertEqual(self.env["troc.link"].search_count([]), 1)

    def test_not_opened_by_a_colleague_who_trades(self):
        self.portal_user._troc_set_right("trade")
        self.assert_refused("not_administrator", self.portal.name, self.api.open)

    def test_not_opened_for_books_kept_here(self):
        own = self.by(self.seller_accountant, self.env["troc.link"])
        self.assert_refused("link_hosted", self.seller.name, own.open)

    def test_nobody_else_is_answered(self):
        for user in (self.animator, self.manager):
            own = self.by(user, self.env["troc.link"])
            self.assert_refused("link_no_member", user.name, own.hello)

    def test_nothing_without_a_link(self):
        for call in (
            lambda: self.api.pull(),
            lambda: self.api.push([]),
            lambda: self.api.report([]),
            lambda: self.api.known([]),
            lambda: self.api.unknown([]),
        ):
            self.assert_refused("link_none", self.portal.name, call)

    def test_revoked_by_a_manager_stays_revoked(self):
        link = self.open()
        revoke = self.by(self.animator, link).action_revoke
        self.assert_refused("not_manager", self.portal.name, revoke, "Clé perdue")
        by_manager = self.by(self.manager, link)
        self.assert_refused(
            "reason_missing", self.portal.name, by_manager.action_revoke, " "
        )
        by_manager.action_revoke("Clé perdue")
        self.assert_refused("link_revoked", "Clé perdue", self.api.pull)
        self.assert_refused("link_revoked", "Clé perdue", self.api.open)
        self.assertEqual(self.api.hello()["link"]["state"], "revoked")
        self.assertRaises(AccessError, self.by(self.animator, link).action_reopen)
        by_manager.action_reopen()
        self.assertEqual(self.pulled(), [])

    def test_revoked_by_the_member_may_be_opened_again(self):
        link = self.open()
        self.by(self.portal_user, link).action_revoke("Nouvel ordinateur")
        self.assert_refused("link_revoked", "Nouvel ordinateur", self.api.pull)
        self.assertEqual(self.api.open()["link"]["state"], "active")

    def test_what_comes_while_revoked_is_not_lost(self):
        link = self.open()
        self.by(self.portal_user, link).action_revoke("Nouvel ordinateur")
        self.validate(self.uploaded(self.portal, self.portal2))
        self.api.open()
        self.assertEqual(len(self.pulled()), 1)

    def test_kind_changes_between_books_elsewhere_alone(self):
        self.validate(self.uploaded(self.portal, self.portal2))
        own = self.by(self.manager, self.portal)
        own.kind = "linked"
        own.kind = "portal"
        hosted = {"kind": "hosted", "company_id": self.operator.id}
        self.assert_refused("frozen", self.portal.name, own.write, hosted)

    def test_too_often(self):
        self.network.link_calls_per_hour = 3
        for _ in "123":
            self.api.hello()
        self.assert_refused("link_too_often", self.portal.name, self.api.hello)
        # another member's calls are his own
        self.by(self.portal2_user, self.env["troc.link"]).hello()

    def test_identity_at_the_links_stays(self):
        before = self.network.link_uuid
        self.by(self.manager, self.network).write({"link_uuid": "autre"})
        self.assertEqual(self.network.link_uuid, before)

    # -- invoices sent ---------------------------------------------------------

    def test_pushed_once_however_often(self):
        self.open()
        content, document = self.file(number="FA-17")
        told = self.api.push([document, document])
        self.assertEqual([one["result"] for one in told], ["submitted", "known"])
        self.assertEqual(told[0]["sha256"], hashlib.sha256(content).hexdigest())
        compensation = self.env["troc.compensation"].search(
            [("name", "=", told[0]["compensation"])]
        )
        self.assertEqual(
            (compensation.source, compensation.state), ("rpc", "submitted")
        )
        self.assertEqual(compensation.invoked_by_id, self.portal_user)
        # another file of the same invoice, as Odoo prints it anew each time
        _other, again = self.file(number="FA-17", amount=1000, terms="autre")
        self.assertEqual(self.api.push([again])[0]["result"], "known")

    def test_a_refused_one_stops_no_other(self):
        self.open()
        _content, good = self.file()
        _content, foreign = self.file(seller=self.portal2, buyer=self.portal)
        told = self.api.push(
            [
                {"name": "photo.pdf", "content": self.encoded(b"GIF89a")},
                {"name": "vide.pdf", "content": "***"},
                foreign,
                good,
            ]
        )
        self.assertEqual(
            [one["result"] for one in told],
            ["refused", "refused", "refused", "submitted"],
        )
        self.assertIn("photo.pdf", told[0]["message"])
        self.assertEqual(
            self.env["troc.compensation"].search_count(
                [("seller_id", "=", self.portal2.id)]
            ),
            0,
        )

    def test_pushed_by_traders_alone(self):
        self.open()
        self.portal_user._troc_set_right("read")
        _content, document = self.file()
        self.assert_refused("not_trader", self.portal.name, self.api.push, [document])

    def test_batches_have_a_size(self):
        self.open()
        for call in (
            lambda: self.api.push([{}] * 21),
            lambda: self.api.report([{}] * 501),
            lambda: self.api.unknown(["x"] * 501),
        ):
            self.assert_refused("link_batch", self.portal.name, call)
        self.assert_refused("wrong_value", "documents", self.api.known, "abc")

    def test_known(self):
        self.open()
        date = str(fields.Date.today())
        _content, document = self.file(number="FA-18")
        self.api.push([document])
        # somebody else's invoice of that number is not his
        self.uploaded(self.portal2, self.portal, number="FA-99")
        told = self.api.known(
            [
                {"number": "fa-18", "date": date},
                {"number": "FA-99", "date": date},
                {"number": "FA-18", "date": "2001-01-01"},
                {"number": "FA-18", "date": date, "type": "credit_note"},
            ]
        )
        self.assertEqual(told[0]["state"], "submitted")
        self.assertEqual(told[1:], [None, None, None])
        compensation = self.env["troc.compensation"].search(
            [("name", "=", told[0]["compensation"])]
        )
        self.by(self.animator, compensation).action_refuse("Mauvais client")
        told = self.api.known([{"number": "FA-18", "date": date}])
        self.assertEqual(
            (told[0]["state"], told[0]["message"]), ("refused", "Mauvais client")
        )

    # -- entries fetched -------------------------------------------------------

    def test_a_sale_travels_as_its_entry(self):
        self.open()
        compensation = self.sale(number="FA-20", share=50)
        entry = self.pulled()[0]
        self.assertEqual(
            {n: entry[n] for n in ("event", "amount", "side", "role", "state")},
            {
                "event": "validated",
                "amount": "600.00",
                "side": "earned",
                "role": "customer",
                "state": "waiting",
            },
        )
        self.assertEqual(entry["document"]["number"], "FA-20")
        self.assertEqual(entry["document"]["total"], "1200.00")
        self.assertEqual(entry["other"]["siren"], self.portal2.siren)
        self.assertEqual(entry["reference"], f"FA-20 - {compensation.name}")
        self.assertEqual(entry["date"], str(compensation.entry_date))
        self.assert_invariants()

    def test_a_purchase_and_its_reversal(self):
        self.open()
        compensation = self.validate(self.uploaded(self.portal2, self.portal))
        self.by(self.animator, compensation).action_reverse("Erreur")
        bought, back = self.pulled()
        self.assertEqual((bought["role"], bought["side"]), ("supplier", "spent"))
        self.assertEqual((back["role"], back["side"]), ("supplier", "earned"))
        self.assertEqual((back["event"], back["reverses"]), ("reversed", bought["key"]))
        self.assertNotEqual(bought["key"], back["key"])

    def test_a_part_taken_back(self):
        self.open()
        compensation = self.sale()
        self.by(self.animator, compensation).action_reverse_part(200, "Remise")
        sold, part = self.pulled()
        self.assertEqual((part["event"], part["amount"]), ("taken_back", "200.00"))
        self.assertEqual(part["reverses"], sold["key"])
        self.assertEqual(part["document"], sold["document"])
        taken = compensation.credit_note_ids
        self.by(self.animator, taken).action_reverse("Finalement non")
        again = self.pulled()[-1]
        self.assertEqual((again["event"], again["side"]), ("reversed", "earned"))
        self.assertEqual(again["reverses"], part["key"])

    def test_a_transfer(self):
        self.open()
        self.transfer(self.portal2, self.portal, 50, kind="gift")
        entry = self.pulled()[0]
        self.assertEqual(
            (entry["event"], entry["role"], entry["side"]),
            ("transfer", "income", "earned"),
        )
        self.assertIsNone(entry["document"])

    def test_the_same_key_for_the_same_act_alone(self):
        """What a restored database does again is known; another act is not."""
        self.open()
        entries = self.env["troc.link.entry"]
        with self.env.cr.savepoint() as savepoint:
            self.sale(number="FA-30")
            first = self.pulled()[0]["key"]
            savepoint.rollback()
        self.env.invalidate_all()
        self.sale(number="FA-31")
        self.sale(number="FA-30")
        keys = [entry["key"] for entry in self.pulled()]
        self.assertEqual(keys[1], first)
        self.assertNotEqual(keys[0], first)
        # reversed and sent again, it is another act
        again = entries.search([("key", "=", first)]).compensation_id
        self.by(self.animator, again).action_reverse("Erreur")
        _content, document = self.file(number="FA-30")
        told = self.api.push([document])[0]
        second = self.env["troc.compensation"].search(
            [("name", "=", told["compensation"])]
        )
        self.validate(second)
        keys = [entry["key"] for entry in self.pulled()]
        self.assertEqual(len(set(keys)), 4)

    def test_what_came_before_the_link(self):
        self.validate(self.uploaded(self.portal, self.portal2))
        tomorrow = fields.Date.add(fields.Date.today(), days=1)
        self.open(since=str(tomorrow))
        self.assertEqual(self.pulled(), [])
        self.assertEqual(self.pulled(everything=True)[0]["state"], "before")
        self.sale()
        self.assertEqual(len(self.pulled()), 1, "what comes after is waited for")

    def test_opened_since_an_earlier_day(self):
        self.validate(self.uploaded(self.portal, self.portal2))
        self.open(since="2020-01-01")
        self.assertEqual([e["state"] for e in self.pulled()], ["waiting"])

    def test_pages_and_cursor(self):
        link = self.open()
        for number in range(5):
            self.sale(number=f"FA-4{number}", amount=100)
        page = self.api.pull(limit=2)
        self.assertEqual((len(page["entries"]), page["more"]), (2, True))
        rest = self.api.pull(after=page["after"], limit=3)
        self.assertEqual((len(rest["entries"]), rest["more"]), (3, False))
        first, second = page["entries"]
        told = self.api.report([self.posted(second)])
        self.assertEqual(told["cursor"], 0, "the first still waits")
        told = self.api.report([self.posted(first)])
        self.assertEqual(told["cursor"], second["id"])
        self.assertEqual(len(self.pulled()), 3)
        self.assertEqual(len(self.pulled(everything=True)), 5)
        self.assertEqual((link.posted_count, link.waiting_count), (2, 3))

    # -- reported --------------------------------------------------------------

    def test_reported_twice_is_reported_once(self):
        link = self.open()
        self.sale()
        entry = self.pulled()[0]
        for _ in "12":
            self.api.report([self.posted(entry, detail="Facture introuvable")])
        made = link.entry_ids
        self.assertEqual((made.state, made.tries), ("posted", 2))
        self.assertEqual(made.books_reference, "TROC/2026/0001")
        self.assertEqual(made.detail, "Facture introuvable")

    def test_failed_with_the_reason_and_sent_again(self):
        link = self.open()
        compensation = self.sale()
        entry = self.pulled()[0]
        row = {"key": entry["key"], "state": "failed", "reason": "Période close"}
        self.api.report([row])
        self.assertEqual(link.entry_ids.state, "failed")
        self.assertEqual(link.failed_count, 1)
        own = self.by(self.animator, compensation).link_entry_ids
        self.assertEqual(own.reason, "Période close")
        self.assertEqual(self.pulled()[0]["state"], "failed", "asked for each time")
        self.assertRaises(AccessError, self.by(self.far_animator, own).action_retry)
        self.by(self.animator, link).action_retry()
        self.assertEqual((link.entry_ids.state, own.reason), ("waiting", False))

    def test_a_posted_one_is_sent_again_if_asked(self):
        link = self.open()
        self.sale()
        self.api.report([self.posted(self.pulled()[0])])
        self.assertEqual(self.pulled(), [])
        self.by(self.manager, link.entry_ids).action_retry()
        self.assertEqual(len(self.pulled()), 1)

    def test_reports_of_nonsense(self):
        self.open()
        self.sale()
        key = self.pulled()[0]["key"]
        report = self.api.report
        self.assert_refused(
            "link_key_unknown", "abc", report, [{"key": "abc", "state": "posted"}]
        )
        self.assert_refused(
            "link_state_unknown", "gone", report, [{"key": key, "state": "gone"}]
        )
        self.assert_refused(
            "date_unreadable",
            "demain",
            report,
            [{"key": key, "state": "posted", "date": "demain"}],
        )

    def test_unknown_keys(self):
        self.open()
        self.sale()
        key = self.pulled()[0]["key"]
        self.assertEqual(self.api.unknown([key, "b" * 32]), ["b" * 32])

    def test_another_member_sees_and_changes_nothing_of_it(self):
        link = self.open()
        self.sale()
        key = self.pulled()[0]["key"]
        other = self.by(self.portal2_user, self.env["troc.link"])
        other.open()
        entries = other.pull(everything=True)["entries"]
        self.assertEqual([entry["side"] for entry in entries], ["spent"])
        self.assertNotEqual(entries[0]["key"], key)
        self.assertEqual(other.unknown([key]), [key])
        self.assert_refused(
            "link_key_unknown",
            key,
            other.report,
            [{"key": key, "state": "posted"}],
        )
        self.assertRaises(AccessError, self.by(self.portal2_user, link).read, ["state"])
        own = self.by(self.portal2_user, link.entry_ids)
        self.assertRaises(AccessError, own.read, ["amount"])
        self.assertRaises(AccessError, own.action_retry)
        revoke = self.by(self.portal2_user, link).action_revoke
        self.assertRaises(AccessError, revoke, "Pirate")

    def test_nobody_writes_links_by_hand(self):
        link = self.open()
        self.sale()
        for records, values in (
            (link, {"state": "revoked"}),
            (link.entry_ids, {"state": "posted"}),
        ):
            for user in (self.manager, self.portal_user):
                write = self.by(user, records).write
                self.assert_refused("frozen", records.display_name, write, values)

    # -- for members without an Odoo -------------------------------------------

    def test_statement_and_bookings(self):
        self.validate(self.uploaded(self.portal, self.portal2, number="FA-50"))
        today = str(fields.Date.today())
        told = self.api.statement(today, today)
        self.assertEqual((told["opening"], told["closing"]), ("0.00", "1200.00"))
        self.assertEqual(told["lines"][0]["other"], self.portal2.name)
        later = self.api.statement("2099-01-01", "2099-01-31")
        self.assertEqual((later["opening"], later["closing"]), ("1200.00",) * 2)
        told = self.api.bookings(today, today)
        self.assertIn("1200,00", told["content"])
        self.assertTrue(told["name"].endswith(".csv"))
        fec = self.api.bookings(today, today, form="fec")["content"]
        self.assertTrue(fec.startswith("JournalCode|"))
        self.assert_refused("date_unreadable", "hier", self.api.bookings, "hier", today)

    def test_kept_keys_of_the_network_side(self):
        """The order of movements of one member is that of their commits."""
        self.open()
        self.sale()
        self.validate(self.uploaded(self.portal2, self.portal))
        ids = [entry["id"] for entry in self.pulled()]
        self.assertEqual(ids, sorted(ids))
