"""A credit note of a compensated invoice submits itself when it is posted."""

from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.tools import dec

from ... import exceptions

LIVE = ("draft", "submitted", "validated")


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
        """Return the validated compensations of these invoices and bills."""
        return self._troc_own().filtered(
            lambda c: c.state == "validated" and not c._goes_back()
        )

    def _troc_own(self):
        """Return the compensations of these documents, whichever side they are."""
        # sudo: an accountant reads what pays his document
        own_sudo = self.sudo()
        return own_sudo.troc_compensation_ids | own_sudo.troc_bill_compensation_ids

    def _troc_to_give_back(self):
        """Return the Actifs of this credit note that have not gone back yet.

        Of a compensated invoice or bill: they go back as Actifs, never in euros.
        """
        origin = self.reversed_entry_id._troc_compensated()[:1]
        if not origin or self.state != "posted":
            return 0.0
        own = self._troc_own().filtered(lambda c: c.state in LIVE).sorted("id")[-1:]
        if own:
            return 0.0 if own.state == "validated" else own.actif_amount
        total, untaxed = dec(self.amount_total), dec(self.amount_untaxed)
        left = max(origin._left_to_take_back(), 0)
        try:
            claimed = self.env["troc.reading"]._claimed_back(origin, total, untaxed)
        except RuleError:
            return float(min(left, total))
        return min(claimed["actif_amount"], float(left))

    def _troc_check_goes_back(self):
        """Refuse what settles a credit note in euros where Actifs are to go back."""
        for move in self:
            owed = move._troc_to_give_back()
            if move.currency_id.compare_amounts(move.amount_residual, owed) < 0:
                origin = move.reversed_entry_id._troc_compensated()[:1]
                error = RuleError(
                    "actifs_go_back_first",
                    amount=owed,
                    number=origin.document_number,
                    compensation=origin.name,
                    open=move.amount_total - owed,
                )
                exceptions.refuse(self.env, error, move.display_name)

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
