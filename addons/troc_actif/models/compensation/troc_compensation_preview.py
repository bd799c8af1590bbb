"""What an animator sees before he clicks, and an accountant after."""

from odoo import api, fields

from ... import exceptions
from ...lib.actif_rules.entries import reversal_lines, validation_lines
from ...tools import dec


class TrocCompensationPreview:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @api.depends(
        "state",
        "actif_share",
        "blocked_code",
        "blocked_since",
        "queued_by_id",
        "first_validator_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        """Say in two or three words where an open compensation stands."""
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            step = getattr(compensation, f"_next_step_{compensation.state}", None)
            compensation.next_step = step(own) if step else False

    def _next_step_draft(self, _own):
        if self.actif_share:
            return self.env._("To submit")
        return self.env._("Share to choose")

    def _next_step_submitted(self, own):
        if self.queued_by_id:
            return self.env._("In the queue")
        if code := self._told_code(own):
            return exceptions.headline(self.env, code)
        if self.first_validator_id:
            return self.env._("Second validation awaited")
        return self.env._("Ready to validate")

    def _get_mail_thread_data_attachments(self):
        """Show the document beside the form: Odoo leaves out files held by fields."""
        shown = super()._get_mail_thread_data_attachments()
        return shown | self.message_main_attachment_id

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Compensation created")

    @api.depends("state", "actif_amount", "seller_id", "buyer_id")
    @api.depends_context("lang")
    def _compute_entries_html(self):
        for compensation in self:
            books = (
                compensation._posted_books()
                if compensation.entry_ids
                else compensation._planned_books()
            )
            compensation.entries_html = self.env["ir.qweb"]._render(
                "troc_actif.compensation_entries",
                {
                    "books": books,
                    "planned": not compensation.entry_ids,
                    "currency": compensation.currency_id,
                },
            )

    def _posted_books(self):
        """Return the posted entries, a dict a book, in the order they were made."""
        order = {"seller": 0, "buyer": 1, "register": 2}
        books = [self._posted_book(move) for move in self.entry_ids.sorted("id")]
        return sorted(books, key=lambda book: (book["reversal"], order[book["side"]]))

    def _posted_book(self, move):
        return {
            "side": self._side_of(move),
            "company": move.company_id.name,
            "title": move.name,
            "date": move.date,
            "reversal": bool(move.reversed_entry_id),
            "lines": [
                {
                    "code": line.account_id.with_company(move.company_id).code,
                    "account": line.account_id.name,
                    "partner": line.partner_id.name,
                    "debit": line.debit,
                    "credit": line.credit,
                }
                for line in move.line_ids.sorted(lambda line: (-line.debit, line.id))
            ],
        }

    def _side_of(self, move):
        origin = move.reversed_entry_id or move
        if origin == self.register_move_id:
            return "register"
        return "seller" if origin == self.seller_payment_id.move_id else "buyer"

    def _entry_lines(self, **hosted):
        """Return the lines of the table in entries.py that validation posts."""
        lines = reversal_lines if self._goes_back() else validation_lines
        return lines(dec(self.actif_amount) or dec(0.01), **hosted)

    def _planned_books(self):
        """Return what validation would post, from the same table that posts it."""
        lines = self._entry_lines(
            seller_hosted=bool(self.seller_id._books()),
            buyer_hosted=bool(self.buyer_id._books()),
        )
        books = {}
        for line in lines:
            books.setdefault(line.book, []).append(self._planned_line(line))
        companies = {
            "seller": self.seller_id.company_id,
            "buyer": self.buyer_id.company_id,
            "register": self.network_id.company_id,
        }
        today = fields.Date.context_today(self)
        return [
            {
                "side": side,
                "company": companies[side].name,
                "title": "",
                "date": today,
                "reversal": False,
                "lines": rows,
            }
            for side, rows in books.items()
        ]

    def _planned_line(self, line):
        company, account, partner = self._planned_place(line)
        return {
            "code": account.with_company(company).code or "",
            "account": account.name or self.env._("(not set up yet)"),
            "partner": partner.name,
            "debit": float(line.debit),
            "credit": float(line.credit),
        }

    def _planned_place(self, line):
        """Return (company, account, partner) of a line of the table in entries.py."""
        posting = self.env["troc.posting"]
        seller, buyer = self.seller_id, self.buyer_id
        operator, register = self.network_id.company_id, self.network_id
        if line.book == "register":
            member = seller if line.role == "register_seller" else buyer
            return operator, register.register_account_id, member.partner_id
        own, other = (seller, buyer) if line.book == "seller" else (buyer, seller)
        company = own.company_id
        if line.role == "actif":
            return company, company.troc_account_id, other.partner_id
        account = posting._open_account(self, line.book, company)
        return company, account, other.partner_id

    @api.depends("state", "actif_amount", "seller_id.balance", "buyer_id.balance")
    @api.depends_context("lang")
    def _compute_balances_html(self):
        for compensation in self:
            compensation.balances_html = self.env["ir.qweb"]._render(
                "troc_actif.compensation_balances",
                {
                    "rows": compensation._balance_rows(),
                    "currency": compensation.currency_id,
                    "planned": compensation.state in ("draft", "submitted"),
                },
            )

    def _balance_rows(self):
        amount = -self.actif_amount if self._goes_back() else self.actif_amount
        return [
            self._balance_row(self.env._("Seller"), self.seller_id, amount),
            self._balance_row(self.env._("Buyer"), self.buyer_id, -amount),
        ]

    def _balance_row(self, role, member, amount):
        after = member.balance + amount
        floor = -member.credit_limit - member.credit_override
        ceiling = member.balance_limit + member.balance_override
        return {
            "role": role,
            "name": member.name,
            "before": member.balance,
            "amount": amount,
            "after": after,
            "floor": floor,
            "ceiling": ceiling if member.balance_limit else None,
            "beyond": member.currency_id.compare_amounts(after, floor) < 0
            or bool(member.balance_limit)
            and member.currency_id.compare_amounts(after, ceiling) > 0,
        }
