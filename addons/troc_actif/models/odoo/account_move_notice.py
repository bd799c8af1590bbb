"""What invoices and bills say of their compensation."""

from odoo import api
from odoo.tools import formatLang

from odoo.addons.troc_actif_invoice.tools import dec


class AccountMoveNotice:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    @api.depends("state", "amount_residual", "troc_state")
    @api.depends_context("lang")
    def _compute_troc_notice(self):
        for move in self:
            # sudo: the parties of the document read of its compensation
            own_sudo = move.sudo()
            last = move._troc_own().sorted("id")[-1:]
            proposed = own_sudo._troc_proposed() if not last else last.browse()
            tell = getattr(own_sudo, f"_troc_notice_{last.state}", None)
            if proposed:
                told = own_sudo._troc_notice_proposed(proposed), True
            elif tell and own_sudo.state != "cancel":
                told = tell(last)
            else:
                told = False, False
            move.troc_notice, move.troc_notice_warns = told
            move.troc_may_attach = bool(proposed)

    def _troc_proposed(self):
        """Return the payments in Actifs that may be those of this bill without one."""
        if not self.company_id.troc_journal_id or not self.amount_residual:
            return self.env["troc.compensation"]
        return self.env["troc.bill.match"]._proposed(self)

    def _troc_notice_proposed(self, proposed):
        return self.env._(
            "This supplier was paid in Actifs for an invoice whose bill was not found "
            "here: %(found)s. If this is it, press “Attach a payment in Actifs”.",
            found="; ".join(
                self.env._(
                    "%(amount)s of %(total)s for %(number)s (%(name)s)",
                    amount=self._troc_money(one.actif_amount),
                    total=self._troc_money(one.total_amount),
                    number=one.document_number,
                    name=one.name,
                )
                for one in proposed
            ),
        )

    def _troc_money(self, amount):
        return formatLang(self.env, amount, digits=2)

    def _troc_notice_submitted(self, compensation):
        rest = self.amount_residual - compensation.actif_amount
        facts = {
            "amount": self._troc_money(compensation.actif_amount),
            "name": compensation.name,
            "rest": self._troc_money(max(rest, 0)),
            "open": self._troc_money(self.amount_residual),
        }
        if compensation._goes_back():
            return self.env._(
                "%(amount)s in Actifs go back once %(name)s is validated: only "
                "%(rest)s are to be paid back in euros.",
                **facts,
            ), False
        if self.state == "posted" and dec(rest) < 0:
            return self.env._(
                "%(amount)s in Actifs are waiting for validation (%(name)s), but only "
                "%(open)s are still open: it cannot be validated. Undo the payment in "
                "euros, or ask the animators to refuse %(name)s.",
                **facts,
            ), True
        return self.env._(
            "%(amount)s in Actifs are waiting for validation (%(name)s): only %(rest)s "
            "remain due in euros.",
            **facts,
        ), False

    def _troc_notice_validated(self, compensation):
        if compensation._goes_back():
            return False, False
        taken = compensation.taken_back
        told = self.env._(
            "%(amount)s are paid in Actifs (%(name)s).",
            amount=self._troc_money(compensation.actif_amount - taken),
            name=compensation.name,
        )
        if taken:
            told += " " + self.env._(
                "%s were taken back since.", self._troc_money(taken)
            )
        if self.state == "draft":
            return f"{told} " + self.env._(
                "They are set off against this bill when you post it."
            ), False
        told += " " + self.env._(
            "Remaining due in euros: %s.", self._troc_money(self.amount_residual)
        )
        differs = self._troc_notice_differs(compensation)
        return f"{told} {differs}".strip(), bool(differs)

    def _troc_notice_differs(self, compensation):
        """Return what to do where a bill is not of the seller's total, or ""."""
        total = compensation.total_amount
        if self.move_type != "in_invoice" or dec(self.amount_total) == dec(total):
            return ""
        left = self.env["troc.posting"]._left_on_account(compensation)
        facts = {
            "total": self._troc_money(self.amount_total),
            "invoice": self._troc_money(total),
            "left": self._troc_money(left),
        }
        if left:
            return self.env._(
                "This bill is of %(total)s, the seller's invoice of %(invoice)s: "
                "%(left)s of the payment in Actifs are left on the supplier's account. "
                "Correct the bill, or ask the seller for a credit note.",
                **facts,
            )
        return self.env._(
            "This bill is of %(total)s, the seller's invoice of %(invoice)s: check "
            "which one is right before the rest is paid.",
            **facts,
        )

    def _troc_notice_refused(self, compensation):
        return self._troc_notice_closed(
            compensation,
            self.env._("The compensation %s was refused", compensation.name),
        )

    def _troc_notice_reversed(self, compensation):
        return self._troc_notice_closed(
            compensation,
            self.env._("The compensation %s was reversed", compensation.name),
        )

    def _troc_notice_closed(self, compensation, told):
        due = self.amount_total if self.state == "draft" else self.amount_residual
        if compensation._goes_back() or not due:
            return False, False
        told = f"{told} ({compensation.decision_reason}). " + self.env._(
            "It is owed in euros: %s.", self._troc_money(due)
        )
        if self.move_type == "in_invoice":
            told += " " + self.env._("Cancel this bill if it is no longer due.")
        return told, self.move_type == "in_invoice"
