"""What the act asks of Odoo where journal entries are posted, reversed and secured."""

from collections import namedtuple

from odoo import api
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ... import exceptions

REFUNDS = ("out_refund", "in_refund")
# The acts that alone make entries in our journals.
MADE_BY = ("troc_compensation_id", "troc_transfer_id")
# What no caller sets: those, and which payment an entry brings to a late bill.
LINKS = (*MADE_BY, "troc_carries_id")
CASH_BASIS_DATE = "troc_cash_basis_date"
# A type of ours, by which a value in the context is known to come from Python code.
CashBasisDate = namedtuple("CashBasisDate", "date")


class AccountMovePosting:
    """A part of AccountMove, where its fields stand."""

    __slots__ = ()

    def _post(self, soft=True):
        self._check_troc_journal()
        self._check_troc_accounts()
        posted = super()._post(soft)
        if bills := posted.filtered(
            lambda m: m.move_type in ("in_invoice", "in_refund")
        ):
            self.env["troc.bill.match"]._posted(bills)
        if notes := posted.filtered(lambda m: m.troc_take_back and m.troc_credit_ok):
            notes._troc_submit_credit_notes()
        return posted

    @api.constrains(*LINKS)
    def _check_made_by(self):
        # also what a default in the context would set
        made = self.filtered(lambda move: any(move[name] for name in LINKS))
        made._check_troc_journal(every=True)

    def _check_troc_journal(self, every=False):
        """Refuse entries made by hand in a journal that compensations alone write."""
        if is_sealed(self.env):
            return
        for move in self if every else self.filtered("journal_id.troc_role"):
            exceptions.refuse_kept(move.journal_id)
        for move in self.filtered(lambda m: m.troc_carries_id and m.posted_before):
            exceptions.refuse_kept(move)

    def _check_troc_accounts(self):
        """Refuse entries by hand on an account that agrees with the register.

        What was posted there before this was refused is undone by its reversal.
        """
        if is_sealed(self.env):
            return
        kept = self.line_ids.account_id._troc_agreeing()
        for move in self if kept else ():
            own = move.line_ids.filtered(lambda line: line.account_id in kept)
            if own and not move._troc_undoes(kept):
                own._troc_refuse_account()

    def _troc_undoes(self, kept):
        """Tell whether this takes an entry by hand on these accounts back, and once.

        A caller may name any entry as the one that is reversed.
        """
        origin = self.reversed_entry_id
        acts = any(origin[name] for name in LINKS)
        others = origin.reversal_move_ids.filtered(lambda m: m.state == "posted") - self
        if origin.state != "posted" or acts or others:
            return False
        both = (self + origin).line_ids.filtered(lambda line: line.account_id in kept)
        return all(
            self.company_currency_id.is_zero(sum(lines.mapped("balance")))
            for lines in both.grouped("account_id").values()
        )

    def _check_vat_of_compensation(self):
        """Refuse to reverse the VAT that a payment in Actifs made due, alone.

        Odoo takes it back itself, once what made it due is gone.  What was reversed
        before this was refused may be put back.
        """
        for move in self.filtered("tax_cash_basis_rec_id"):
            origin = move.reversed_entry_id
            if origin and not origin.reversed_entry_id:
                continue
            # sudo: the compensation may be one that the user cannot read
            partial_sudo = move.sudo().tax_cash_basis_rec_id.exists()
            moves_sudo = (
                partial_sudo.debit_move_id | partial_sudo.credit_move_id
            ).move_id
            if acts := moves_sudo.troc_compensation_id:
                error = RuleError("vat_of_compensation", compensation=acts[0].name)
                exceptions.refuse(self.env, error, move.display_name)

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        """Leave the credit note of a compensated invoice open.

        Odoo would set all of it off against what is due in euros; its Actif part goes
        back by compensation, and the rest is set off then (`troc.posting`).
        """
        kept = self.browse()
        others = self.browse()
        for move, reverse in zip(self, reverse_moves, strict=False):
            if reverse.move_type in REFUNDS and move.troc_state == "validated":
                continue
            kept, others = kept + move, others + reverse
        super(AccountMovePosting, kept)._reconcile_reversed_moves(
            others, move_reverse_cancel
        )
        return reverse_moves

    def _reverse_moves(self, default_values_list=None, cancel=False):
        """Leave the payment in Actifs on a document that is cancelled by its reverse.

        Odoo would undo all that is reconciled first: the Actif part goes back by the
        compensation of the credit note instead.
        """
        self._check_troc_journal()
        if not is_sealed(self.env):
            self._check_vat_of_compensation()
        kept = self.filtered(lambda m: m.is_invoice() and m.troc_state == "validated")
        if not (cancel and kept):
            return super()._reverse_moves(default_values_list, cancel)
        reverses = self.browse()
        values_list = default_values_list or [{} for _move in self]
        for move, values in zip(self, values_list, strict=True):
            own = move not in kept
            reverse = super(AccountMovePosting, move)._reverse_moves([values], own)
            if not own:
                reverse._post(soft=False)
            reverses += reverse
        return reverses

    def _message_log_batch(self, bodies, *args, **kwargs):
        # Odoo drops its superuser rights to log "secured": an animator, who is no
        # user of this company, could then not even name it.
        # sudo: only for entries that a compensation posts.
        moves = self.sudo() if is_sealed(self.env) else self
        return super(AccountMovePosting, moves)._message_log_batch(
            bodies, *args, **kwargs
        )

    # -- the hash chain of our journals ---------------------------------------

    def _get_chain_info(self, *args, **kwargs):
        """Go on from the entry that another transaction secured while this one waited.

        Two validations of strangers meet at the register: the second waits for the
        number of its entry until the first commits, but its snapshot is older than
        that commit.  It would not see the entry before its own: Odoo then reports a
        gap, or begins a new chain where the first of a period is missed.
        """
        info = super()._get_chain_info(*args, **kwargs)
        if isinstance(info, dict) and info["moves"] and self.journal_id.troc_role:
            first, last = info["moves"][0], info["last_move_hashed"]
            if first.sequence_number > (last.sequence_number or 0) + 1:
                self._continue_committed_chain(info, first)
        return info

    def _continue_committed_chain(self, info, first):
        """Set the hash before `first` to what is committed by now.

        Nobody can come in between: the number of `first` is ours since we got it.
        """
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """SELECT inalterable_hash FROM account_move
                        WHERE journal_id = %s AND sequence_prefix = %s
                          AND sequence_number = %s AND inalterable_hash IS NOT NULL""",
                    first.journal_id.id,
                    first.sequence_prefix,
                    first.sequence_number - 1,
                )
            )
            found = cr.fetchone()
        if found:
            info["previous_hash"] = found[0]
            info.get("warnings", set()).discard("gap")

    # -- the VAT that a correction gives back, in the period of the correction --

    def _troc_cash_basis_date(self):
        """Return the day of the correction that is being posted, if one is."""
        value = self.env.context.get(CASH_BASIS_DATE)
        if is_sealed(self.env) and isinstance(value, CashBasisDate):
            return value.date
        return None

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo dates cash-basis entries by the older documents, or today: locked."""
        date = self._troc_cash_basis_date()
        for vals in vals_list if date else ():
            if vals.get("tax_cash_basis_rec_id"):
                vals["date"] = date
        return super().create(vals_list)

    def _get_accounting_date(self, invoice_date, has_tax, lock_dates=None):
        """Odoo reverses cash-basis entries in their own period: another VAT return."""
        date = self._troc_cash_basis_date()
        if date and self.tax_cash_basis_origin_move_id:
            return date
        return super()._get_accounting_date(invoice_date, has_tax, lock_dates)
