"""The buyer's word before validation, where the network asks for it."""

from odoo import fields

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.public import each_once
from odoo.addons.troc_actif_invoice.seal import sealed

from ... import exceptions


class TrocCompensationAcceptance:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_accept(self):
        """Accept submitted invoices, as a user of the buyer with the right to trade."""
        for compensation in self:
            compensation.check_access("read")
            compensation._check_buyer(self.env.user)
            if compensation.state != "submitted":
                compensation._refuse_state("submitted")
            compensation._check_acceptable()
        todo = sealed(self).filtered(lambda c: not c.buyer_accepted_on)
        todo.write(
            {
                "buyer_accepted_by_id": self.env.uid,
                "buyer_accepted_on": fields.Datetime.now(),
            }
        )
        self.env["troc.notice"]._note(
            todo,
            lambda c: c.env._("Accepted by %s for the buyer.", self.env.user.name),
        )
        todo._refresh_blocked()
        return True

    def _check_acceptable(self):
        """Refuse a promise that a judgment leaves no way to keep."""
        try:
            # sudo: whether the other side is under one; the refusal is told to both
            own_sudo = self.sudo()
            undone = own_sudo.origin_id.entry_date or None
            own_sudo._check_solvent(own_sudo._posting_day(), undone)
        except RuleError as error:
            exceptions.refuse(self.env, error, self._label())

    def _check_buyer(self, user):
        buyer = self.sudo().buyer_id
        if buyer not in self.env["troc.member"]._of_user(user):
            error = RuleError("not_buyer", user=user.name, buyer=buyer.name)
            exceptions.refuse(self.env, error, self._label())
        buyer.with_env(self.env)._check_trader()
