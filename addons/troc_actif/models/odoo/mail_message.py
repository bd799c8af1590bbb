from odoo import models


class MailMessage(models.Model):
    """Members write to each other by our own methods, not by Odoo's.

    Odoo lets whoever follows a record, or was notified, write messages on it, with any
    subtype and any HTML: a step of a deal could be forged.
    """

    _inherit = "mail.message"

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if operation == "read":
            return forbidden
        return forbidden | (self - forbidden).filtered(
            lambda m: not m._troc_may_write()
        )

    def _troc_may_write(self):
        # sudo: only where the message belongs
        model = self.sudo().model
        pages = self.env.registry["troc.portal.page"]
        thread = self.env[model] if model in self.env else None
        return not isinstance(thread, pages) or thread._may_post(self.env.user)
