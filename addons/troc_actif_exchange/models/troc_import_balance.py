"""Opening balances: all of them together, through transfers, or none."""

from decimal import Decimal

from odoo import SUPERUSER_ID
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import rows as import_rows
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from .import_outcome import Outcome

SHOWN = 20


class TrocImportRowBalance:
    """A part of TrocImportRow, where its fields stand."""

    __slots__ = ()

    def _import_balances(self, _archive):
        """Post the balances of all rows of this import in one act.

        Nothing is posted when one of these rows was refused, when they do not sum to
        zero, or when the register stands elsewhere already.
        """
        rows = self.import_id.row_ids.filtered("holds_balance").sorted("id")
        refused = rows.filtered(lambda row: row.status == "refused")
        if refused:
            numbers = tuple(refused.sorted("number").mapped("number")[:SHOWN])
            raise RuleError("import_balances_refused", number=numbers)
        import_rows.check_balances(row._opening_balance() for row in rows)
        members = rows.filtered(lambda row: not row.values.get("own_account"))
        stands = {row: row._balance_member() for row in members}
        if self._has_movements():
            self._check_standing(stands)
            return Outcome("unchanged", notes=[self._told_balances(members)])
        self._post_opening(stands)
        return Outcome("posted", notes=[self._told_balances(members)])

    def _opening_balance(self):
        return Decimal(self.values["opening_balance"])

    def _balance_member(self):
        return self._member(self.values["siren"])

    def _has_movements(self):
        network = self.import_id.network_id
        items = self.env["troc.register.item"]
        # a view of the database: it sees what was written there
        self.env.flush_all()
        return bool(items.search_count([("network_id", "=", network.id)], limit=1))

    def _check_standing(self, stands):
        wrong = [
            f"{row.what} ({self._told(member, row)})"
            for row, member in stands.items()
            if member.account_id._figures().balance != row._opening_balance()
        ]
        if wrong:
            raise RuleError("import_balances_stand", found=tuple(wrong[:SHOWN]))

    def _told(self, member, row):
        return f"{self._money(member.balance)} ≠ {self._money(row._opening_balance())}"

    def _told_balances(self, rows):
        amounts = [row._opening_balance() for row in rows]
        return self.env._(
            "%(count)s balances; above zero: %(positive)s, below zero: %(negative)s.",
            count=len(amounts),
            positive=self._money(sum((a for a in amounts if a > 0), Decimal(0))),
            negative=self._money(sum((a for a in amounts if a < 0), Decimal(0))),
        )

    def _money(self, amount):
        return formatLang(self.env, float(amount), digits=2)

    def _post_opening(self, stands):
        """Make one transfer a member against the network's own account, and post them.

        As they sum to zero, that account ends where it began.
        """
        network = self.import_id.network_id
        moving = {row: m for row, m in stands.items() if row._opening_balance()}
        if not moving:
            return
        network._ensure_own_member()
        transfers = self.env["troc.transfer"].create(
            [row._prepare_opening(member) for row, member in moving.items()]
        )
        self._sign_first(transfers)
        transfers.action_post()
        if set(transfers.mapped("state")) != {"posted"}:
            # the threshold changed since the import was started
            raise RuleError("import_second_manager", **self._second_facts())
        for row, member in moving.items():
            row._tell_beyond(member)

    def _sign_first(self, transfers):
        """Sign as the manager who checked the file, where another one imports it.

        Then two have decided, as the network may ask for; see `_check_second`.
        """
        first = self.import_id.checked_by_id
        if self._is_dry():
            # nothing is kept of a dry run: Odoo itself stands for the first one
            first = first.browse(SUPERUSER_ID)
        if first != self.env.user:
            sealed(transfers).first_validator_id = first

    def _second_facts(self):
        return {
            "threshold": dec(self.import_id.network_id.four_eyes_threshold),
            "user": self.import_id.checked_by_id.name,
        }

    def _prepare_opening(self, member):
        own, amount = self.import_id.network_id.own_member_id, self._opening_balance()
        giver, taker = (own, member) if amount > 0 else (member, own)
        return {
            "network_id": self.import_id.network_id.id,
            "kind": "opening",
            "giver_id": giver.id,
            "taker_id": taker.id,
            "amount": float(abs(amount)),
            "reason": self.env._("Opening balance, %s", self.import_id.filename or ""),
        }

    def _tell_beyond(self, member):
        """Tell which balance lies beyond a limit; its transfer recorded that."""
        excess = member.credit_override or member.balance_override
        if not excess:
            return
        told = self.env._(
            "The opening balance lies %s beyond the limit: recorded as let pass.",
            self._money(excess),
        )
        said = [self.message] if self.message else []
        self._keep("warning", self.result, [told, *said])
