"""What each question about a big network costs; prints {name: figures} as JSON."""

import argparse
import json
from datetime import timedelta

from meter import environment, metered, open_registry, progress

from odoo import fields
from odoo.tools import SQL

PAGE = 80
COUNTED = 10_000  # as far as the web client counts
STATEMENT = 80
POSTED = 50  # entries
AMOUNTS = ["earned:sum", "spent:sum", "balance:sum"]
SHOWN = (
    *("name", "member_id", "territory_id", "state", "earned", "spent", "balance"),
    *("limit_used", "last_movement", "currency_id"),
)
MOVEMENTS = (
    *("date", "member_id", "counterpart_id", "reference", "earned", "spent"),
    *("amount", "balance", "currency_id", "is_reversal"),
)


class Bench:
    """The ways to ask, on one network; `hot` is a member with many movements."""

    def __init__(self, env, ids):
        self.env = env
        self.network = env["troc.network"].browse(ids["network"])
        self.hot = env["troc.member"].browse(ids["hot"])
        self.others = env["troc.member"].browse([ids["few"], ids["shop"]])
        self.date = fields.Date.today() - timedelta(days=200)
        self.since = self.date.replace(month=1, day=1)
        self.own = [("network_id", "=", self.network.id)]
        self.register = [
            ("account_id", "=", self.network.register_account_id.id),
            ("journal_id", "=", self.network.register_journal_id.id),
            ("parent_state", "=", "posted"),
        ]

    @property
    def balances(self):
        context = {"troc_date": str(self.date), "troc_date_from": str(self.since)}
        return self.env["troc.balance"].with_context(**context)

    @property
    def items(self):
        return self.env["troc.register.item"]

    @property
    def lines(self):
        return self.env["account.move.line"]

    # -- balances of all members as of a day ----------------------------------

    def plain_balances(self):
        """Odoo's own grouping of the journal items: balance and last day, then the
        amounts of the period."""
        until = [*self.register, ("date", "<=", self.date)]
        rows = self.lines._read_group(
            until, ["partner_id"], ["balance:sum", "date:max"]
        )
        period = [*until, ("date", ">=", self.since)]
        self.lines._read_group(period, ["partner_id"], ["debit:sum", "credit:sum"])
        return {partner.id: balance for partner, balance, _last in rows}

    def balances_all(self):
        """All lines of the screen, as its export reads them."""
        found = self.balances.search_fetch(self.own, SHOWN)
        return {line.member_id.partner_id.id: line.balance for line in found}

    def balances_page(self):
        """One page of the screen, sorted by balance, with its count."""
        self.balances.search_fetch(self.own, SHOWN, order="balance desc", limit=PAGE)
        self.balances.search_count(self.own, limit=COUNTED + 1)

    def balances_by_territory(self):
        """The screen as it opens: groups with their sums, then the total."""
        self.balances._read_group(self.own, ["territory_id"], ["__count", *AMOUNTS])
        self.balances._read_group(self.own, [], ["__count", *AMOUNTS])

    # -- the register ---------------------------------------------------------

    def register_page(self):
        """The newest movements of all members, each with the balance after it."""
        self.items.search_fetch(self.own, MOVEMENTS, limit=PAGE).mapped("balance")
        self.items.search_count(self.own, limit=COUNTED + 1)

    def plain_register_page(self):
        """The same with a window over all movements, as it was done before."""
        self.env.execute_query(
            SQL(
                """SELECT * FROM (SELECT item.*, SUM(amount) OVER (
                              PARTITION BY member_id ORDER BY date, id) AS balance
                             FROM (%s) item) summed
                    ORDER BY date DESC, id DESC LIMIT %s""",
                self.items._table_query,
                PAGE,
            )
        )
        self.items.search_count(self.own, limit=COUNTED + 1)

    def register_by_member(self):
        """The register as it opens: a group a member."""
        sums = ["__count", "earned:sum", "spent:sum", "amount:sum"]
        self.items._read_group(self.own, ["member_id"], sums, limit=PAGE)

    def register_pivot(self):
        self.items._read_group(self.own, ["date:month"], ["amount:sum"])
        self.items._read_group(self.own, ["member_id", "date:month"], ["amount:sum"])

    # -- one member -----------------------------------------------------------

    def plain_statement(self):
        """The page by hand: the lines of one partner, and the sum before them."""
        own = [*self.register, ("partner_id", "=", self.hot.partner_id.id)]
        lines = self.lines.search(own, order="date desc, id desc", limit=STATEMENT)
        lines.mapped("move_id.ref")
        first = lines[-1:]
        before = ["|", ("date", "<", first.date), "&", ("date", "=", first.date)]
        self.lines._read_group(
            [*own, *before, ("id", "<", first.id)], [], ["balance:sum"]
        )
        self.lines.search_count(own)

    def statement(self):
        """What the member's page asks for, as the page does."""
        domain = self.hot._movements_domain()
        self.items.search_count(domain)
        return self.hot._movements(domain, limit=STATEMENT)

    # -- one more entry in the register ----------------------------------------

    def posting(self):
        """Post entries of the register, and take all of it back."""
        self._post()

    def posting_without_index(self):
        self.env.cr.execute("DROP INDEX account_move_line_troc_register_idx")
        self._post()

    def _post(self):
        compensations = self.env["troc.compensation"].search(
            [*self.own, ("state", "=", "validated")], limit=POSTED
        )
        today = fields.Date.today()
        # the database refuses a second entry of one act: theirs are nobody's meanwhile
        self.env.cr.execute(
            "UPDATE account_move SET troc_compensation_id = NULL WHERE id IN %s",
            [tuple(compensations.register_move_id.ids)],
        )
        self.env.invalidate_all()
        self.env["troc.posting"]._post_register(compensations, self.network, today)
        self.env.flush_all()

    # -- what is measured only where it is installed ---------------------------

    def dashboard(self):
        """All figures of the network's dashboard."""
        return self.env["troc.dashboard"].create({"network_id": self.network.id})

    def keep_books(self):
        """Let the hot member have books here, empty: every movement is a difference."""
        from odoo.addons.troc_actif_invoice.tests.companies import prepare_companies

        company = prepare_companies(self.env)["seller"]
        self.env.user.company_ids |= company
        company.with_context(allowed_company_ids=company.ids).action_troc_setup()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE troc_member SET kind = 'hosted', company_id = %s WHERE id = %s",
                company.id,
                self.hot.id,
            )
        )
        self.env.invalidate_all()

    def justification(self):
        values = {"member_id": self.hot.id, "date": fields.Date.today()}
        self.env["troc.justification"].create(values)

    def plain_justification(self):
        """The lines of both books, read to be compared by hand."""
        own = [*self.register, ("partner_id", "=", self.hot.partner_id.id)]
        books = [("account_id", "=", self.hot.company_id.troc_account_id.id)]
        for domain in (own, books):
            self.lines.search_read(domain, ["date", "ref", "balance", "move_id"])

    # -- the eight invariants --------------------------------------------------

    def verification(self):
        """Yield (code, work) of the eight invariants."""
        run = self.env["troc.verification"].create({"network_id": self.network.id})
        for code in run._checks():
            yield code, getattr(run, f"_breaches_{code}")


