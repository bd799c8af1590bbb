"""Where an open compensation stands, and who may know what stops it."""

from odoo import api, fields

from ... import exceptions
from ...lib.actif_rules.errors import RuleError
from ..common.troc_thread_mixin import WHOLE_NETWORK

# How long only the side that it concerns knows what stops a compensation.
HOURS_UNTOLD = 24


class TrocCompensationSituation:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    @api.depends("blocked_code", "blocked_detail", "blocked_since")
    @api.depends_context("uid", "lang")
    def _compute_blocked_reason(self):
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            compensation.blocked_reason = compensation._told_block(own)

    @api.depends("blocked_code", "blocked_since", "state")
    @api.depends_context("uid")
    def _compute_is_blocked(self):
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            submitted = compensation.state == "submitted"
            compensation.is_blocked = submitted and bool(compensation._told_code(own))

    def _search_is_blocked(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = [("state", "=", "submitted"), ("blocked_code", "!=", False)]
        # sudo: whether something stops it, as far as the user is told
        blocked = self.sudo().search(domain).filtered("is_blocked").ids
        return [("id", "in" if True in value else "not in", blocked)]

    @api.depends(
        "state",
        "actif_share",
        "blocked_code",
        "blocked_since",
        "queued_by_id",
        "first_validator_id",
    )
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        """Say in two or three words where an open compensation stands."""
        own = self.env["troc.member"]._of_user(self.env.user)
        for compensation in self:
            compensation.next_step = compensation._next_step(own)

    def _next_step(self, own):
        """Return what `_compute_next_step` says to the members `own`, or False."""
        if self.state == "draft" and self.actif_share:
            return self.env._("To submit")
        if self.state == "draft":
            return self.env._("Share to choose")
        return self.state == "submitted" and self._next_step_submitted(own)

    def _next_step_submitted(self, own):
        if self.queued_by_id:
            return self.env._("In the queue")
        if code := self._told_code(own):
            return exceptions.headline(self.env, code)
        if self.first_validator_id:
            return self.env._("Second validation awaited")
        return self.env._("Ready to validate")

    # -- to whom it is told ---------------------------------------------------

    def _told_block(self, own):
        """Return what a user of the members `own` reads of why it waits."""
        code = self._told_code(own)
        if not code or code == self.blocked_code:
            return code and self.blocked_detail
        concerned = self._concerned_by_block()
        error = RuleError(code, member=concerned.name)
        return exceptions.explain(self.env, error, self._label())

    def _told_code(self, own):
        """Return the code of why it waits as it is told to the members `own`."""
        if not self.blocked_code or self._tells_block(own):
            return self.blocked_code
        if not self._concerned_by_block():
            return "network_looks"
        return "party_not_ready" if self._is_told_across() else False

    def _is_told_across(self):
        """Tell whether the side that it does not concern learns that it waits.

        After a day, and of the largest one between the two alone: a dozen invoices
        would else find to the cent what the other may spend.
        """
        day_ago = fields.Datetime.subtract(fields.Datetime.now(), hours=HOURS_UNTOLD)
        if not self.blocked_since or self.blocked_since > day_ago:
            return False
        between = [("seller_id", "=", self.seller_id.id)]
        between += [("buyer_id", "=", self.buyer_id.id), ("state", "=", "submitted")]
        concerned = self._concerned_by_block()
        alike = self.search([*between, ("blocked_code", "!=", False)]).filtered(
            lambda c: c._concerned_by_block() == concerned
        )
        return self == alike.sorted(lambda c: (-c.actif_amount, c.id))[:1]

    def _tells_block(self, own):
        """Tell whether a user of the members `own` may know what stops it."""
        user = self.env.user
        sides = exceptions.tells(self.blocked_code)
        told = self.seller_id.browse().union(*(self[f"{side}_id"] for side in sides))
        return (
            len(sides) > 1
            or bool(told & own)
            or user._is_superuser()
            or user.has_groups(WHOLE_NETWORK)
        )

    def _concerned_by_block(self):
        """Return the member whose account the reason tells of: not for the other."""
        sides = exceptions.tells(self.blocked_code)
        return self[f"{sides[0]}_id"] if len(sides) == 1 else self.buyer_id.browse()
