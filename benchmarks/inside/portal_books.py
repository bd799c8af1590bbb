"""The compensations, the register and the invoices of the benchmark."""

import random
from datetime import timedelta

from portal_copies import copies
from psycopg2.extras import execute_values

from odoo import Command, fields
from odoo.tools import SQL

HOT_MOVEMENTS = 2000
HOT_WAITING = 300  # more compensations of the hot member, not validated
HOT_INVOICES = 300
DAYS = 3 * 365


def make_register(network, members, others, movements, days=DAYS):
    """Post `movements` in the register, two a compensation; return ids to look at.

    They are spread over the last `days`.

    The hot member has up to HOT_MOVEMENTS of them, the few one exactly one.
    """
    pattern = _validated(network, members["few"], members["shop"])
    _trades(network.env, members, others, movements // 2 - 1, days)
    before = copies(pattern, _traded(), **_compensation())
    moves = copies(
        pattern.register_move_id,
        SQL("SELECT x.*, x.n + %s AS compensation FROM (%s) x", before, _traded()),
        **_move(network, SQL("s.compensation")),
    )
    for line in pattern.register_move_id.line_ids:
        _lines(line, "seller" if line.debit else "buyer", moves)
    network.env.cr.execute(
        SQL(
            """UPDATE troc_compensation c SET register_move_id = m.id
                 FROM account_move m WHERE m.troc_compensation_id = c.id"""
        )
    )
    _waiting(pattern, members["hot"], before, movements)
    _set_balances(network)
    hot = pattern.search([("buyer_id", "=", members["hot"].id)], limit=1)
    return {"few": pattern.id, "hot": hot.id}


def _validated(network, seller, buyer):
    """Return a compensation with its real entry in the register."""
    # known only once the configuration has told where the addons are
    from odoo.addons.troc_actif_invoice.seal import sealed

    today = fields.Date.today()
    compensation = sealed(network.env["troc.compensation"]).create(
        {
            "network_id": network.id,
            "currency_id": network.currency_id.id,
            "source": "upload",
            "state": "validated",
            "seller_id": seller.id,
            "buyer_id": buyer.id,
            "document_number": "F-0",
            "document_date": today,
            "entry_date": today,
            "untaxed_amount": 100,
            "tax_amount": 20,
            "total_amount": 120,
            "actif_share": 100,
            "actif_amount": 120,
            "cash_amount": 0,
        }
    )
    move = network.env["troc.posting"]._post_register(compensation, network, today)
    compensation.register_move_id = move
    return compensation


def _trades(env, members, others, count, days):
    """Make the table bench_trade: who sells to whom, when, for how much."""
    env.cr.execute(
        SQL(
            "CREATE TABLE bench_trade"
            " (n int, seller int, buyer int, amount int, day date)"
        )
    )
    rows = list(_trade_rows(members["hot"].id, others, count, days))
    insert = "INSERT INTO bench_trade VALUES %s"
    execute_values(env.cr._obj, insert, rows, page_size=1000)


def _trade_rows(hot, others, count, days):
    """Yield them oldest first; the hot member's lie evenly among them."""
    chance = random.Random(2)
    start = fields.Date.today() - timedelta(days=days)
    hot_count = min(HOT_MOVEMENTS, count // 4)
    for n in range(1, count + 1):
        pair = chance.sample(others, 2)
        turn = n * hot_count // count
        if turn != (n - 1) * hot_count // count:
            # he sells more than he buys: the page offers him what to spend it on
            pair[turn % 9 >= 5] = hot
        yield n, *pair, chance.randint(20, 1500), start + timedelta(n * days // count)


def _traded():
    """Return the trades with what the columns need to know of both members."""
    return SQL(
        """SELECT x.*, to_char(x.day, 'YYYY/MM/') AS month,
                  row_number() OVER (
                      PARTITION BY to_char(x.day, 'YYYY/MM/') ORDER BY x.n
                  ) AS in_month,
                  a.partner_id AS seller_partner, a.territory_id AS seller_territory,
                  b.partner_id AS buyer_partner, b.territory_id AS buyer_territory,
                  a.name AS seller_name, b.name AS buyer_name
             FROM bench_trade x JOIN troc_member a ON a.id = x.seller
             JOIN troc_member b ON b.id = x.buyer"""
    )


def _compensation():
    return {
        "name": SQL("'AC' || s.n"),
        "document_number": SQL("'F-' || s.n"),
        "seller_id": SQL("s.seller"),
        "buyer_id": SQL("s.buyer"),
        "seller_partner_id": SQL("s.seller_partner"),
        "buyer_partner_id": SQL("s.buyer_partner"),
        "seller_territory_id": SQL("s.seller_territory"),
        "buyer_territory_id": SQL("s.buyer_territory"),
        "document_date": SQL("s.day"),
        "entry_date": SQL("s.day"),
        "document_year": SQL("extract(year FROM s.day)"),
        "total_amount": SQL("s.amount"),
        "actif_amount": SQL("s.amount"),
        "untaxed_amount": SQL("round(s.amount / 1.2, 2)"),
        "tax_amount": SQL("s.amount - round(s.amount / 1.2, 2)"),
        "register_move_id": SQL("NULL"),
    }


def _move(network, compensation):
    """Return the columns of a register entry.

    It is numbered month by month, as Odoo does, from the second on: this month's first
    is the entry that was copied.  The entries are no hash chain yet: no page reads it.
    """
    prefix = SQL("%s || s.month", f"{network.register_journal_id.code}/")
    number = SQL("to_char(s.in_month + 1, 'FM999990000')")
    return {
        "name": SQL("%s || %s", prefix, number),
        "sequence_prefix": prefix,
        "sequence_number": SQL("s.in_month + 1"),
        "date": SQL("s.day"),
        "ref": SQL("'F-' || s.n || ' - AC' || s.n"),
        "troc_compensation_id": compensation,
        "inalterable_hash": SQL("NULL"),
        "secure_sequence_number": SQL("NULL"),
    }


def _lines(line, side, moves):
    """Copy one line of the register entry into all of them; debit of the seller."""
    sign = 1 if side == "seller" else -1
    amount = SQL("s.amount * %s", sign)
    other = "buyer" if side == "seller" else "seller"
    copies(
        line,
        _traded(),
        move_id=SQL("%s + s.n", moves),
        move_name=SQL("'banc/' || s.n"),
        ref=SQL("'F-' || s.n || ' - AC' || s.n"),
        name=SQL(
            "'Actif F-' || s.n || ' ' || %s", SQL.identifier("s", f"{other}_name")
        ),
        partner_id=SQL.identifier("s", f"{side}_partner"),
        date=SQL("s.day"),
        debit=SQL("greatest(%s, 0)", amount),
        credit=SQL("greatest(-(%s), 0)", amount),
        balance=amount,
        amount_currency=amount,
    )


def _waiting(pattern, hot, before, movements):
    """Copy some of the hot member's compensations that are not validated."""
    source = SQL(
        """SELECT row_number() OVER (ORDER BY n) AS n, seller, buyer, seller_partner,
                  buyer_partner, seller_territory, buyer_territory, amount, day
             FROM (%s) x WHERE %s IN (seller, buyer) ORDER BY n LIMIT %s""",
        _traded(),
        hot.id,
        min(HOT_WAITING, movements // 40),
    )
    states = "(ARRAY['submitted','draft','refused'])[1 + s.n %% 3]"
    values = _compensation() | {
        "name": SQL("'AW' || s.n"),
        "document_number": SQL("'W-' || s.n"),
        "state": SQL(states),
    }
    copies(pattern, source, **values)


def _set_balances(network):
    """Let the stored balances be what the register says, within limits."""
    network.env.cr.execute(
        SQL(
            """UPDATE troc_account a SET balance = x.balance,
                      credit_limit = greatest(2000, -x.balance)
                 FROM troc_member m,
                      (SELECT partner_id, sum(balance) AS balance
                         FROM account_move_line
                        WHERE journal_id = %s AND parent_state = 'posted'
                        GROUP BY partner_id) x
                WHERE a.id = m.account_id AND x.partner_id = m.partner_id
                  AND m.network_id = %s""",
            network.register_journal_id.id,
            network.id,
        )
    )
    network.env.invalidate_all()


def make_invoices(network, members):
    """Post Odoo's own customer invoices: many for the hot member, one for the few."""
    for key, count in (("hot", HOT_INVOICES), ("few", 1)):
        invoice = _invoice(network, members[key].partner_id)
        _copied_invoices(invoice, count - 1)


def _invoice(network, partner):
    env = network.env
    tax = env["account.tax"].search(
        [
            ("company_id", "=", network.company_id.id),
            ("name", "=", "20% S"),
            ("type_tax_use", "=", "sale"),
        ],
        limit=1,
    )
    line = {"name": "Cotisation", "quantity": 1, "price_unit": 100}
    invoice = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": fields.Date.today(),
            "invoice_line_ids": [
                Command.create({**line, "tax_ids": [Command.set(tax.ids)]})
            ],
        }
    )
    invoice.action_post()
    return invoice


def _copied_invoices(invoice, count):
    series = SQL("SELECT n, n::int AS days FROM generate_series(1, %s) n", count)
    day = {name: SQL("t.%s - s.days", SQL.identifier(name)) for name in ("date",)}
    moves = copies(
        invoice,
        series,
        name=SQL("t.sequence_prefix || lpad((90000 - s.n)::text, 5, '0')"),
        sequence_number=SQL("90000 - s.n"),
        invoice_date=SQL("t.invoice_date - s.days"),
        invoice_date_due=SQL("t.invoice_date_due - s.days"),
        access_token=SQL("NULL"),
        inalterable_hash=SQL("NULL"),
        **day,
    )
    for line in invoice.line_ids:
        copies(
            line,
            series,
            move_id=SQL("%s + s.n", moves),
            date_maturity=SQL("t.date_maturity - s.days"),
            invoice_date=SQL("t.invoice_date - s.days"),
            **day,
        )
