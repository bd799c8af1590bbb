"""Invoices that bill a deal, sent from its page."""

from odoo.addons.troc_actif_portal.controllers.invoices import ActifInvoices


class ActifDealInvoices(ActifInvoices):
    def _troc_told_with_files(self, typed):
        told = super()._troc_told_with_files(typed)
        if deal := typed.get("introduction_id"):
            deals = self._troc_readable("troc.introduction", self._troc_number(deal))
            told = {**told, "deal": deals}
        return told
