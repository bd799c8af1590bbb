from odoo import fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions
from ..common.troc_thread_mixin import WHOLE_NETWORK

# How long only the side that it concerns knows what stops a compensation.
HOURS_UNTOLD = 24


class TrocSituation(models.AbstractModel):
    """Where an open compensation stands, and who may know what stops it.

    Each method takes one compensation (as superuser) and `own`, the members whose
    user asks: what is told of the other side's account is `exceptions.tells`.
    """

    _name = "troc.situation"
    _description = "Situation of a compensation"

    def _next_step(self, compensation, own):
        """Return in two or three words where it stands; False once it is closed."""
        if compensation.state == "draft" and compensation.blocked_code:
            return exceptions.headline(self.env, compensation.blocked_code)
        if compensation.state == "draft" and compensation.actif_share:
            return self.env._("To submit")
        if compensation.state == "draft":
            return self.env._("Share to choose")
        submitted = compensation.state == "submitted"
        return submitted and self._next_step_submitted(compensation, own)

    def _next_step_submitted(self, compensation, own):
        if compensation.queued_by_id:
            return self.env._("In the queue")
        if code := self._told_code(compensation, own):
            return exceptions.headline(self.env, code)
        if compensation.first_validator_id:
            return self.env._("Second validation awaited")
        return self.env._("Ready to validate")

    def _reason(self, compensation, own):
        """Return what is read of why it waits."""
        code = self._told_code(compensation, own)
        if not code or code == compensation.blocked_code:
            return code and compensation.blocked_detail
        error = RuleError(code, member=self._concerned(compensation).name)
        return exceptions.explain(self.env, error, compensation._label())

    # -- to whom it is told ---------------------------------------------------

    def _told_code(self, compensation, own):
        """Return the code of why it waits as it is told; False where nothing is."""
        if not compensation.blocked_code or self._tells(compensation, own):
            return compensation.blocked_code
        if not self._concerned(compensation):
            return "network_looks"
        return "party_not_ready" if self._is_told_across(compensation) else False

    def _is_told_across(self, compensation):
        """Tell whether the side that it does not concern learns that it waits.

        After a day, and of the largest one between the two alone: a dozen invoices
        would else find to the cent what the other may spend.
        """
        day_ago = fields.Datetime.subtract(fields.Datetime.now(), hours=HOURS_UNTOLD)
        since = compensation.blocked_since
        if not since or since > day_ago:
            return False
        concerned = self._concerned(compensation)
        alike = compensation.search(
            [
                ("seller_id", "=", compensation.seller_id.id),
                ("buyer_id", "=", compensation.buyer_id.id),
                ("state", "=", "submitted"),
                ("blocked_code", "!=", False),
            ]
        ).filtered(lambda c: self._concerned(c) == concerned)
        return compensation == alike.sorted(lambda c: (-c.actif_amount, c.id))[:1]

    def _tells(self, compensation, own):
        """Tell whether a user of the members `own` may know what stops it."""
        user = self.env.user
        sides = exceptions.tells(compensation.blocked_code)
        told = own.browse().union(*(compensation[f"{side}_id"] for side in sides))
        return (
            len(sides) > 1
            or bool(told & own)
            or user._is_superuser()
            or user.has_groups(WHOLE_NETWORK)
        )

    def _concerned(self, compensation):
        """Return the member whose account the reason tells of: not for the other."""
        sides = exceptions.tells(compensation.blocked_code)
        none = compensation.buyer_id.browse()
        return compensation[f"{sides[0]}_id"] if len(sides) == 1 else none
