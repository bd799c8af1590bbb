"""What may be submitted, and by whom."""

import hashlib

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestSubmission(TrocCase):
    def assert_invoice_refused(self, code, move, named=None, user=None):
        own = self.by(user or self.accountant_of(move.company_id), move)
        self.assert_refused(code, named or move.display_name, own.action_troc_submit)
        self.assertFalse(move.sudo().troc_compensation_ids)

    def test_what_a_submission_records(self):
        invoice = self.invoice(share=50)
        compensation = self.submit(invoice, print_it=True)
        self.assertEqual(compensation.state, "submitted")
        self.assertEqual(compensation.source, "odoo")
        self.assertEqual(compensation.move_id, invoice)
        self.assertEqual(compensation.document_number, invoice.name)
        self.assertEqual(compensation.invoked_by_id, self.seller_accountant)
        self.assertEqual(compensation.invoked_on.date(), fields.Date.today())
        self.assertEqual(
            (compensation.untaxed_amount, compensation.tax_amount), (1000.0, 200.0)
        )
        document = compensation.message_main_attachment_id
        printed = invoice.invoice_pdf_report_id
        if printed:
            self.assertEqual(document.raw, printed.raw)
        else:  # no program to print with
            self.assertIn(b"CrossIndustryInvoice", document.raw)
        self.assertEqual(
            compensation.document_sha256, hashlib.sha256(document.raw).hexdigest()
        )
        self.assertFalse(compensation.blocked_reason)
        self.assertFalse(compensation.entry_ids)
        self.assertEqual(self.members.mapped("balance"), [0.0] * 4)

    def test_customer_is_no_member(self):
        stranger = self._company_partner("Test Client de Passage")
        move = self.invoice()
        move.button_draft()
        move.partner_id = stranger
        move.action_post()
        self.assert_invoice_refused("buyer_not_member", move)

    def test_customer_of_another_network(self):
        other = self.env["troc.network"].create(
            {"name": "Autre réseau", "company_id": self.operator.id}
        )
        partner = self._company_partner("Test Client Ailleurs")
        member = self._member(partner, "000100057", network_id=other.id)
        self.assert_invoice_refused("buyer_not_member", self.invoice(customer=member))

    def test_states_of_both_sides(self):
        invoice = self.invoice()
        for state in ("candidate", "on_hold", "left"):
            self.buyer.state = state
            self.assert_invoice_refused("buyer_may_not_buy", invoice, self.buyer.name)
        self.buyer.state = "stand_by"
        for state in ("candidate", "stand_by", "leaving", "left"):
            self.seller.state = state
            self.assert_invoice_refused(
                "seller_may_not_sell", invoice, self.seller.name
            )
        self.seller.state = "on_hold"
        self.assertEqual(self.submit(invoice).state, "submitted")

    def test_seller_is_no_member(self):
        accountant = self._user("op", "account.group_account_user", self.operator)
        move = self.invoice(company=self.operator)
        self.assert_invoice_refused("seller_not_member", move, user=accountant)

    def test_customer_is_the_seller_himself(self):
        move = self.invoice(customer=self.seller)
        self.assert_invoice_refused("same_party", move, self.seller.name)

    def test_only_euros(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        move = self.invoice(currency_id=dollar.id)
        self.assert_invoice_refused("not_euro", move, "USD")

    def test_only_books_in_euros(self):
        move = self.invoice()
        self.in_dollars(self.seller.company_id)
        self.assert_invoice_refused("books_other_currency", move, "USD")

    def test_a_buyer_whose_books_are_no_longer_in_euros(self):
        compensation = self.submitted()
        self.in_dollars(self.buyer.company_id)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.blocked_code, "books_other_currency")
        self.assertEqual(compensation.state, "submitted")
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(broken.mapped("code"), ["books_match_register"])
        self.assertIn(self.buyer.name, broken.breaches)

    def test_a_company_in_dollars_is_no_hosted_member(self):
        self.in_dollars(self.operator)
        with self.assertRaises(UserError) as caught:
            self._member(self.operator.partner_id, "000100057", self.operator)
        self.assertIn("USD", str(caught.exception))

    def test_only_posted_customer_invoices_with_a_share(self):
        self.assert_invoice_refused("not_posted", self.invoice(post=False))
        self.assert_invoice_refused("no_share", self.invoice(share=0))
        note = self.invoice(move_type="out_refund", share=100)
        self.assert_invoice_refused("no_preceding", note)
        bill = self.bill_of(self.portal, self.seller.company_id, "X", 10.0)
        bill.actif_share = 100
        self.assert_invoice_refused("not_customer_invoice", bill)

    def test_shares_of_the_network(self):
        third = self.invoice(share=33.33)
        self.assert_invoice_refused("share_not_allowed", third)
        cent = self.invoice(amount=0.01, share=33.33, tax="")
        self.assert_invoice_refused("actif_part_zero", cent)
        self.network.allow_half_share = False
        self.assert_invoice_refused("share_not_allowed", self.invoice(share=50), "100")
        self.network.allow_free_share = True
        self.assertEqual(self.submit(third).actif_amount, 399.96)

    def test_nothing_to_compensate(self):
        self.assert_invoice_refused(
            "amount_not_positive", self.invoice(amount=0.0, tax="")
        )

    def test_paid_beyond_what_the_share_leaves(self):
        paid = self.invoice(share=50)
        self.pay_by_bank(paid, 600.01)
        self.assert_invoice_refused("invoice_paid", paid, paid.name)
        full = self.invoice(share=100)
        self.pay_by_bank(full, 0.01)
        self.assert_invoice_refused("invoice_paid", full, full.name)

    def test_one_refusal_leaves_nothing_of_the_others(self):
        moves = self.invoice() + self.invoice(share=0)
        self.assert_invoice_refused("no_share", moves, moves[1].name)

    def test_the_same_invoice_twice(self):
        invoice = self.invoice(customer=self.portal)
        first = self.submit(invoice)
        own = self.by(self.seller_accountant, invoice)
        self.assert_refused("duplicate", first.name, own.action_troc_submit)
        content = facturx_xml(self.seller, self.portal, number=invoice.name.lower())
        self.assert_refused(
            "duplicate", first.name, self.upload, content, self.animator
        )
        self.by(self.animator, first).action_refuse("Mauvais montant")
        self.assertEqual(self.submit(invoice).state, "submitted")

    def test_the_same_file_twice(self):
        content = facturx_xml(self.portal, self.portal2, number="F_1")
        first = self.upload(content, self.portal_user)
        for user in (self.portal_user, self.animator):
            self.assert_refused("duplicate", first.name, self.upload, content, user)
        # the underscore is no wildcard, another year another invoice
        self.uploaded(self.portal, self.portal2, number="FX1")
        year_ago = fields.Date.subtract(fields.Date.today(), years=1)
        self.uploaded(self.portal, self.portal2, number="F_1", date=year_ago)

    def test_files_that_cannot_be_taken(self):
        for code, named, content in (
            ("not_pdf_nor_xml", "facture.xml", b"Bonjour"),
            ("encoding_unknown", "UTF-7", self.file().replace(b"UTF-8", b"UTF-7")),
            ("encoding_mismatch", "UTF-8", self.file() + b"<!-- \xe9 -->"),
            ("unknown_seller", "000100099", self.file(seller_siren="000100099")),
            ("unknown_buyer", "000100099", self.file(buyer_siren="000100099")),
            ("same_party", self.portal.name, self.file(buyer_siren="000100032")),
            ("not_euro", "USD", self.file(currency="USD")),
            (
                "inconsistent",
                "BR-CO-14",
                self.file(tax=200).replace(
                    b"CalculatedAmount>200.00<", b"CalculatedAmount>100.00<"
                ),
            ),
            (
                "date_implausible",
                "2010",
                self.file(date=fields.Date.to_date("2010-01-01")),
            ),
            ("share_not_allowed", "33", self.file(share=33)),
        ):
            with self.subTest(code):
                self.assert_refused(code, named, self.upload, content, self.animator)

    def file(self, **values):
        return facturx_xml(self.portal, self.portal2, **values)

    def test_a_file_without_share_becomes_a_draft(self):
        compensation = self.uploaded(self.portal, self.portal2, share=None)
        self.assertEqual(compensation.state, "draft")
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(compensation.state, "draft")
        own = self.by(self.portal_user, compensation)
        self.assert_refused(
            "share_not_allowed", compensation.name, own.action_set_share, 40
        )
        own.action_half_share()
        own.action_submit()
        self.assertEqual(compensation.actif_amount, 600.0)
        self.validate(compensation)
        self.assert_invariants()

    def test_a_draft_is_submitted_with_a_share_only(self):
        compensation = self.uploaded(self.portal, self.portal2, share=None)
        own = self.by(self.portal_user, compensation)
        self.assert_refused("share_out_of_range", compensation.name, own.action_submit)

    def test_only_the_seller_submits(self):
        content = self.file()
        for user in (self.portal2_user, self.seller_accountant, self.reader):
            with self.assertRaises(AccessError):
                self.upload(content, user)
        with self.assertRaises(AccessError):
            self.by(self.buyer_accountant, self.invoice()).action_troc_submit()
        with self.assertRaises(AccessError):
            self.by(self.animator, self.invoice()).action_troc_submit()
