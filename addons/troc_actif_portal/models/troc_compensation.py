"""A compensation as its two parties follow it in the portal."""

from odoo import models


class TrocCompensation(models.Model):
    _inherit = "troc.compensation"

    def _both_sides(self):
        """Return seller and buyer (as superuser: to compare, not to show)."""
        return self.sudo().seller_id | self.sudo().buyer_id

    def _portal_row(self, member):
        """Return what the list of invoices shows `member` of this compensation."""
        self.ensure_one()
        own_sudo = self.sudo()  # the name of the other party stands on their invoice
        sold = own_sudo.seller_id == member
        return {
            "id": self.id,
            "number": self.document_number,
            "date": self.document_date,
            "sold": sold,
            "other": own_sudo.buyer_id.name if sold else own_sudo.seller_id.name,
            "total": self.total_amount,
            "actifs": self.actif_amount,
            "euros": self.cash_amount,
            "share": self.actif_share,
            "state": self.state,
            "is_blocked": self.is_blocked,
            "waits_for_buyer": own_sudo.blocked_code == "not_accepted",
            "is_disputed": self.is_disputed,
            "credit_note": self._goes_back(),
            "part": self.document_type == "correction",
        }

    def _portal_may_accept(self, member):
        """Tell whether the page asks `member`, the buyer, for his word."""
        own_sudo = self.sudo()
        return (
            own_sudo.state == "submitted"
            and own_sudo.buyer_id == member
            and not own_sudo.buyer_accepted_on
            and not own_sudo.is_disputed
            and not own_sudo._goes_back()
        )

    def _portal_stage(self):
        """Return (label, colour) of where it stands, in the words of a shopkeeper."""
        self.ensure_one()
        if self.state == "submitted" and self.is_disputed:
            return self.env._("Disputed"), "warning"
        if self.state == "submitted" and self.is_blocked:
            return self.env._("Waiting"), "warning"
        return {
            "draft": (self.env._("Share to choose"), "secondary"),
            "submitted": (self.env._("In validation"), "info"),
            "validated": (self.env._("Validated"), "success"),
            "refused": (self.env._("Refused"), "danger"),
            "reversed": (self.env._("Reversed"), "secondary"),
        }[self.state]
