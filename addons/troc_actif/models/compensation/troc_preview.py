from odoo import fields, models


class TrocPreview(models.AbstractModel):
    """What an animator sees before he clicks, and an accountant after.

    Pages of one compensation, as HTML, read with the rights of the caller's
    environment: entries as they will be posted, by the table that posts them, and as
    they were; both balances within their limits.
    """

    _name = "troc.preview"
    _description = "Preview of a compensation"

    def _entries(self, compensation):
        """Return the entries of all books as HTML: planned, or posted."""
        planned = not compensation.entry_ids
        books = self._planned_books if planned else self._posted_books
        return self.env["ir.qweb"]._render(
            "troc_actif.compensation_entries",
            {
                "books": books(compensation),
                "planned": planned,
                "currency": compensation.currency_id,
            },
        )

    def _balances(self, compensation):
        """Return both balances before and after as HTML."""
        return self.env["ir.qweb"]._render(
            "troc_actif.compensation_balances",
            {
                "rows": self._balance_rows(compensation),
                "currency": compensation.currency_id,
                "planned": compensation.state in ("draft", "submitted"),
            },
        )

    # -- entries --------------------------------------------------------------

    def _posted_books(self, compensation):
        """Return the posted entries, a dict a book, in the order they were made."""
        order = {"seller": 0, "buyer": 1, "register": 2}
        moves = compensation.entry_ids.sorted("id")
        books = [self._posted_book(compensation, move) for move in moves]
        return sorted(books, key=lambda book: (book["reversal"], order[book["side"]]))

    def _posted_book(self, compensation, move):
        return {
            "side": self._side_of(compensation, move),
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

    def _side_of(self, compensation, move):
        origin = move.reversed_entry_id or move
        if origin == compensation.register_move_id:
            return "register"
        seller = compensation.seller_payment_id.move_id
        return "seller" if origin == seller else "buyer"

    def _planned_books(self, compensation):
        """Return what validation would post, from the same table that posts it."""
        lines = self.env["troc.posting"]._entry_lines(
            compensation,
            seller_hosted=bool(compensation.seller_id._books()),
            buyer_hosted=bool(compensation.buyer_id._books()),
        )
        books = {}
        for line in lines:
            row = self._planned_line(compensation, line)
            books.setdefault(line.book, []).append(row)
        return [
            self._planned_book(compensation, side, rows) for side, rows in books.items()
        ]

    def _planned_book(self, compensation, side, rows):
        companies = {
            "seller": compensation.seller_id.company_id,
            "buyer": compensation.buyer_id.company_id,
            "register": compensation.network_id.company_id,
        }
        return {
            "side": side,
            "company": companies[side].name,
            "title": "",
            "date": fields.Date.context_today(self),
            "reversal": False,
            "lines": rows,
        }

    def _planned_line(self, compensation, line):
        company, account, partner = self._planned_place(compensation, line)
        return {
            "code": account.with_company(company).code or "",
            "account": account.name or self.env._("(not set up yet)"),
            "partner": partner.name,
            "debit": float(line.debit),
            "credit": float(line.credit),
        }

    def _planned_place(self, compensation, line):
        """Return (company, account, partner) of a line of the table in entries.py."""
        posting = self.env["troc.posting"]
        seller, buyer = compensation.seller_id, compensation.buyer_id
        network = compensation.network_id
        if line.book == "register":
            member = seller if line.role == "register_seller" else buyer
            account = network.register_account_id
            return network.company_id, account, member.partner_id
        own, other = (seller, buyer) if line.book == "seller" else (buyer, seller)
        company = own.company_id
        if line.role == "actif":
            return company, company.troc_account_id, other.partner_id
        account = posting._open_account(compensation, line.book, company)
        return company, account, other.partner_id

    # -- balances -------------------------------------------------------------

    def _balance_rows(self, compensation):
        amount = compensation.actif_amount
        if compensation._goes_back():
            amount = -amount
        return [
            self._balance_row(self.env._("Seller"), compensation.seller_id, amount),
            self._balance_row(self.env._("Buyer"), compensation.buyer_id, -amount),
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
