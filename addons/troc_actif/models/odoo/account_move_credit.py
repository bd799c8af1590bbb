"""A credit note of a compensated invoice submits itself when it is posted."""

from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.tools import dec


class AccountMoveCredit:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    def _troc_submit_credit_notes(self):
        """Submit each of these credit notes, just posted, that say so."""
        for move in self:
            move._troc_submit_credit_note()

    def _troc_submit_credit_note(self):
        """Submit; a refusal leaves the note posted, says why, and the button stays."""
        try:
            with self.env.cr.savepoint():
                records = self.env["troc.compensation"]._submit_invoices(self)
        except UserError as error:
            self.env.invalidate_all()
            self.message_post(body=str(error))
        else:
            self.message_post(
                body=self.env._(
                    "Submitted to the animators: %s", records.sudo().display_name
                )
            )

    def _troc_compensated(self):
        """Return the validated compensations of these customer invoices."""
        # sudo: the seller's accountant reads what pays his invoice
        return self.sudo().troc_compensation_ids.filtered(
            lambda c: c.state == "validated" and not c._goes_back()
        )

    def _troc_credit_notice(self):
        """Return what a credit note over this whole invoice takes back, or ""."""
        waiting = self.sudo().troc_compensation_ids.filtered(
            lambda c: c.state == "submitted"
        )
        if waiting:
            return self.env._(
                "%(number)s: its compensation %(name)s still waits for validation. Ask "
                "the animators to refuse it first, or wait until it is validated.",
                number=self.name,
                name=waiting[0].name,
            )
        origin = self._troc_compensated()
        if not origin:
            return ""
        total = dec(self.amount_total)
        try:
            reading = self.env["troc.reading"]
            claimed = reading._claimed_back(origin, total, dec(self.amount_untaxed))
        except RuleError:
            return self.env._(
                "%(number)s: all that %(name)s had moved was taken back already.",
                number=self.name,
                name=origin.name,
            )
        return self.env._(
            "%(number)s is compensated (%(name)s). Of the whole invoice, %(actif)s "
            "Actifs go back by compensation and %(cash)s remain in euros; of a part, "
            "the same share.",
            number=self.name,
            name=origin.name,
            actif=formatLang(self.env, claimed["actif_amount"], digits=2),
            cash=formatLang(self.env, claimed["cash_amount"], digits=2),
        )
