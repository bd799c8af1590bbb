"""What a member reads of his own membership: state, notice, schedule of sales."""

from odoo import fields

COLOURS = {
    "candidate": "info",
    "active": "success",
    "on_hold": "warning",
    "stand_by": "warning",
    "leaving": "warning",
    "left": "secondary",
}


class TrocMemberLife:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    def _portal_membership(self):
        """Return what the page shows of the membership, as its user may read it."""
        self.ensure_one()
        leaving = self.state == "leaving"
        today = fields.Date.context_today(self)
        return {
            "label": self._state_label(),
            "colour": COLOURS[self.state],
            "since": self.state_date,
            "reason": self.state_reason or "",
            "means": self._what_it_means(),
            "notice_end": leaving and self.notice_end,
            "notice_over": leaving and self.notice_end < today,
            "schedule": self._portal_schedule(),
        }

    def _portal_schedule(self):
        """Return the agreed schedule of sales as the page shows it, None without."""
        schedule = self.schedule_id
        if not schedule:
            return None
        return {
            "agreed_on": schedule.agreed_on,
            "note": schedule.note or "",
            "total": schedule.total,
            "received": schedule.received,
            "progress": schedule.progress,
            "is_late": schedule.is_late,
            "steps": [
                {
                    "due_date": line.due_date,
                    "amount": line.amount,
                    "due_total": line.due_total,
                    "missing": line.missing,
                    "is_late": line.is_late,
                }
                for line in schedule.line_ids.sorted("due_date")
            ],
        }
