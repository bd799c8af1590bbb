from odoo import api, fields, models

# Who reads all that is written in the network; members and their people do not.
WHOLE_NETWORK = "troc_actif.group_troc_animator,troc_actif.group_troc_reader"


class TrocThreadMixin(models.AbstractModel):
    """The messages of a record that members read, where Odoo's own are too open.

    Odoo shares a thread with whoever may read its record, or holds a link to it: he
    searches all its messages, internal notes and addresses too, follows it, writes on
    it.  Members write by `action_say` and its like, with the right to trade, and only
    those whom the record concerns follow it.
    """

    _name = "troc.thread.mixin"
    _description = "Messages of a record that members read"
    _inherit = ["mail.thread"]

    # a search through them finds what the user may read of them, and nothing else
    message_ids = fields.One2many(bypass_search_access=False)
    website_message_ids = fields.One2many(bypass_search_access=False)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Let portal users write messages only on what they may change."""
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if message_operation == "create" and self.env.user.share:
            return dict.fromkeys(operations, "write")
        return operations

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Let no portal user make himself a follower: whom it concerns, is made one."""
        if self.env.user.share and not self.env.su:
            return False
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    @api.model
    def _get_allowed_access_params(self):
        """Take no token: a link opens nothing once its reader has left the company."""
        return super()._get_allowed_access_params() - {"hash", "pid", "token"}
