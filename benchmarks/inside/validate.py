"""Validate compensations, three books each, against Register Payment in two books."""

import argparse
import json
from unittest.mock import patch

from meter import environment, metered, open_registry, progress

from odoo import Command, fields

# VAT due on payment (services) or at the invoice (goods), of the French chart
TAXES = {"services": "20% S", "goods": "20% G"}
GROUPS = "base.group_user,account.group_account_user"
ANIMATOR = "base.group_user,troc_actif.group_troc_animator"
MANAGER = "base.group_user,troc_actif.group_troc_manager"


class Bench:
    """The data: two hosted members, an animator, two accountants; invoices at will."""

    def __init__(self, registry, tax):
        self.registry = registry
        self.tax = tax
        with environment(registry) as env:
            self._prepare(env)

    def _prepare(self, env):
        # known only once the configuration has told where the addons are
        from odoo.addons.troc_actif_invoice.tests.companies import prepare_companies

        companies = prepare_companies(env)
        self.companies = {key: company.id for key, company in companies.items()}
        env.user.company_ids |= env["res.company"].browse(self.companies.values())
        env = self._within(env, *self.companies.values())
        network = env["troc.network"].create(
            {"name": "Banc d'essai", "company_id": self.companies["operator"]}
        )
        network.action_setup_register()
        # of the operator's company alone: nobody sets limits of a member he is of
        self.manager = self._user(
            *(env, "bench_manager", MANAGER, self.companies["operator"])
        )
        self.seller = self._member(env, network, "seller", "000100016")
        self.buyer = self._member(env, network, "buyer", "000100024")
        self.animator = self._animator(env)
        self.accountants = {
            key: self._user(env, f"bench_{key}", GROUPS, self.companies[key])
            for key in ("seller", "buyer")
        }

    def _within(self, env, *company_ids):
        return env(context={**env.context, "allowed_company_ids": list(company_ids)})

    def _member(self, env, network, key, siren):
        company = env["res.company"].browse(self.companies[key])
        company.action_troc_setup()
        member = env["troc.member"].create(
            {
                "network_id": network.id,
                "partner_id": company.partner_id.id,
                "company_id": company.id,
                "kind": "hosted",
                "siren": siren,
                "state": "active",
            }
        )
        manager = self._within(env, self.companies["operator"])(user=self.manager)
        member.with_env(manager).action_set_limits(10**9, 0, "Banc d'essai")
        return member.id

    def _animator(self, env):
        user = self._user(
            *(env, "bench_animator", ANIMATOR, self.companies["operator"])
        )
        territory = env["troc.member"].browse(self.seller).territory_id
        territory.animator_ids = [Command.link(user)]
        return user

    def _user(self, env, login, groups, company_id):
        refs = [env.ref(name).id for name in groups.split(",")]
        user = env["res.users"].create(
            {
                "name": login,
                "login": login,
                "email": f"{login}@example.com",
                "group_ids": [Command.set(refs)],
                "company_id": company_id,
                "company_ids": [Command.set([company_id])],
            }
        )
        return user.id

    def invoices(self, count, bills=True, share=100):
        """Return the ids of fresh posted invoices at this share and of their bills."""
        with environment(self.registry) as env:
            invoices = self._moves(env, count, "seller", "out_invoice")
            invoices.actif_share = share
            found = {"seller": invoices.ids}
            if bills:
                bills = self._moves(env, count, "buyer", "in_invoice", invoices)
                found["buyer"] = bills.ids
        return found

    def _moves(self, env, count, key, move_type, invoices=None):
        env = self._within(env, self.companies[key])
        sale = move_type == "out_invoice"
        other = env["troc.member"].browse(self.buyer if sale else self.seller)
        tax = env["account.tax"].search(
            [
                ("company_id", "=", self.companies[key]),
                ("name", "=", self.tax),
                ("type_tax_use", "=", "sale" if sale else "purchase"),
            ],
            limit=1,
        )
        moves = env["account.move"].create(
            [
                {
                    "move_type": move_type,
                    "partner_id": other.partner_id.id,
                    "invoice_date": fields.Date.today(),
                    "actif_share": 100 if sale else 0,
                    "ref": False if sale else invoices[number].name,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Prestation",
                                "quantity": 1,
                                "price_unit": 100.0 + number,
                                "tax_ids": [Command.set(tax.ids)],
                            }
                        )
                    ],
                }
                for number in range(count)
            ]
        )
        moves.action_post()
        return moves

    def submitted(self, count):
        """Return the ids of fresh submitted compensations with posted bills."""
        found = self.invoices(count)
        context = {"allowed_company_ids": [self.companies["seller"]]}
        with environment(self.registry, self.accountants["seller"], **context) as env:
            moves = env["account.move"].browse(found["seller"])
            # the PDF is made at submission, which is not what is measured here
            with patch.object(type(moves), "_troc_document", _document):
                moves.action_troc_submit()
            return moves.sudo().troc_compensation_ids.ids

    # -- the ways ---------------------------------------------------------------

    def ours(self, count):
        """Return the cost of validating `count` compensations, three books each."""
        ids = self.submitted(count)
        company = {"allowed_company_ids": [self.companies["operator"]]}
        with environment(self.registry, self.animator, **company) as env:
            compensations = env["troc.compensation"].browse(ids)
            with metered(env.cr, count) as cost:
                compensations._check_validators()
                done, waiting = compensations._validate_now()
                env.cr.flush()
            assert len(done) == count, waiting.mapped("blocked_reason")
        return cost

    def wizard(self, count):
        """Return the cost of Register Payment on `count` invoices, then the bills."""
        found = self.invoices(count, share=0)  # all in euros, as before there was ours
        cost = None
        for key in ("seller", "buyer"):
            context = {"allowed_company_ids": [self.companies[key]]}
            with environment(self.registry, self.accountants[key], **context) as env:
                with metered(env.cr, count) as one:
                    self._register_payment(env, found[key])
                    env.cr.flush()
                moves = env["account.move"].browse(found[key])
                assert set(moves.mapped("payment_state")) == {"paid"}
            cost = self._sum(cost, one)
        return cost

    def _register_payment(self, env, ids):
        wizard = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=ids
        )
        wizard.create({"group_payment": False}).action_create_payments()

    def _sum(self, one, other):
        if one is None:
            return other
        for name in ("python", "postgres", "wall", "queries"):
            setattr(one, name, getattr(one, name) + getattr(other, name))
        return one

    def singles(self, times):
        """Return the costs of `times` single ones, today's way and ours in turn."""
        totals = {self.wizard: None, self.ours: None}
        for _number in range(times):
            totals = {way: self._sum(cost, way(1)) for way, cost in totals.items()}
        for total in totals.values():
            total.records = times
        return totals.values()


