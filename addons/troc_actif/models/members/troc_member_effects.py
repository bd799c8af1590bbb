import dataclasses

from odoo import models
from odoo.tools import format_date, formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules import parties


class TrocMemberEffects(models.AbstractModel):
    """What a change of a member's state would do, told before it is done.

    `member` is a member in the environment of who asks; what is counted of it is read
    as superuser.  Other addons add what becomes of what is theirs.
    """

    _name = "troc.member.effects"
    _description = "What a change of state would do"

    def _as_in(self, member, state):
        """Return the member as a party of a trade, as if in `state`."""
        own = member._party()
        return dataclasses.replace(own, state=state)

    def _told(self, member, state, notice_end=False):
        """Return what a change to `state` would do, a sentence each, in this language.

        What concerns nothing is left out.
        """
        member.ensure_one()
        if state == "left":
            told = self._of_leaving_for_good(member)
        else:
            told = self._on_trade(member, state)
        return [*told, *self._on_balance(member, state, notice_end)]

    def _on_trade(self, member, state):
        party = self._as_in(member, state)
        may = {"offer": parties.may_sell(party), "need": parties.may_buy(party)}
        return self._on_what_goes_on(member, may)

    def _told_judgment(self, member):
        """Return what an opening judgment would stop, a sentence each."""
        member.ensure_one()
        return self._on_what_goes_on(member, dict.fromkeys(("offer", "need"), False))

    def _on_what_goes_on(self, member, may):
        # sudo: counts of what is the member's own
        own_sudo = member.sudo()
        return [
            *self._on_market(own_sudo, may),
            *self._on_reserved(own_sudo),
            *self._on_compensations(own_sudo, may),
        ]

    def _on_market(self, member, may):
        """Return what becomes of offers and talks; for other addons.

        `may`: {"offer": may sell, "need": may buy}.
        """
        return []

    def _on_reserved(self, member):
        if not member.reserved_amount:
            return []
        amount = formatLang(self.env, member.reserved_amount, digits=2)
        return [
            self.env._(
                "%s Actifs stay set aside for the member's deals, until they are "
                "invoiced, given up or lapse.",
                amount,
            )
        ]

    def _on_compensations(self, member, may):
        waiting = member._waiting_compensations()
        stopped = waiting.filtered(
            lambda c: not may["offer" if c.seller_id == member else "need"]
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

    def _of_leaving_for_good(self, member):
        # sudo: counts of what is the member's own
        own_sudo = member.sudo()
        told = self._of_closing(own_sudo)
        if waiting := own_sudo._not_settled():
            told.append(self.env._("To be settled before: %s.", ", ".join(waiting)))
        return told

    def _of_closing(self, member):
        """Return what is closed with the membership; for other addons."""
        return []

    def _on_balance(self, member, state, notice_end):
        if state not in ("leaving", "left") or not member.balance:
            return []
        told = {"amount": formatLang(self.env, abs(member.balance), digits=2)}
        if member.balance < 0:
            return [
                self.env._(
                    "%(amount)s Actifs are to be earned by sales before the member "
                    "leaves: agree on a schedule of sales. The debt is not paid in "
                    "euros.",
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
