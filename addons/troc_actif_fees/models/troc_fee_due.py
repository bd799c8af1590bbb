"""Finds what is due and not yet recorded: commissions, corrections, memberships."""

from collections import defaultdict

from odoo import api, fields
from odoo.tools import SQL

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.lib.actif_rules import fees
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.tools import dec

MEASURES = ("amount", "base", "allowance")
ASKED = ("due", "invoiced", "credited", "offset")
PAYS_NO_MEMBERSHIP = ("candidate", "leaving", "left")


class TrocFeeDue:
    """A part of TrocFee, where its fields stand."""

    __slots__ = ()

    @api.model
    def _prepare_due(self, network, date_to):
        """Record what `network` is owed up to `date_to` and has no line yet.

        Harmless to repeat.  What is due is compared with what was recorded, so that a
        reversal, a credit note and a partial correction are all the same.  Two at once
        for one network: the second starts again on what the first one left.
        """
        self._check_runner(network)
        # sudo: nobody writes fees; the runner was checked
        records_sudo = self.sudo()
        network = network.sudo()
        if not network.fee_policy_id:
            error = RuleError("fee_no_policy", network=network.name)
            exceptions.refuse(self.env, error, network.name)
        records_sudo._take_turn(network)
        records_sudo._release_cancelled(network)
        # corrections before: they give back of the allowance; and after: of the new
        made = records_sudo.create(records_sudo._prepare_corrections(network))
        made += records_sudo.create(records_sudo._prepare_commissions(network, date_to))
        made += records_sudo.create(records_sudo._prepare_corrections(network))
        made += records_sudo.create(records_sudo._prepare_memberships(network, date_to))
        return made.with_env(self.env)

    @api.model
    def _take_turn(self, network):
        """Wait for, and then collide with, whoever makes fees of `network` meanwhile.

        A row is written, not only locked: else the second one would go on with what
        it read before.
        """
        self.env.flush_all()
        # by SQL: the ORM leaves out what it takes for no change
        self.env.cr.execute(
            SQL(
                "UPDATE troc_network SET fees_run_on = now() AT TIME ZONE 'UTC'"
                " WHERE id = %s",
                network.id,
            )
        )
        network.invalidate_recordset(["fees_run_on"])

    def _release_cancelled(self, network):
        """Make due again what stood on an invoice that an accountant cancelled."""
        cancelled = self.search(
            [("network_id", "=", network.id), ("move_id.state", "=", "cancel")]
        )
        cancelled.write({"state": "due", "move_id": False})

    # -- commissions ----------------------------------------------------------

    def _prepare_commissions(self, network, date_to):
        """Return the values of the first lines of compensations that have none."""
        found = self.env["troc.compensation"].search(
            [
                ("network_id", "=", network.id),
                ("document_type", "=", "invoice"),
                ("state", "=", "validated"),
                ("entry_date", ">=", network.fees_from),
                ("entry_date", "<=", date_to),
                ("fee_ids", "=", False),
            ],
            order="entry_date, id",
        )
        used = self._allowances_used(found)
        return [
            values
            for compensation in found
            for values in self._prepare_commission(compensation, used)
        ]

    def _allowances_used(self, compensations):
        """Return {(member, year): bases that bore no commission}, to be added to."""
        groups = self._read_group(
            [
                (
                    "member_id",
                    "in",
                    (compensations.seller_id + compensations.buyer_id).ids,
                ),
                ("kind", "=", "commission"),
            ],
            ["member_id", "year"],
            ["allowance:sum"],
        )
        used = defaultdict(lambda: dec(0))
        used.update({(m, year): dec(total) for m, year, total in groups})
        return used

    def _prepare_commission(self, compensation, used):
        """Return the values of a compensation's lines: one for each who pays."""
        year = compensation.entry_date.year
        rows = []
        for side in ("seller", "buyer"):
            member = compensation[f"{side}_id"]
            terms = member._fee_policy()._terms()
            left = terms.allowance - used[member, year]
            charge = fees.commission(terms, compensation._trade(), side, left)
            if charge:
                used[member, year] += charge.allowance
                rows.append(self._prepare_line(compensation, side, charge))
        return rows or [self._prepare_line(compensation, "seller", _nothing())]

    def _prepare_line(self, compensation, side, charge):
        return {
            **self._prepare_head(compensation[f"{side}_id"]),
            "kind": "commission",
            "compensation_id": compensation.id,
            "side": side,
            "date": compensation.entry_date,
            "year": compensation.entry_date.year,
            "base": float(charge.base),
            "allowance": float(charge.allowance),
            "rate": float(charge.rate),
            "amount": float(charge.amount),
            "state": "due" if charge.amount else "free",
        }

    def _prepare_head(self, member):
        policy = member._fee_policy()
        territory = member.territory_id
        return {
            "network_id": member.network_id.id,
            "member_id": member.id,
            "policy_id": policy.id,
            "territory_id": territory.id,
            "territory_share": territory.fee_share or policy.territory_share
            if territory
            else 0,
        }

    # -- corrections ----------------------------------------------------------

    def _prepare_corrections(self, network):
        """Return the values of lines that bring what was recorded to what is due."""
        corrected = self.env["troc.compensation"].search(
            [
                ("network_id", "=", network.id),
                ("fee_ids", "!=", False),
                "|",
                ("state", "=", "reversed"),
                ("credit_note_ids.state", "in", ("validated", "reversed")),
            ],
            order="id",
        )
        rows = []
        for compensation in corrected:
            for lines in compensation.fee_ids.grouped("member_id").values():
                rows += lines._prepare_correction(compensation)
        return rows

    def _prepare_correction(self, compensation):
        """Return the values of one more line for one payer, or nothing."""
        first = self.sorted("number")[0]
        whole = dec(compensation.actif_amount)
        back = whole
        if compensation.state == "validated":
            back = dec(compensation.taken_back)
        due = {n: fees.still_due(dec(first[n]), whole, back) for n in MEASURES}
        charged = {n: dec(sum(self.mapped(n))) for n in MEASURES}
        asked = self.filtered(lambda fee: fee.state in ASKED)
        steps = {n: due[n] - charged[n] for n in MEASURES}
        steps["amount"] = fees.correction(
            due["amount"], charged["amount"], dec(sum(asked.mapped("amount")))
        )
        if not any(steps.values()):
            return []
        values = first.copy_data(
            {
                "number": max(self.mapped("number")) + 1,
                "date": fields.Date.context_today(self),
                "state": "due" if steps["amount"] else "free",
                **dict.fromkeys(("move_id", "queued_by_id"), False),
                **dict.fromkeys(("waived_by_id", "waived_on", "waived_reason"), False),
                **{n: float(step) for n, step in steps.items()},
            }
        )
        return values

    # -- memberships ----------------------------------------------------------

    def _prepare_memberships(self, network, date_to):
        """Return the values of the membership years that began up to `date_to`."""
        members = self.env["troc.member"].search(
            [
                ("network_id", "=", network.id),
                ("state", "not in", PAYS_NO_MEMBERSHIP),
                # the network itself pays nobody
                ("id", "!=", network.own_member_id.id),
            ],
            order="id",
        )
        known = self.search(
            [("member_id", "in", members.ids), ("kind", "!=", "commission")]
        ).grouped("member_id")
        return [
            values
            for member in members
            for values in self._prepare_years(
                member, network.fees_from, date_to, known.get(member, self.browse())
            )
        ]

    def _prepare_years(self, member, date_from, date_to, known):
        """A year that begins within one already asked for is asked only once."""
        rows = []
        for year in fees.membership_years(
            member._fee_policy()._membership(),
            member._member_since(),
            date_from,
            date_to,
        ):
            if not any(k.date <= year.first_day <= k.date_to for k in known):
                rows += self._prepare_year(member, year)
        return rows

    def _prepare_year(self, member, year):
        head = {
            **self._prepare_head(member),
            "date": year.first_day,
            "date_to": year.last_day,
            "year": year.first_day.year,
        }
        rows = []
        if year.fee:
            rows.append({**head, "kind": "membership", "amount": float(year.fee)})
        if year.share:
            # nobody's revenue: the association has no part of it
            free = {"territory_share": 0}
            rows.append({**head, "kind": "share", "amount": float(year.share), **free})
        return rows


def _nothing():
    zero = dec(0)
    return fees.Charge(zero, zero, zero, zero)