def _document(move):
    return f"{move.id}.xml", f"<invoice>{move.name}</invoice>".encode()


def measure(bench, singles, batch, sizes):
    """Return {name: Cost}, after one round that only warms up."""
    progress("Warming up…")
    bench.ours(2)
    bench.wizard(2)
    costs = {}
    progress(f"One at a time, Register Payment and ours in turn ({singles} each)…")
    costs["wizard_one_by_one"], costs["ours_single"] = bench.singles(singles)
    progress(f"Register Payment, {batch} at once…")
    costs["wizard_batch"] = bench.wizard(batch)
    for size in sorted({batch, *sizes}):
        progress(f"Ours, {size} at once…")
        costs[f"ours_{size}"] = bench.ours(size)
    return costs


def ratios(costs, batch):
    """Return the ratios of CPU a compensation; below 1 ours is cheaper."""
    one_by_one = costs["wizard_one_by_one"].cpu
    ours, name = costs[f"ours_{batch}"].cpu, f"batch{batch}_vs_wizard"
    return {
        f"{name}_one_by_one": ours / one_by_one,
        f"{name}_batch": ours / costs["wizard_batch"].cpu,
        "single_vs_wizard": costs["ours_single"].cpu / one_by_one,
    }


def main():
    registry, arguments = open_registry()
    parser = argparse.ArgumentParser(prog="benchmarks/validate.py")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--sizes", default="1,25,100,500")
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--singles", type=int, default=16)
    parser.add_argument("--vat", choices=TAXES, default="services")
    options = parser.parse_args(arguments)
    sizes = map(int, options.sizes.split(","))
    bench = Bench(registry, TAXES[options.vat])
    costs = measure(bench, options.singles, options.batch, sizes)
    shares = ratios(costs, options.batch)
    found = {name: round(value, 3) for name, value in shares.items()}
    raw = {name: cost.as_dict() for name, cost in costs.items()}
    print(
        json.dumps({"ratios": found, "raw": raw}) if options.json else table(found, raw)
    )


def table(found, raw):
    """Return the figures as a Markdown table, for benchmarks/README.md."""
    lines = [
        "| way (figures a compensation) | CPU ms | Python | PostgreSQL | queries |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, row in raw.items():
        cells = (row["cpu_ms"], row["python_ms"], row["postgres_ms"], row["queries"])
        lines.append(f"| {name} | " + " | ".join(f"{c:.1f}" for c in cells) + " |")
    lines += ["", "| ratio of CPU | measured |", "|---|---:|"]
    lines += [f"| {name} | {value:.2f} |" for name, value in found.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
