"""One click from what an animator looks at to a mail to its members."""

from odoo.addons.troc_actif_invoice.public import each_once


class TrocMemberMail:
    """A part of TrocMember, where its fields stand."""

    __slots__ = ()

    @each_once
    def action_write_to(self):
        """Open Odoo's own mail composer for these members, with words to begin with."""
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
                "default_template_id": self._words_to_begin_with().id,
                "default_email_layout_xmlid": "mail.mail_notification_light",
            },
        }

    def _words_to_begin_with(self):
        """Return the mail template of such a mail, empty when there is none."""
        return self.env["mail.template"]

    def _where_to_trade(self):
        """Return the page of the portal where a member finds partners."""
        return "/my/actif"
