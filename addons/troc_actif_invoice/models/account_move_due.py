"""What is due in euros now: all but the Actifs that are still to come."""

from odoo.exceptions import ValidationError

ASKED = ("amount_due", "next_amount_to_pay")


class AccountMoveDue:
    """A part of AccountMove, where its fields stand.

    Whoever asks for euros (the portal and its links, what is printed, Register Payment)
    asks `_troc_due_now`; amounts are those of the document's currency.
    """

    __slots__ = ()

    def _troc_awaited(self):
        """Return how much of what is open on this document will be paid in Actifs."""
        self.ensure_one()
        if self.state == "cancel" or not (
            self.actif_mention and self.is_sale_document()
        ):
            return 0.0
        return self._troc_of_open(self.actif_amount - self._troc_paid_in_actifs())

    def _troc_of_open(self, amount):
        return self.currency_id.round(min(max(amount, 0.0), self.amount_residual))

    def _troc_paid_in_actifs(self):
        """Return what payments in Actifs have settled of this document."""
        # sudo: customers read on the portal what settles their invoice
        own_sudo = self.sudo()
        return sum(
            partial["amount"]
            for partial in own_sudo._get_all_reconciled_invoice_partials()
            if partial["aml"].journal_id == own_sudo.company_id.troc_journal_id
        )

    def _troc_due_now(self):
        """Return what is due in euros now; all that is open where no Actifs come."""
        self.ensure_one()
        return self.currency_id.round(self.amount_residual - self._troc_awaited())

    def _troc_is_due(self):
        return not self.currency_id.is_zero(self._troc_due_now())

    def _troc_asks_for_euros(self):
        """Tell whether to say where to pay: not where nothing but Actifs comes."""
        return not self._troc_awaited() or self._troc_is_due()

    def _troc_any_due(self):
        return any(move._troc_is_due() for move in self)

    def _get_invoice_next_payment_values(self, custom_amount=None):
        values = super()._get_invoice_next_payment_values(custom_amount=custom_amount)
        if not values or not self._troc_awaited():
            return values
        due = self._troc_due_now()
        installments = []
        for one in values["not_reconciled_installments"]:
            amount = min(one["amount_residual_currency_unsigned"], due)
            due = self.currency_id.round(due - amount)
            if not self.currency_id.is_zero(amount):
                capped = {"amount_residual_currency_unsigned": amount}
                installments.append({**one, **capped})
        due = self._troc_due_now()
        asked = {name: min(values[name], due) for name in ASKED}
        return {**values, **asked, "not_reconciled_installments": installments}

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and self._troc_is_due()

    def _get_online_payment_error(self):
        if self._troc_awaited() and not self._troc_is_due():
            return self.env._("The rest is paid in Actifs: nothing is due in euros.")
        return super()._get_online_payment_error()

    def _get_portal_payment_link(self):
        if not self._troc_awaited():
            return super()._get_portal_payment_link()
        values = {"res_model": self._name, "res_id": self.id}
        wizard = self.env["payment.link.wizard"].with_context(
            active_model=self._name, active_id=self.id
        )
        return wizard.create({**values, "amount": self._troc_due_now()}).link

    def _generate_qr_code(self, silent_errors=False):
        if not self._troc_awaited():
            return super()._generate_qr_code(silent_errors=silent_errors)
        due = self._troc_due_now()
        if self.currency_id.is_zero(due):
            return None
        own = self.with_context(troc_due_now=due)
        return super(AccountMoveDue, own)._generate_qr_code(silent_errors=silent_errors)

    def _troc_payable_together(self):
        """Return those of these documents that one payment may settle.

        Odoo lets it settle the oldest first, whole: what awaits Actifs is paid alone.
        """
        due = self.filtered(lambda move: move._troc_is_due())
        return due.filtered(lambda move: not move._troc_awaited()) or due[:1]

    def _troc_check_euros(self, amount):
        """Refuse a payment in euros of what will be paid in Actifs."""
        due = sum(move._troc_due_now() for move in self)
        awaited = any(move._troc_awaited() for move in self)
        if awaited and self.currency_id[:1].compare_amounts(amount, due) > 0:
            names = ", ".join(self.mapped("name"))
            told = self.currency_id[:1].format(due)
            raise ValidationError(
                self.env._(
                    "Of %(names)s, %(due)s are due in euros; the rest is paid in "
                    "Actifs. Open the invoice again and pay that amount.",
                    names=names,
                    due=told,
                )
            )
