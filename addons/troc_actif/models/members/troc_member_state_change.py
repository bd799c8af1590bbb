from odoo import fields, models

from .troc_member import STATES


class TrocMemberStateChange(models.Model):
    """Who changed the state of a member, when and why.  Nobody writes it by hand."""

    _name = "troc.member.state.change"
    _description = "Change of a member's state"
    _order = "id desc"
    _rec_name = "reason"

    member_id = fields.Many2one(
        "troc.member", required=True, readonly=True, ondelete="cascade", index=True
    )
    old_state = fields.Selection(STATES, "From", readonly=True)
    new_state = fields.Selection(STATES, "To", required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Decided by", required=True, readonly=True)
    date = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    notice_end = fields.Date("End of the notice", readonly=True)
