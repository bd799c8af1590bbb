"""XML that comes by mail: its bytes, not what the mail's charset makes of them."""

from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_parse_extract_payload(self, message, *args, **kwargs):
        """Let attached XML arrive in bytes, whose encoding it names itself.

        Mail programs send it as text. Odoo would decode it by the charset of the mail,
        with marks for letters that it lacks: another text, and another SHA-256, than
        those of the file that was sent.
        """
        for part in message.walk():
            name = (part.get_filename() or "").lower()
            if name.endswith(".xml") and part.get_content_maintype() == "text":
                part.set_type("application/xml")
        return super()._message_parse_extract_payload(message, *args, **kwargs)
