"""A file that is sent may bill a deal of the marketplace."""

from odoo import models

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec


class TrocInbox(models.AbstractModel):
    _inherit = "troc.inbox"

    def _take_told(self, compensation, deal=None, **told):
        """Link to the deal that the sender says it bills."""
        if deal:
            compensation._bill(sealed(deal))
        return super()._take_told(compensation, **told)

    def _check_told(self, draft, deal=None, **told):
        if deal:
            draft._check_deal(sealed(deal))
        return super()._check_told(draft, **told)

    def _told_ready(self, draft, deal=None, **told):
        """Say of an invoice that can be sent where it differs from its deal."""
        agreed = sealed(deal).total_amount if deal else draft.total_amount
        if dec(agreed) == dec(draft.total_amount):
            return super()._told_ready(draft, **told)
        text = self.env._(
            "The deal says %(agreed)s incl. VAT and this invoice %(total)s. Send it "
            "if both of you know why, else correct the invoice.",
            agreed=exceptions.in_words(self.env, dec(agreed)),
            total=exceptions.in_words(self.env, dec(draft.total_amount)),
        )
        return {"type": "warning", "message": text}
