"""One click from what an animator looks at to a mail to its members."""

from odoo import models

from ..public import each_once


class TrocMember(models.Model):
    _inherit = "troc.member"

    @each_once
    def action_write_to(self):
        """Open Odoo's own mail composer for these members, with words to begin with."""
        template = self.env.ref("troc_actif.mail_member_nudge")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write to the member"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_composition_mode": "comment"
                if len(self) == 1
                else "mass_mail",
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }


class TrocListing(models.Model):
    _inherit = "troc.listing"

    @each_once
    def action_write_to(self):
        """Write to the members of these listings."""
        return self.member_id.action_write_to()


class TrocIntroduction(models.Model):
    _inherit = "troc.introduction"

    @each_once
    def action_write_to(self):
        """Write to whose turn it is: to both sides where it is nobody's."""
        members = self.env["troc.member"]
        for introduction in self:
            members |= introduction._whose_turn()
        return members.action_write_to()
