"""The schedule of sales that a member follows, on his own form."""

from odoo import api

from odoo.addons.troc_actif_invoice.public import each_once


class TrocMemberSchedules:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @api.depends("schedule_ids.state", "schedule_ids.progress")
    def _compute_schedule_id(self):
        for member in self:
            agreed = member.schedule_ids.filtered(lambda s: s.state == "agreed")[:1]
            member.schedule_id = agreed
            member.schedule_line_ids = agreed.line_ids
            member.schedule_progress = agreed.progress

    @each_once
    def action_open_schedules(self):
        """Open the schedules of this member; a new one is his."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "troc_actif.action_member_schedule"
        )
        context = {"default_member_id": self.id}
        domain = [("member_id", "in", self.ids)]
        return {**action, "domain": domain, "context": context}
