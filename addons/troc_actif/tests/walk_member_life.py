"""Memberships that go on, end and begin again, in the random walk."""

from .life import Life
from .walk_common import WalkPart

TRADING = ("active", "on_hold", "stand_by", "leaving")


class WalkMemberLife(Life, WalkPart):
    WEIGHTS = {"state": 5, "leave": 5, "rejoin": 8}

    def do_state(self):
        member = self.one_of(self.members)
        restricted = self.random.choice(("on_hold", "stand_by", "leaving"))
        state = restricted if member.state == "active" else "active"
        self.set_state(member, state, "Marche")

    def do_leave(self):
        """What waits is refused, the notice is over, what is left is voided."""
        member = self.one_of(self.members.filtered(lambda m: m.state in TRADING))
        if member.state != "leaving":
            self.set_state(member, "leaving", "Marche")
        self.notice_over(member)
        waiting = member._waiting_compensations()
        self.by(self.manager, waiting).action_refuse("Marche")
        self.leave(member, "Marche")

    def do_rejoin(self):
        gone = self.members.filtered(lambda m: m.state not in TRADING)
        member = self.one_of(gone)
        self.set_state(member, "candidate", "Marche")
        self.by(self.manager, member).action_activate()
