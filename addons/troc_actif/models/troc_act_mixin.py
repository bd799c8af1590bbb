"""What every act on Actifs shares: reasons, locks, guards, overrides."""

import dataclasses

from odoo import fields, models
from odoo.tools import SQL

from .. import exceptions
from ..lib.actif_rules import limits
from ..lib.actif_rules.errors import RuleError


class TrocActMixin(models.AbstractModel):
    """A record that moves Actifs between two members' accounts by a recorded act.

    The rhythm of such an act: access > lock > rules > guards > post > tell.
    """

    _name = "troc.act.mixin"
    _description = "Act on members' accounts"

    def _check_decision_reason(self, reason):
        self.check_access("read")
        if not (reason or "").strip():
            names = ", ".join(self.sudo().mapped("name"))
            exceptions.refuse(self.env, RuleError("reason_missing"), names)

    def _refuse_state(self, needed):
        label = exceptions.state_label
        error = RuleError(
            "wrong_state", state=self.state, needed=label(self.env, needed)
        )
        exceptions.refuse(self.env, error, self._label())

    def _lock(self, table, ids):
        if ids:
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
                    SQL.identifier(table),
                    tuple(ids),
                )
            )

    def _write_guards(self, accounts):
        """Write the balances before anything is posted; the database checks limits."""
        for member in sorted(accounts, key=lambda m: m.id):
            member._set_balance(accounts[member])
        self.env["troc.member"].flush_model()

    def _record_override(self, reason):
        self.write(
            {
                "override_by_id": self.env.uid,
                "override_on": fields.Datetime.now(),
                "override_reason": reason,
            }
        )

    def _moved(self, account, amount):
        """Return `account` after `amount`, with the overrides it then needs."""
        after = dataclasses.replace(account, balance=account.balance + amount)
        credit, balance = limits.overrides_needed(after)
        return dataclasses.replace(
            after, credit_override=credit, balance_override=balance
        )
