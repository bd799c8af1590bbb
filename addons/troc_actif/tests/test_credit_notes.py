"""Credit notes: what they take back, of which invoice, and in which books."""

from odoo.tests import tagged

from .common import TrocCase
from .facturx_xml import facturx_xml


@tagged("post_install", "-at_install")
class TestCreditNotes(TrocCase):
    def credit_note(self, origin, amount, user=None, **values):
        """Submit the file of a credit note over `amount` without VAT."""
        content = facturx_xml(
            origin.seller_id,
            origin.buyer_id,
            amount,
            share=None,
            type_code="381",
            preceding=values.pop("preceding", origin.document_number),
            **values,
        )
        return self.upload(content, user or self.animator, "avoir.xml")

    def sold(self, share=50):
        """Return a validated compensation between two portal members: 1,200 in all."""
        return self.validate(self.uploaded(self.portal, self.portal2, share=share))

    def test_in_full(self):
        origin = self.sold()
        note = self.credit_note(origin, 1000)
        self.assertEqual((note.state, note.document_type), ("submitted", "credit_note"))
        self.assertEqual(note.origin_id, origin)
        self.assertEqual((note.actif_amount, note.cash_amount), (600.0, 600.0))
        self.validate(note)
        self.assertEqual(self.members.mapped("balance"), [0.0] * 4)
        self.assert_entry(
            note.register_move_id,
            ("808000", self.portal2),
            ("808000", self.portal),
            600.0,
        )
        self.assertEqual((origin.state, origin.taken_back), ("validated", 600.0))
        self.assert_invariants()

    def test_in_part_and_then_the_rest(self):
        origin = self.sold()
        first = self.validate(self.credit_note(origin, 300))
        self.assertEqual(first.actif_amount, 180.0)
        self.assertEqual(self.portal.balance, 420.0)
        second = self.validate(self.credit_note(origin, 700))
        self.assertEqual(second.actif_amount, 420.0)
        self.assertEqual(origin.taken_back, 600.0)
        self.assert_refused("more_than_invoice", "avoir", self.credit_note, origin, 1)
        self.assert_invariants()

    def test_not_more_than_its_invoice(self):
        origin = self.sold()
        self.assert_refused(
            "more_than_invoice", "avoir", self.credit_note, origin, 1000.01
        )

    def test_of_an_invoice_that_nobody_compensated(self):
        origin = self.sold()
        for number in ("INCONNUE", ""):
            code = "origin_unknown" if number else "no_preceding"
            self.assert_refused(
                code, "avoir", self.credit_note, origin, 10, preceding=number
            )

    def test_of_an_invoice_still_to_validate(self):
        waiting = self.uploaded(self.portal, self.portal2)
        self.assert_refused("origin_unknown", "avoir", self.credit_note, waiting, 10)

    def test_its_share_cannot_be_chosen(self):
        note = self.credit_note(self.sold(), 100)
        self.by(self.animator, note).action_set_share(100)
        self.assertEqual(note.actif_amount, 60.0)

    def test_the_origin_cannot_be_reversed_as_well(self):
        origin = self.sold()
        note = self.credit_note(origin, 100)
        reverse = self.by(self.animator, origin).action_reverse
        self.assert_refused("has_credit_notes", origin.name, reverse, "Erreur")
        self.by(self.animator, note).action_refuse("Erreur de saisie")
        reverse("Erreur")
        self.assertEqual(origin.state, "reversed")
        self.assert_invariants()

    def test_waits_when_its_origin_is_gone(self):
        origin = self.sold()
        note = self.credit_note(origin, 100)
        self.env.cr.execute(
            "UPDATE troc_compensation SET state = 'reversed' WHERE id = %s", origin.ids
        )
        self.env.invalidate_all()
        self.by(self.animator, note).action_validate()
        self.assertEqual(
            (note.state, note.blocked_code), ("submitted", "origin_unknown")
        )

    def test_the_seller_needs_the_room(self):
        origin = self.sold(share=100)
        self.validate(self.uploaded(self.portal2, self.portal, 900, share=100))
        self.set_limits(self.portal, 0.0)
        note = self.credit_note(origin, 1000)
        self.assert_waits(note, "credit_limit_exceeded", self.portal.name)

    def test_reversed_it_gives_the_actifs_again(self):
        origin = self.sold()
        note = self.validate(self.credit_note(origin, 1000))
        self.by(self.animator, note).action_reverse("Avoir annulé")
        self.assertEqual(self.portal.balance, 600.0)
        self.assertEqual(origin.taken_back, 0.0)
        self.assert_invariants()

    def test_in_the_books_of_both(self):
        origin = self.validated(share=50)
        self.post_bill(origin.bill_id)
        refund = self.refund(origin.move_id, part=0.5, take_back=False)
        self.assertEqual(refund.amount_residual, 600.0)
        note = self.submit(refund)
        self.assertEqual((note.origin_id, note.actif_amount), (origin, 300.0))
        self.assertEqual(note.bill_id.move_type, "in_refund")
        self.post_bill(note.bill_id)
        self.validate(note)
        own, other = self.seller, self.buyer
        self.assert_entry(
            note.seller_payment_id.move_id, ("411100", other), ("467800", other), 300.0
        )
        self.assert_entry(
            note.buyer_payment_id.move_id, ("467800", own), ("401100", own), 300.0
        )
        # the other half is set off against the euros that were still due
        for document in refund, note.bill_id:
            self.assertEqual(document.amount_residual, 0.0)
        for document in origin.move_id, origin.bill_id:
            self.assertEqual(document.amount_residual, 300.0)
        self.assertEqual(self.seller.balance, 300.0)
        self.assert_invariants()

    def test_the_wrong_user(self):
        origin = self.sold()
        for user in (self.portal2_user, self.buyer_accountant):
            self.assert_refused(
                "not_party", "F-", self.credit_note, origin, 10, user=user
            )
        note = self.credit_note(origin, 10, user=self.portal_user)
        validate = self.by(self.far_animator, note).action_validate
        self.assert_refused("wrong_territory", note.name, validate)
