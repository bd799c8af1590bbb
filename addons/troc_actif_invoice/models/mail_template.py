from odoo import models


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _render_field(self, field, res_ids, *args, **kwargs):
        """Write a subject in one line, whatever the names in it hold.

        Odoo does so for messages, not for what a template renders: a mail server may
        refuse such a mail, or take what follows for a header.
        """
        rendered = super()._render_field(field, res_ids, *args, **kwargs)
        if field != "subject":
            return rendered
        return {
            res_id: " ".join(text.splitlines()) if text else text
            for res_id, text in rendered.items()
        }
