"""Members ask for other limits; managers answer."""

from odoo import fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.typed import Number, Text

from ... import exceptions
from ..common.locks import lock_rows
from .troc_member_limit_notify import mail_each
from .troc_member_limits import ACTIVITY

STATES = [
    ("submitted", "Waiting"),
    ("granted", "Granted"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


class TrocLimitRequest(models.Model):
    """A member's wish for other limits, and what was answered; one at a time."""

    _name = "troc.limit.request"
    _description = "Request for limits"
    _inherit = ["troc.kept.mixin"]
    _order = "id desc"
    _rec_name = "member_id"

    member_id = fields.Many2one(
        "troc.member", required=True, readonly=True, ondelete="cascade", index=True
    )
    network_id = fields.Many2one(related="member_id.network_id", store=True)
    territory_id = fields.Many2one(related="member_id.territory_id", store=True)
    currency_id = fields.Many2one(related="member_id.currency_id")
    balance = fields.Monetary(related="member_id.balance")
    state = fields.Selection(
        STATES, required=True, readonly=True, default="submitted", index=True
    )
    user_id = fields.Many2one("res.users", "Asked by", required=True, readonly=True)
    date = fields.Datetime("Asked on", readonly=True, default=fields.Datetime.now)
    reason = fields.Char(required=True, readonly=True)
    credit_before = fields.Monetary("Credit limit then", readonly=True)
    ceiling_before = fields.Monetary("Balance limit then", readonly=True)
    wanted_credit = fields.Monetary("Credit limit wanted", readonly=True)
    wanted_ceiling = fields.Monetary(
        "Balance limit wanted", readonly=True, help="0 = no ceiling."
    )
    granted_credit = fields.Monetary("Credit limit granted", readonly=True)
    granted_ceiling = fields.Monetary("Balance limit granted", readonly=True)
    decision_reason = fields.Char("Answer", readonly=True)
    decided_by_id = fields.Many2one("res.users", "Answered by", readonly=True)
    decided_on = fields.Datetime("Answered on", readonly=True)

    _one_open = models.UniqueIndex(
        "(member_id) WHERE state = 'submitted'",
        "A request of this member waits for an answer already.",
    )

    # -- answers ------------------------------------------------------------------

    @each_once
    def action_grant(self, credit_limit: Number, balance_limit: Number, reason: Text):
        """Give the member these limits, which may be less than he asked for.

        The same rights as to set limits.
        """
        self.ensure_one()
        self._check_deciders(reason)
        wanted = self.sudo().member_id._limits_given(credit_limit, balance_limit)
        own = self._take_open()
        account = own.member_id.account_id._take()
        account._change_limits(wanted, "request", reason)
        own.write(
            {
                "granted_credit": float(wanted.credit),
                "granted_ceiling": float(wanted.ceiling),
            }
        )
        own._decide("granted", reason)
        mail_each(own, "troc_actif.mail_limit_granted")
        return True

    @each_once
    def action_refuse(self, reason: Text):
        """Refuse, with a reason that the member reads; the same rights."""
        self.ensure_one()
        self._check_deciders(reason)
        own = self._take_open()
        own._decide("refused", reason)
        mail_each(own, "troc_actif.mail_limit_refused")
        return True

    @each_once
    def action_withdraw(self):
        """Take the request back: whoever trades for the member."""
        self.ensure_one()
        self.check_access("read")
        self.sudo().member_id.with_user(self.env.user)._check_trader()
        self._take_open()._decide("withdrawn", False)
        return True

    @each_once
    def action_open_decision(self):
        """Open the window in which a manager answers."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer to %s", self.member_id.name),
            "res_model": "troc.limit.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_request_id": self.id},
        }

    def _check_deciders(self, reason):
        self.check_access("read")
        # as the user: the member asks for his rights
        self.sudo().member_id.with_user(self.env.user)._check_limit_setters(reason)

    def _take_open(self):
        """Lock this request; return it, to be written, or refuse if it is closed."""
        lock_rows(self.env, self._table, self.ids)
        self.invalidate_recordset()
        own = sealed(self)
        if own.state != "submitted":
            error = RuleError("request_closed", state=own._state_label())
            exceptions.refuse(self.env, error, own.member_id.name)
        return own

    def _decide(self, state, reason):
        self.write(
            {
                "state": state,
                "decision_reason": reason,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        self.member_id._asked_no_more(ACTIVITY)
        told = {"state": self._state_label(), "reason": reason or ""}
        self.member_id._log(
            self.env._("Request for limits: %(state)s. %(reason)s", **told)
        )

    def _state_label(self):
        """Return the state in the reader's words."""
        return dict(self._fields["state"]._description_selection(self.env))[self.state]