WAYS = (
    *("plain_balances", "balances_all", "balances_page", "balances_by_territory"),
    *("plain_register_page", "register_page", "register_by_member", "register_pivot"),
    *("plain_statement", "statement"),
)
UNDONE = ("posting_without_index", "posting")


def measure(env, ids, rounds):
    """Return {name: figures}: milliseconds and queries a round, the ways in turn."""
    # what other processes of PostgreSQL do would not be counted
    env.cr.execute("SET max_parallel_workers_per_gather = 0")
    bench = Bench(env, ids)
    check(bench)
    costs = {}
    for number in range(-1, rounds):
        progress(f"Round {number}")
        for name in (*WAYS, *UNDONE):
            cost = once(env, getattr(bench, name), undo=name in UNDONE)
            if number >= 0:
                costs[name] = cost if name not in costs else added(costs[name], cost)
    for code, breaches in bench.verification():
        progress(f"Verification: {code}")
        name = f"verify_{code}"
        costs[name] = once(env, breaches, held=True)
    costs |= elsewhere(bench, rounds)
    return {name: cost.as_dict() for name, cost in costs.items()}


def elsewhere(bench, rounds):
    """Return {name: Cost} of what other parts bring, as far as they are installed."""
    env, costs = bench.env, {}
    if "troc.dashboard" in env:
        costs["dashboard"] = several(env, bench.dashboard, rounds)
    if "troc.justification" in env:
        bench.keep_books()
        for name in ("plain_justification", "justification"):
            costs[name] = several(env, getattr(bench, name), rounds)
    return costs


def several(env, work, rounds):
    """Return the Cost of so many rounds of some work, after one that only warms up."""
    once(env, work)
    cost = once(env, work)
    for _ in range(rounds - 1):
        cost = added(cost, once(env, work))
    return cost


def check(bench):
    """Fail unless both ways tell the same balances, which sum to zero."""
    plain, ours = bench.plain_balances(), bench.balances_all()
    moved = {partner: total for partner, total in ours.items() if partner in plain}
    assert {p: round(b, 2) for p, b in moved.items()} == {
        p: round(b, 2) for p, b in plain.items()
    }
    assert round(sum(ours.values()), 2) == 0, sum(ours.values())


def once(env, work, undo=False, held=False):
    """Return the Cost of doing some work once, with nothing in Odoo's cache."""
    env.flush_all()
    env.invalidate_all()
    with env.cr.savepoint(flush=False) as savepoint:
        with metered(env.cr, 1) as cost:
            told = work()
        if undo:
            env.invalidate_all(flush=False)
            savepoint.rollback()
            # the numbers that Odoo thinks it has given
            env["account.move"]._get_sequence_cache().clear()
    assert not (held and told), told
    return cost


def added(one, other):
    for name in ("records", "python", "postgres", "wall", "queries"):
        setattr(one, name, getattr(one, name) + getattr(other, name))
    return one


def main():
    registry, arguments = open_registry()
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--ids", type=json.loads)
    options = parser.parse_args(arguments)
    with environment(registry) as env:
        network = env["troc.network"].browse(options.ids["network"])
        env.user.company_ids |= network.company_id
        context = {**env.context, "allowed_company_ids": network.company_id.ids}
        found = measure(env(context=context), options.ids, options.rounds)
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
