"""Invoices and bills of the test companies: made as their own people would."""

import importlib.util

from odoo import Command, fields

NEEDS_PRINTING = "no wkhtmltopdf with patched Qt: set TROC_WKHTMLTOPDF"


class Invoices:
    """Makes invoices; mixed into the test cases.  Needs `self.env`."""

    def by(self, user, records):
        """Return `records` as `user`, in his own company, without superuser rights."""
        return records.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )

    def in_company(self, company):
        """Return an environment in this one company."""
        return self.env(
            context={**self.env.context, "allowed_company_ids": company.ids}
        )

    def tax(self, company, name, use="sale"):
        """Return a tax of the French chart by its name, made active."""
        taxes = self.env["account.tax"].with_context(active_test=False)
        domain = [
            ("company_id", "=", company.id),
            ("name", "=", name),
            ("type_tax_use", "=", use),
        ]
        tax = taxes.search(domain, order="active desc, id", limit=1)
        assert tax or not name, f"no tax {name} in {company.name}"
        if tax and not tax.active:
            tax.active = True
        return tax

    def written(self, company, partner, rows, post=True, use="sale", **values):
        """Return an invoice of `company` to `partner`, or a bill (use "purchase").

        `rows` are (price, name of the tax), "" for none; `post=False` leaves a draft.
        """
        move = self.in_company(company)["account.move"].create(
            {
                "move_type": "out_invoice" if use == "sale" else "in_invoice",
                "partner_id": partner.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": f"Ligne {number}",
                            "quantity": 1,
                            "price_unit": price,
                            "tax_ids": self.tax(company, name, use).ids,
                        }
                    )
                    for number, (price, name) in enumerate(rows, 1)
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def register_payment(self, user, move, **values):
        """Return the wizard Register Payment that `user` opens on a document."""
        wizard = self.by(user, self.env["account.payment.register"])
        return wizard.with_context(
            active_model="account.move", active_ids=move.ids
        ).create(values)

    def in_dollars(self, company):
        """Keep the books of a company in another currency, behind Odoo's back."""
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET currency_id = %s WHERE id = %s",
            [dollar.id, company.id],
        )
        self.env.invalidate_all()

    def needs_codes(self):
        """Skip a test that draws a QR code, by name, where nothing can draw it."""
        drawing = ("rlPyCairo", "_rl_renderPM")
        if not any(importlib.util.find_spec(name) for name in drawing):
            self.skipTest("no rl-renderPM: there is none for this Python")

    def needs_printing(self):
        """Skip a test that prints, by name, where there is no program to print with."""
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest(NEEDS_PRINTING)
