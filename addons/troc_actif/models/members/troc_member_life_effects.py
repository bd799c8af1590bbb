"""What a member's state means for all that goes on."""

from odoo.tools import format_date, formatLang

from ...lib.actif_rules import parties


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

    # -- told before ------------------------------------------------------------------

    def _as_in(self, state):
        """Return the member as a party of a trade, as if in `state`."""
        own = self._party()
        return parties.Party(own.name, state, own.siren, own.balance)

    def _effects(self, state, notice_end=False):
        """Return what a change to `state` would do, a sentence each, in this language.

        What concerns nothing is left out.
        """
        self.ensure_one()
        if state == "left":
            told = self._effects_of_leaving_for_good()
        else:
            told = self._effects_on_trade(state)
        return [*told, *self._effects_on_balance(state, notice_end)]

    def _effects_on_trade(self, state):
        party = self._as_in(state)
        may = {"offer": parties.may_sell(party), "need": parties.may_buy(party)}
        # sudo: counts of what is the member's own
        own_sudo = self.sudo()
        return [
            *own_sudo._effects_on_market(may),
            *own_sudo._effects_on_reserved(),
            *own_sudo._effects_on_compensations(may),
        ]

    def _effects_on_market(self, may):
        """Return what becomes of offers and talks; for other addons.

        `may`: {"offer": may sell, "need": may buy}.
        """
        return []

    def _effects_on_reserved(self):
        if not self.reserved_amount:
            return []
        amount = formatLang(self.env, self.reserved_amount, digits=2)
        return [
            self.env._(
                "%s Actifs stay set aside for his deals, until they are invoiced, "
                "given up or lapse.",
                amount,
            )
        ]

    def _effects_on_compensations(self, may):
        waiting = self._waiting_compensations()
        stopped = waiting.filtered(
            lambda c: not may["offer" if c.seller_id == self else "need"]
        )
        told = []
        if stopped:
            told.append(
                self.env._(
                    "Submitted compensations that wait, with the reason: %s.",
                    len(stopped),
                )
            )
        if waiting - stopped:
            told.append(
                self.env._(
                    "Submitted compensations that can be validated: %s.",
                    len(waiting - stopped),
                )
            )
        return told

    def _effects_of_leaving_for_good(self):
        own_sudo = self.sudo()
        told = own_sudo._effects_of_closing()
        if waiting := own_sudo._not_settled():
            told.append(self.env._("To be settled before: %s.", ", ".join(waiting)))
        return told

    def _effects_of_closing(self):
        """Return what is closed with the membership; for other addons."""
        return []

    def _effects_on_balance(self, state, notice_end):
        if state not in ("leaving", "left") or not self.balance:
            return []
        told = {"amount": formatLang(self.env, abs(self.balance), digits=2)}
        if self.balance < 0:
            return [
                self.env._(
                    "%(amount)s Actifs are to be earned by sales before he leaves: "
                    "agree on a schedule of sales. The debt is not paid in euros.",
                    **told,
                )
            ]
        if state == "leaving":
            told["date"] = format_date(self.env, notice_end) or "…"
            return [
                self.env._(
                    "%(amount)s Actifs can be spent until %(date)s. What is left then "
                    "goes to the network's account; it is never paid out in euros.",
                    **told,
                )
            ]
        return [
            self.env._(
                "%(amount)s Actifs go to the network's account by a recorded transfer; "
                "they are never paid out in euros.",
                **told,
            )
        ]
