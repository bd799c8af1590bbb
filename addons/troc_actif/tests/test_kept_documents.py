"""A document that is lost or changed on the disk is noticed before it is needed."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.books import troc_verification_documents
from .common import TrocCase

SEEN = "hash_chain_holds"


@tagged("post_install", "-at_install")
class TestKeptDocuments(TrocCase):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger("odoo.addons.base.models.ir_attachment"))
        self.waiting = self.uploaded(self.portal, self.portal2, amount=100)

    def verified(self):
        return self.env["troc.verification"]._run(self.network)

    def assert_named(self, run, *names):
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), [SEEN] if names else [])
        lines = (broken.breaches or "").splitlines()
        self.assertEqual(len(lines), len(names), lines)
        for name in names:
            self.assertIn(name, broken.breaches)

    def test_nothing_is_validated_without_it(self):
        for instead, code in ((None, "document_missing"), (b"x", "document_changed")):
            with self.subTest(code), self.lost(self.waiting, instead):
                self.assertEqual(self.waiting.document_fault, code)
                self.by(self.animator, self.waiting).action_validate()
                self.assert_waits(self.waiting, code)
                own = self.by(self.manager, self.waiting)
                own.action_validate_override("Vu en comité")
                self.assert_waits(self.waiting, code)
        self.assertFalse(self.waiting.document_fault)
        self.validate(self.waiting)

    def test_a_form_that_asks_for_sizes_of_files_tells_no_fault(self):
        """Odoo's web client reads a form so; its files are as they were received."""
        shown = self.by(self.animator, self.waiting).with_context(bin_size=True)
        shown.invalidate_recordset()
        (read,) = shown.web_read({"document_fault": {}, "document": {}})
        self.assertFalse(read["document_fault"])
        self.assertIn(b"b", read["document"].lower())

    def test_a_call_that_asks_for_sizes_of_files_keeps_and_verifies_the_bytes(self):
        """Over RPC the context is the caller's."""
        sold = self.invoice(amount=10, customer=self.portal)
        compensations = self.env["troc.compensation"].with_context(bin_size=True)
        kept = compensations._submit_invoices(sold).with_context(bin_size=False)
        self.assertFalse(kept.document_fault)
        self.assertGreater(len(kept._document_attachment().raw), 1000)
        verification = self.env["troc.verification"].with_context(bin_size=True)
        self.assert_named(verification._run(self.network))

    def test_invoices_of_this_database_too(self):
        sold = self.submitted(amount=10, customer=self.portal)
        with self.lost(sold):
            self.by(self.animator, sold).action_validate()
            self.assert_waits(sold, "document_missing")
        self.validate(sold)

    def test_the_verification_names_it(self):
        done = self.validate(self.uploaded(self.portal, self.portal2, amount=10))
        self.assert_named(self.verified())
        with self.lost(self.waiting), self.lost(done, b"autre"):
            self.assert_named(self.verified(), self.waiting.name, done.name)
        self.assert_named(self.verified())

    def test_an_attachment_that_was_deleted(self):
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM ir_attachment WHERE id = %s",
            [self.waiting._document_attachment().id],
        )
        self.env.invalidate_all()
        self.assert_named(self.verified(), self.waiting.name)
        self.by(self.animator, self.waiting).action_validate()
        self.assert_waits(self.waiting, "document_missing")

    def test_the_evidence_of_a_transfer(self):
        transfer = self.transfer(self.portal, self.portal2)
        with self.lost_file(transfer.evidence_ids, b"autre chose"):
            self.assert_named(self.verified(), transfer.name)
        self.assert_named(self.verified())

    def test_a_moving_part_each_night(self):
        """A big network is read in some nights; a fault stays named meanwhile."""
        others = self.env["troc.compensation"]
        for _number in range(4):
            others += self.uploaded(self.portal, self.portal2, amount=10)
        read = []
        self.patch(
            type(self.waiting),
            "_document_fault",
            lambda c: read.append(c) or (c == others[0] and "document_missing"),
        )
        with patch.object(troc_verification_documents, "READ_AT_ONCE", 2):
            for night, expected in enumerate(
                (
                    self.waiting + others[0],
                    others[0] + others[1] + others[2],
                    others[0] + others[3],
                    self.waiting + others[0],
                )
            ):
                read.clear()
                self.assert_named(self.verified(), others[0].name)
                found = self.waiting.browse({c.id for c in read})
                self.assertEqual(found.sorted(), expected.sorted(), f"night {night}")
