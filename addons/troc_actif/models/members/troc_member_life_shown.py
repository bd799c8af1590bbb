"""What screens and mails say of a member's state."""

from odoo import api
from odoo.tools import format_date


def meanings(member):
    """Return {state: what it allows and asks of the member, in this language}."""
    env = member.env
    return {
        "candidate": env._("An animator looks at your request; you will hear from us."),
        "active": env._("You may sell and buy in Actifs."),
        "on_hold": env._(
            "You may sell in Actifs, but not buy. Your needs are off the marketplace "
            "and come back by themselves. Purchases that were submitted wait."
        ),
        "stand_by": env._(
            "You may buy in Actifs, but not sell. Your offers are off the marketplace "
            "and come back by themselves. Sales that were submitted wait."
        ),
        "leaving": _leaving(member),
        "left": env._(
            "Your account is closed. You can still read it and your statements."
        ),
    }


def _leaving(member):
    if member.balance < 0:
        return member.env._(
            "You may still sell in Actifs until your account is back to zero, and "
            "conclude the deals you agreed upon. A debt is settled by sales, not "
            "in euros."
        )
    return member.env._(
        "You may still spend the Actifs on your account, and conclude the deals "
        "you agreed upon. What is left at the end of the notice goes to the "
        "network's account; it is never paid out in euros."
    )


class TrocMemberLifeShown:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.depends("state", "state_date", "state_reason", "notice_end")
    @api.depends_context("lang")
    def _compute_state_note(self):
        """Say in one line since when a member is in his state, and why."""
        for member in self:
            told = {
                "state": member._state_label(),
                "date": format_date(self.env, member.state_date),
                "end": format_date(self.env, member.notice_end),
                "why": member.state_reason or "",
            }
            leaving = member.state == "leaving"
            member.state_note = (
                self.env._(
                    "%(state)s since %(date)s, notice until %(end)s: %(why)s", **told
                )
                if leaving
                else self.env._("%(state)s since %(date)s: %(why)s", **told)
            )

    def _what_it_means(self, state=None):
        """Return what the state allows and asks of the member, in this language."""
        if not state and self._judgment():
            return self.env._(
                "An opening judgment was recorded: nothing is sold or bought in "
                "Actifs from its day on. What was validated before stands."
            )
        return meanings(self)[state or self.state]
