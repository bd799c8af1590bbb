"""What a member's state means for his listings, conversations and compensations."""

from odoo import models
from odoo.tools import format_date, formatLang

from ..lib.actif_rules import parties
from .troc_listing_life import ONLINE


class TrocMember(models.Model):
    _inherit = "troc.member"

    # -- what waits -----------------------------------------------------------------

    def _waiting_compensations(self):
        """Return the submitted compensations of these members, oldest first."""
        domain = [*self._compensation_domain(), ("state", "=", "submitted")]
        return self.env["troc.compensation"].search(domain, order="id")

    def _talks(self, *states):
        """Return the conversations of these members in these states."""
        return self.env["troc.introduction"].search(
            [
                "|",
                ("seller_id", "in", self.ids),
                ("buyer_id", "in", self.ids),
                ("state", "in", states),
            ],
            order="id",
        )

    # -- carried out ----------------------------------------------------------------

    def _carry_out(self, before):
        """Do what the new state means for all that goes on (see `_effects`)."""
        # sudo: listings and conversations of a member whose state a manager changes
        own = self.sudo()
        if self.state == "left":
            own._close_all()
        elif before != "candidate":
            own._sync_listings()
        if before == "leaving":
            own.activity_unlink(["troc_actif.activity_leave"])
        own._waiting_compensations()._refresh_blocked()
        if before == "leaving" and self.state == "active":
            # the draft that would have voided the balance, signed or not
            kept = own.void_transfer_id
            kept.filtered(lambda transfer: transfer.state == "draft").unlink()

    def _sync_listings(self):
        """Suspend what the member may not trade now; bring back what he may again."""
        for listing in self.listing_ids:
            may = listing._member_may()
            if listing.state in ONLINE and not may:
                listing._suspend()
            elif listing.suspended_state and may:
                listing._resume()

    def _close_all(self):
        """Close the listings and the conversations of who has left."""
        listings = self.listing_ids.filtered(lambda x: x.state != "closed")
        listings.action_close()
        for talk in self._talks("open"):
            talk._give_up(self.name, self.env._("%s has left the network.", self.name))

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
        own = self.sudo()
        return [
            *own._effects_on_listings(may),
            *own._effects_on_talks(),
            *own._effects_on_compensations(may),
        ]

    def _effects_on_listings(self, may):
        listings = self.listing_ids
        off = listings.filtered(lambda x: x.state in ONLINE and not may[x.kind])
        back = listings.filtered(lambda x: x.suspended_state and may[x.kind])
        told = []
        if off:
            told.append(
                self.env._(
                    "Listings taken off the marketplace: %s. They are kept.", len(off)
                )
            )
        if back:
            told.append(
                self.env._("Listings that come back to the marketplace: %s.", len(back))
            )
        return told

    def _effects_on_talks(self):
        told = []
        if talks := self._talks("open"):
            told.append(self.env._("Conversations that stay open: %s.", len(talks)))
        if deals := self._talks("agreed", "delivered"):
            told.append(
                self.env._("Deals agreed upon, still to be invoiced: %s.", len(deals))
            )
        if self.reserved_amount:
            amount = formatLang(self.env, self.reserved_amount, digits=2)
            told.append(
                self.env._(
                    "%s Actifs stay set aside for his deals, until they are invoiced, "
                    "given up or lapse.",
                    amount,
                )
            )
        return told

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
        own = self.sudo()
        listings = own.listing_ids.filtered(lambda x: x.state != "closed")
        told = []
        if listings:
            told.append(self.env._("Listings that are closed: %s.", len(listings)))
        if talks := own._talks("open"):
            told.append(
                self.env._("Conversations closed, with a message: %s.", len(talks))
            )
        if waiting := own._not_settled():
            told.append(self.env._("To be settled before: %s.", ", ".join(waiting)))
        return told

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
