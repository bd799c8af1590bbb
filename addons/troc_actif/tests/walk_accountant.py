"""Steps of the random walk: what an accountant clicks in Odoo's own screens.

Whatever he does is refused, or the books stay true: the invariants are asked after.
"""

from odoo import Command

from .walk_common import NothingToDo, WalkPart


class WalkAccountant(WalkPart):
    WEIGHTS = {"click_bill": 8, "click_books": 6, "set_off": 4, "merge": 2}

    def start_walk(self):
        administrator = self.env.ref("account.group_account_manager")
        for user in (self.seller_accountant, self.buyer_accountant):
            user.group_ids += administrator

    def once(self, user, records):
        """Return these as the user has them on his form: each one once."""
        own = self.by(user, records)
        return own.browse(dict.fromkeys(own.ids))

    def do_click_bill(self):
        """Reset, cancel, delete, lower or give away a bill; post it again at times."""
        bill = self.one_of(self.walked.bill_id)
        own = self.once(self.accountant_of(bill.company_id), bill)
        if own.state == "posted":
            own.button_draft()
        click = self.random.choice(("cancel", "delete", "lower", "give", "post"))
        if click == "cancel":
            own.button_cancel()
        elif click == "delete":
            own.unlink()
        elif click == "give":
            own.partner_id = self.random.choice(self.members.ids)
        elif click == "lower":
            own.invoice_line_ids[:1].price_unit *= 0.9
        if click in ("lower", "post"):
            own.action_post()

    def do_click_books(self):
        """Change what entries and invoices are found by, or undo VAT alone."""
        compensation = self.one_of(
            self.walked.filtered(lambda c: c.move_id and c.state == "validated")
        )
        invoice = compensation.move_id
        user = self.accountant_of(invoice.company_id)
        own = self.once(user, invoice)
        payment = self.once(user, compensation.seller_payment_id)
        vat = own.search([("tax_cash_basis_origin_move_id", "=", invoice.id)])
        clicks = {
            "number": lambda: own.write({"name": f"Z{invoice.name}"}),
            "customer": lambda: own.write({"partner_id": self.portal.partner_id.id}),
            "reference": lambda: payment.move_id.write({"ref": "Autre"}),
            "draft": own.button_draft,
            "account": lambda: self.by_hand(user, invoice.company_id).action_post(),
            "vat": lambda: vat[:1] and vat[:1]._reverse_moves(),
            "label": lambda: own.write({"narration": "Un mot de plus"}),
        }
        clicks[self.random.choice(sorted(clicks))]()

    def by_hand(self, user, company):
        """Return a draft by hand on the Actif account of a company."""
        env = self.in_company(company)
        journal = env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "general")], limit=1
        )
        expense = env["account.account"].search(
            [("company_ids", "in", company.ids), ("account_type", "=", "expense")],
            limit=1,
        )
        lines = ((company.troc_account_id, 5.0), (expense, -5.0))
        return self.once(user, env["account.move"]).create(
            {
                "journal_id": journal.id,
                "line_ids": [
                    Command.create({"account_id": account.id, "balance": balance})
                    for account, balance in lines
                ],
            }
        )

    def do_set_off(self):
        """Take an advance in Actifs on any open bill of the same supplier."""
        waiting = self.walked.filtered(
            lambda c: (
                c.state == "validated"
                and c.buyer_payment_id
                and not c.buyer_payment_id.is_reconciled
            )
        )
        compensation = self.one_of(waiting)
        company = compensation.buyer_id.company_id
        bills = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("move_type", "=", "in_invoice"),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
                ("commercial_partner_id", "=", compensation.seller_partner_id.id),
            ]
        )
        bill = (
            self.one_of(bills)
            if bills
            else self.bill_of(compensation.seller_id, company, "Une autre", 10.0)
        )
        line = self.env["troc.posting"]._counterpart(compensation.buyer_payment_id)
        user = self.accountant_of(company)
        self.once(user, bill).js_assign_outstanding_line(line.id)

    def do_merge(self):
        """Merge two contacts, of members or not."""
        names = self.env["res.partner"]
        pool = [*self.members.partner_id.ids, names.create({"name": "Doublon"}).id]
        chosen = names.browse(self.random.sample(pool, 2))
        if chosen.user_ids:
            raise NothingToDo
        wizards = self.env["base.partner.merge.automatic.wizard"]
        self.once(self.env.ref("base.user_admin"), wizards)._merge(chosen.ids)
