"""Who is on stand-by, who leaves, and by which sales he comes back to zero.

The manager decides, as herself; what an earlier run did, or somebody by hand since, is
left alone.
"""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from troc_demo import data
from troc_demo.progress import Phase


@dataclass(frozen=True)
class Change:
    """A member's new state, and why."""

    member: str
    state: str
    reason: str


CHANGES = (
    Change("clairnet", "stand_by", "Planning complet jusqu'au printemps."),
    Change("novarive", "leaving", "Le centre de Saint-Germain ferme au printemps."),
)
# member, what was agreed, (days from now, Actifs) a step
SCHEDULE = (
    "novarive",
    "Trois sessions de formation, vendues aux membres avant la fermeture.",
    ((30, 240.0), (60, 240.0), (85, 240.0)),
)


def load(network):
    """Make what is missing; see the module."""
    manager = network.server.connect(data.MANAGER_LOGIN)
    with Phase("Vie des membres", len(CHANGES) + 1) as phase:
        for change in CHANGES:
            _change(phase, network, manager["troc.member"], change)
        _schedule(phase, network, manager["troc.member.schedule"])


def _change(phase, network, members, change):
    member_id = network.members[change.member]
    (found,) = members.read([member_id], ["state", "state_change_ids"])
    # admitted once, and nothing since
    if found["state"] != "active" or len(found["state_change_ids"]) > 1:
        phase.skip()
        return
    with phase.step(data.MEMBERS[change.member].name):
        members.action_set_state([member_id], change.state, change.reason)


def _schedule(phase, network, schedules):
    key, note, steps = SCHEDULE
    member_id = network.members[key]
    if schedules.search([("member_id", "=", member_id)]):
        phase.skip()
        return
    with phase.step("Un échéancier de ventes"):
        lines = [{"due_date": _day(days), "amount": amount} for days, amount in steps]
        schedule_id = schedules.create(
            {
                "member_id": member_id,
                "note": note,
                "line_ids": [(0, 0, line) for line in lines],
            }
        )
        schedules.action_agree([schedule_id])


def _day(days):
    today = datetime.datetime.now(ZoneInfo(data.TIME_ZONE)).date()
    return (today + datetime.timedelta(days=days)).isoformat()
