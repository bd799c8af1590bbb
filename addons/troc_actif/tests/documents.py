"""Invoices, bills and files: how a test gets a compensation to validate."""

import base64
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest.mock import patch

from odoo import Command, fields

from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tests.invoices import Invoices

from .facturx_xml import facturx_xml


class Documents(Invoices):
    """Makes documents as the members' own people would; mixed into the test cases."""

    def invoice(self, amount=1000.0, share=100, tax="20% S", lines=None, **values):
        """Return a posted customer invoice of the hosted seller to the buyer.

        `company` and `customer` (a member) say otherwise; `lines` are several rows of
        (price, name of the tax), "" for none; `post=False` leaves a draft.
        """
        company = values.pop("company", self.seller.company_id)
        customer = values.pop("customer", self.buyer)
        post = values.pop("post", True)
        rows = lines or [(amount, tax)]
        return self.written(
            company, customer.partner_id, rows, post=post, actif_share=share, **values
        )

    def accountant_of(self, company):
        """Return the accountant of a hosted member's company."""
        own = company == self.seller.company_id
        return self.seller_accountant if own else self.buyer_accountant

    def submit(self, move, print_it=False):
        """Let the seller's accountant submit an invoice; return its compensation.

        The XML alone is kept, as on a machine that cannot print: printing takes longer
        than all the rest.
        """
        own = self.by(self.accountant_of(move.company_id), move)
        without_pdf = patch.object(type(move), "_troc_make_document", lambda move: None)
        with nullcontext() if print_it else without_pdf:
            own.action_troc_submit()
        return move.sudo().troc_compensation_ids.sorted("id")[-1:]

    def submitted(self, **values):
        """Return a submitted compensation of a fresh invoice (see `invoice`)."""
        return self.submit(self.invoice(**values))

    def validated(self, **values):
        """Return a compensation of a fresh invoice that the animator has validated."""
        return self.validate(self.submitted(**values))

    def validate(self, compensation, user=None):
        """Let the animator validate; fails when a rule stops it."""
        self.by(user or self.animator, compensation).action_validate()
        self.assertEqual(
            compensation.mapped("state"),
            ["validated"] * len(compensation),
            compensation.mapped("blocked_reason"),
        )
        return compensation

    def uploaded(self, seller, buyer, amount=1000, user=None, **values):
        """Submit a Factur-X file of `seller` (a portal member); return what it made.

        `values` are those of `facturx_xml`; `user` is the seller's own by default.
        """
        owner = self.portal_user if seller == self.portal else self.portal2_user
        content = facturx_xml(seller, buyer, amount, **values)
        return self.upload(content, user or owner)

    def upload(self, content, user, name="facture.xml"):
        """Submit the bytes of a file as `user`; return the compensation."""
        compensations = self.by(user, self.env["troc.compensation"])
        result = compensations.submit_document(name, self.encoded(content))
        return self.env["troc.compensation"].browse(result["id"])

    @contextmanager
    def lost(self, compensation, instead=None):
        """Lose the document, or put other bytes there; put it back at last."""
        with self.lost_file(compensation._document_attachment(), instead):
            yield

    @contextmanager
    def lost_file(self, attachment, instead=None):
        """Lose or change the file of an attachment behind Odoo's back."""
        path = Path(attachment._full_path(attachment.store_fname))
        kept = path.read_bytes()
        path.unlink()
        if instead is not None:
            path.write_bytes(instead)
        attachment.env.invalidate_all()
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            path.write_bytes(kept)
            attachment.env.invalidate_all()

    def days_pass(self, compensations):
        """Make it a day since these wait."""
        sealed(compensations).blocked_since = fields.Datetime.subtract(
            fields.Datetime.now(), hours=25
        )

    def encoded(self, content):
        """Return bytes as they travel over RPC."""
        return base64.b64encode(content).decode()

    def refund(self, document, part=1, take_back=True):
        """Return the posted credit note of an invoice or a bill, over a part of it.

        `take_back`: that of a compensated invoice is submitted as it is posted.
        """
        user = self.accountant_of(document.company_id)
        wizard = (
            self.by(user, self.env["account.move.reversal"])
            .with_context(active_model="account.move", active_ids=document.ids)
            .create(
                {
                    "journal_id": document.journal_id.id,
                    "reason": "Retour",
                    "troc_take_back": take_back,
                }
            )
        )
        refund = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        refund.invoice_date = fields.Date.today()
        for line in refund.invoice_line_ids:
            line.price_unit *= part
        self.by(user, refund).action_post()
        return refund

    def bill(self, compensation, post=True, amount=None, tax="20% S"):
        """Return a bill that the hosted buyer enters himself for a compensation."""
        company = compensation.buyer_id.company_id
        amount = compensation.untaxed_amount if amount is None else amount
        return self.bill_of(
            compensation.seller_id,
            company,
            compensation.document_number,
            amount,
            tax,
            post,
        )

    def bill_of(self, seller, company, ref, amount, tax="20% S", post=True, date=None):
        """Return a bill of `seller` with this reference, in `company`."""
        user = self.accountant_of(company)
        bill = self.by(user, self.env["account.move"]).create(
            {
                "move_type": "in_invoice",
                "partner_id": seller.partner_id.id,
                "invoice_date": date or fields.Date.today(),
                "ref": ref,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Achat",
                            "price_unit": amount,
                            "tax_ids": self.tax(company, tax, "purchase").ids,
                        }
                    )
                ],
            }
        )
        if post:
            bill.action_post()
        return bill.sudo()

    def post_bill(self, bill):
        """Let the buyer's accountant post a bill."""
        self.by(self.accountant_of(bill.company_id), bill).action_post()
        return bill

    def pay_by_bank(self, move, amount=None):
        """Let the accountant register a bank payment in euros on an open document."""
        company = move.company_id
        bank = self.env["account.journal"].search(
            [
                ("company_id", "=", company.id),
                ("type", "=", "bank"),
                ("troc_role", "=", False),
            ],
            limit=1,
        )
        wizard = (
            self.by(self.accountant_of(company), self.env["account.payment.register"])
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": bank.id, **({"amount": amount} if amount else {})})
        )
        wizard.action_create_payments()
