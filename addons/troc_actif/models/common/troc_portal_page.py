"""Records that both sides of a trade read on a page of their own in the portal."""

from odoo import models

ANIMATOR = "troc_actif.group_troc_animator"


class TrocPortalPage(models.AbstractModel):
    """Leads portal users to the page of the record, as themselves.

    Odoo's `portal.mixin` would hand out a key that opens the conversation for ever,
    also after a colleague has left; here the page asks who is there.  Odoo's own
    routes for messages are for who animates: members write through `action_*`.
    """

    _name = "troc.portal.page"
    _description = "Page in the portal"
    _inherit = ["troc.thread.mixin"]

    # the addresses of one company's people are not for the other one's
    _CUSTOMER_HEADERS_LIMIT_COUNT = 0

    def _portal_url(self):
        """Return the address of the record's page, below that of the server."""
        raise NotImplementedError

    def _get_access_action(self, access_uid=None, force_website=False):
        user = self.env.user
        if access_uid:
            # sudo: only whether he uses the portal
            user = self.env["res.users"].sudo().browse(access_uid)
        if not (user.share or force_website):
            return super()._get_access_action(access_uid, force_website)
        return {
            "type": "ir.actions.act_url",
            "url": self._portal_url(),
            "target": "self",
            "res_id": self.id,
        }

    def _may_post(self, user):
        """Tell whether `user` may post by Odoo's own means (chatter, RPC)."""
        return user.has_group(ANIMATOR)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if message_operation == "create":
            # nobody has the right to write these records
            needed = "read" if self._may_post(self.env.user) else "write"
            operations = dict.fromkeys(self, needed)
        return operations

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        for name, _belongs, options in groups:
            if name == "portal":
                # without it portal users count as customers, who get no link
                options.update(active=True, has_button_access=True)
        return groups
