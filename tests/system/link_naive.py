"""The link as one writes it first: a call a field, a document at a time.

What benchmarks/link.py measures the real one against; it makes no promise.
"""

import base64

HEAD = ("name", "invoice_date", "move_type", "amount_total", "partner_id", "state")


class NaivePush:
    """Sends invoices one by one."""

    def __init__(self, network, client):
        self._network, self._client = network, client

    def push(self, move):
        """Read an invoice field by field, and send its file."""
        told = {name: self._field("account.move", move, name) for name in HEAD}
        for name in ("name", "company_registry", "vat"):
            self._field("res.partner", told["partner_id"][0], name)
        known = {"number": told["name"], "date": told["invoice_date"]}
        self._network.known([known])
        domain = [("res_model", "=", "account.move"), ("res_id", "=", move)]
        (file,) = self._client.call("ir.attachment", "search", domain=domain, limit=1)
        content = self._field("ir.attachment", file, "datas")
        name = self._field("ir.attachment", file, "name")
        assert base64.b64decode(content)
        self._network.push([{"name": name, "content": content}])

    def _field(self, model, one, name):
        return self._client.call(model, "read", [one], fields=[name])[0][name]


class NaivePull:
    """Books entries one by one."""

    def __init__(self, network, books):
        self._network, self._books = network, books

    def pull(self):
        """Book the first entry that waits."""
        (entry,) = self._network.pull(0, 1)["entries"]
        call, refs = self._books.call, self._books.refs
        domain = [("name", "=", entry["document"]["number"])]
        (invoice,) = call("account.move", "search", domain=domain)
        (partner,) = call("account.move", "read", [invoice], fields=["partner_id"])
        lines = [("move_id", "=", invoice), ("display_type", "=", "payment_term")]
        (due,) = call("account.move.line", "search", domain=lines)
        (account,) = call("account.move.line", "read", [due], fields=["account_id"])
        move = call(
            "account.move",
            "create",
            vals_list={"journal_id": refs.journal_id, "move_type": "entry"},
        )
        for name, value in (
            ("date", entry["date"]),
            ("ref", entry["reference"]),
            ("invoice_origin", entry["key"]),
        ):
            call("account.move", "write", [move], vals={name: value})
        amount = float(entry["amount"])
        both = [
            (refs.account_id, amount, 0.0),
            (account["account_id"][0], 0.0, amount),
        ]
        rows = [
            (
                0,
                0,
                {
                    "account_id": one,
                    "partner_id": partner["partner_id"][0],
                    "name": entry["label"],
                    "debit": debit,
                    "credit": credit,
                },
            )
            for one, debit, credit in both
        ]
        call("account.move", "write", [move], vals={"line_ids": rows})
        call("account.move", "action_post", [move])
        own = [("move_id", "=", move), ("account_id", "=", account["account_id"][0])]
        (line,) = call("account.move.line", "search", domain=own)
        call("account.move.line", "reconcile", [line, due])
        (name,) = call("account.move", "read", [move], fields=["name"])
        told = {"key": entry["key"], "state": "posted", "reference": name["name"]}
        self._network.report([{**told, "date": entry["date"]}])
