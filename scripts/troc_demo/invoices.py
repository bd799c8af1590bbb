"""Invoices and bills in the books of hosted members, by their own accountants."""

import datetime

from troc_demo import data, deals


class Invoices:
    """The documents of the deals; the origin of an invoice is its deal's key."""

    def __init__(self, network):
        self.network = network
        self.invoices = {}  # deal key -> invoice
        self.bills = {}  # buyer key -> {reference: bill}
        for company in data.HOSTED:
            invoices = self._read(company.key, "out_invoice", "invoice_origin")
            self.invoices.update(invoices)
            self.bills[company.key] = self._read(company.key, "in_invoice", "ref")

    def key_of(self, compensation):
        """Return the key of the deal that a compensation is of."""
        keys = {invoice["id"]: key for key, invoice in self.invoices.items()}
        move_id = compensation["move_id"] and compensation["move_id"][0]
        return keys.get(move_id, compensation["document_number"])

    def submit(self, deal):
        """The seller's accountant makes the invoice, posts and submits it."""
        moves = self._moves(deal.seller)
        invoice = self.invoices.get(deal.key) or self._create_invoice(moves, deal)
        if invoice["state"] == "draft":
            moves.action_post([invoice["id"]])
        self.invoices[deal.key] = {**invoice, "state": "posted"}
        moves.action_troc_submit([invoice["id"]])

    def bill_waits(self, deal, number):
        """Tell whether the buyer's bill is still to be posted."""
        if not deal.bill:
            return False
        bill = self.bills[deal.buyer].get(number)
        return not bill or bill["state"] == "draft"

    def post_bill(self, deal, number):
        """The buyer's accountant posts the draft he finds, or his own bill."""
        self.bills[deal.buyer] = self._read(deal.buyer, "in_invoice", "ref")
        if self.bill_waits(deal, number):
            bill = self.bills[deal.buyer].get(number)
            bill_id = bill["id"] if bill else self._create_bill(deal, number)
            self._moves(deal.buyer).action_post([bill_id])

    def _accountant(self, key):
        return self.network.server.connect(data.MEMBERS[key].login)

    def _moves(self, key):
        return self._accountant(key)["account.move"]

    def _read(self, key, kind, name):
        domain = [("move_type", "=", kind), (name, "!=", False)]
        rows = self._moves(key).search_read(domain, [name, "state"])
        return {row[name]: row for row in rows}

    def _create_invoice(self, moves, deal):
        made = moves.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.network.partners[deal.buyer],
                "invoice_date": _days_ago(deal.days),
                "invoice_origin": deal.key,
                "actif_share": deal.share,
                "invoice_line_ids": self._lines(deal, deal.seller, "sale"),
            }
        )
        return {"id": made, "state": "draft"}

    def _create_bill(self, deal, number):
        return self._moves(deal.buyer).create(
            {
                "move_type": "in_invoice",
                "partner_id": self.network.partners[deal.seller],
                "invoice_date": _days_ago(0),
                "ref": number,
                "invoice_line_ids": self._lines(deal, deal.buyer, "purchase"),
            }
        )

    def _lines(self, deal, key, use):
        tax_ids = {line.tax: self._tax(key, line.tax, use) for line in deal.lines}
        return [(0, 0, _line(line, tax_ids[line.tax])) for line in deal.lines]

    def _tax(self, key, name, use):
        domain = [("name", "=", name), ("type_tax_use", "=", use)]
        return self._accountant(key)["account.tax"].search(domain, limit=1)


def _line(line: deals.Line, tax_ids):
    return {
        "name": line.name,
        "quantity": line.quantity,
        "price_unit": line.price,
        "tax_ids": [(6, 0, tax_ids)],
    }


def _days_ago(days):
    today = datetime.datetime.now(tz=datetime.timezone.utc).date()
    return str(today - datetime.timedelta(days=days))
