"""What a member's state means for all that goes on."""


class TrocMemberLifeEffects:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    # -- what waits -----------------------------------------------------------------

    def _waiting_compensations(self):
        """Return the submitted compensations of these members, oldest first."""
        domain = [*self._compensation_domain(), ("state", "=", "submitted")]
        return self.env["troc.compensation"].search(domain, order="id")

    # -- carried out ----------------------------------------------------------------

    def _carry_out(self, before):
        """Do what the new state means for all that goes on (see `_effects`)."""
        # sudo: what goes on of a member whose state a manager changes
        own_sudo = self.sudo()
        if self.state == "left" or before != "candidate":
            own_sudo._sync_trade()
        if before == "leaving":
            own_sudo.activity_unlink(["troc_actif.activity_leave"])
        own_sudo._waiting_compensations()._refresh_blocked()
        if before == "leaving" and self.state == "active":
            # the draft that would have voided the balance, signed or not
            kept = own_sudo.void_transfer_id
            kept.filtered(lambda transfer: transfer.state == "draft").unlink()

    def _sync_trade(self):
        """Stop, close or bring back what the state lets go on; for other addons."""
