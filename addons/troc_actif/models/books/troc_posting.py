from collections import defaultdict, namedtuple

from odoo import Command, models

from odoo.addons.troc_actif_invoice.lib.actif_rules import entries, open_amounts
from odoo.addons.troc_actif_invoice.seal import sealed
from odoo.addons.troc_actif_invoice.tools import dec

from ..odoo.account_move_posting import CASH_BASIS_DATE, CashBasisDate
from .troc_posting_bill import TrocPostingBill
from .troc_posting_correction import TrocPostingCorrection
from .troc_posting_transfer import TrocPostingTransfer

Job = namedtuple("Job", "compensation side company")


class TrocPosting(
    TrocPostingBill,
    TrocPostingCorrection,
    TrocPostingTransfer,
    models.AbstractModel,
):
    """Posts a set of compensations in all books, in the caller's one transaction.

    The members' books are one batch: one create, one post, one reconciliation plan
    for all of them.  The register comes last, so that its journal's number is locked
    only briefly.
    Everything that depends on how Odoo lays out payment methods is in here and in
    `troc.company.setup`.
    """

    _name = "troc.posting"
    _description = "Posting of compensations"

    def _dated(self, date):
        """Return self, making cash-basis entries and their reversals as of `date`."""
        return self.with_context(**{CASH_BASIS_DATE: CashBasisDate(date)})

    # -- validation -----------------------------------------------------------

    def _post(self, compensations, date):
        """Post; return {compensation: values to write on it}.  Entries bear `date`."""
        values = defaultdict(dict)
        jobs = self._jobs(compensations)
        for job, payment in zip(jobs, self._post_payments(jobs, date), strict=True):
            values[job.compensation][f"{job.side}_payment_id"] = payment.id
        for network, group in compensations.grouped("network_id").items():
            moves = self._post_register(group, network, date)
            for compensation, move in zip(group, moves, strict=True):
                values[compensation]["register_move_id"] = move.id
        return values

    def _jobs(self, compensations):
        """Return the payments to make: a Job for each party whose books are here."""
        return [
            Job(compensation, side, self._book(compensation, side))
            for side in ("seller", "buyer")
            for compensation in compensations
            if self._book(compensation, side)
        ]

    def _book(self, compensation, side):
        """Return the company whose books take this side's entry, empty for none.

        A part taken back has entries where its origin has: nowhere else.
        """
        if compensation.document_type == "correction":
            return compensation.origin_id[f"{side}_payment_id"].company_id
        return compensation[f"{side}_id"]._books()

    def _in_companies(self, companies):
        """Return an environment that posts in `companies`, still as the same user."""
        # sudo: an animator has no accounting right, in no company; the caller has
        # checked that he may decide this compensation.
        # Without tracking: Odoo would post a message on each document, one by one; the
        # compensation notes on them what happened, in one go (`_notify_validated`).
        context = {"allowed_company_ids": companies.ids, "tracking_disable": True}
        return sealed(self).with_context(**context).env

    def _post_payments(self, jobs, date):
        """Return the posted and reconciled payments of `jobs`, in their order.

        All companies in one batch: what a create, a post and a reconciliation cost
        by themselves is paid once, not once a book.
        """
        payments = self.env["account.payment"]
        if not jobs:
            return payments
        companies = self.env["res.company"].union(*(job.company for job in jobs))
        env = self._in_companies(companies)
        payments = env["account.payment"].create(
            [self._prepare_payment(job, date) for job in jobs]
        )
        payments.action_post()
        self._reconcile(jobs, payments)
        self._set_off_rest(jobs, env)
        # now, while tracking is off: what is recomputed later would be tracked
        env.flush_all()
        return payments

    def _prepare_payment(self, job, date):
        """Return the values of one side's payment (see the table in entries.py).

        An inbound payment of a customer debits the method's account and credits the
        receivable; an outbound one debits the payable and credits it.  Of a credit
        note, the seller's is outbound and the buyer's inbound.
        """
        compensation, side, company = job
        other = compensation.buyer_id if side == "seller" else compensation.seller_id
        earns = (side == "seller") != compensation._goes_back()
        direction = "inbound" if earns else "outbound"
        return {
            "troc_compensation_id": compensation.id,
            "payment_type": direction,
            "partner_type": "customer" if side == "seller" else "supplier",
            "partner_id": other.partner_id.id,
            "partner_bank_id": False,
            "amount": compensation.actif_amount,
            "currency_id": compensation.currency_id.id,
            "company_id": company.id,
            "date": date,
            "memo": self._reference(compensation),
            "journal_id": company.troc_journal_id.id,
            "payment_method_line_id": company._troc_method_line(direction).id,
            "destination_account_id": self._open_account(
                compensation, side, company
            ).id,
        }

    def _reference(self, compensation):
        """Return the reference that all three books share (PieceRef of the FEC)."""
        return f"{compensation.document_number} - {compensation.name}"

    def _entry_lines(self, compensation, **hosted):
        """Return the lines of the table in entries.py that validation posts."""
        goes_back = compensation._goes_back()
        lines = entries.reversal_lines if goes_back else entries.validation_lines
        return lines(dec(compensation.actif_amount) or dec(0.01), **hosted)

    def _label(self, compensation, other):
        """Return the wording of a journal item: what, which invoice, with whom."""
        network = compensation.network_id.name
        return f"Actif {compensation.document_number} {other.name} ({network})"

    def _open_account(self, compensation, side, company):
        """Return the receivable or payable account that holds what is compensated.

        Only a bill that does not exist yet leaves the partner's default account; a
        part taken back goes where its origin's payment went.
        """
        if compensation.document_type == "correction":
            return compensation.origin_id[f"{side}_payment_id"].destination_account_id
        document = compensation.move_id if side == "seller" else compensation.bill_id
        open_ = self._open_by_account(document)
        if code := open_amounts.account_for(open_, dec(compensation.actif_amount)):
            return self._account_of(self._lines_due(document), code, company)
        partner = compensation.seller_id.partner_id.with_company(company)
        return partner.property_account_payable_id

    def _open_by_account(self, document):
        """Return {code of the account: what is open there}, the first due first."""
        found = defaultdict(lambda: dec(0))
        for line in self._lines_due(document):
            account = line.account_id.with_company(document.company_id)
            open_ = line.amount_residual if document.state == "posted" else line.balance
            found[account.code] += dec(abs(open_))
        return dict(found)

    def _account_of(self, lines, code, company):
        """Return the account of these lines that has this code in the company."""
        accounts = lines.account_id.with_company(company)
        return accounts.filtered(lambda account: account.code == code)

    def _term_lines(self, compensation, side):
        document = compensation.move_id if side == "seller" else compensation.bill_id
        return self._lines_due(document)

    def _lines_due(self, document):
        return document.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).sorted("date_maturity")

    def _reconcile(self, jobs, payments):
        """Reconcile each payment with the open lines of its posted document.

        That of a part taken back is set off against its origin's payment.
        """
        plan, parts = [], []
        for job, payment in zip(jobs, payments, strict=True):
            if job.compensation.document_type == "correction":
                parts.append((job, payment))
                continue
            compensation = job.compensation.with_env(payments.env)
            counterpart = self._counterpart(payment)
            same = self._open_lines(compensation, job.side).filtered(
                lambda line, account=counterpart.account_id: line.account_id == account
            )
            if same:
                plan.append(counterpart + same)
        if plan:
            self._reconcile_plan(plan)
        for job, payment in parts:
            self._take_back(job, payment)

    def _set_off_rest(self, jobs, env):
        """Set what is left of a credit note off against what is left of its invoice."""
        plan = []
        for job in jobs:
            compensation = job.compensation.with_env(env)
            own = self._open_lines(compensation, job.side)
            other = self._open_lines(compensation.origin_id, job.side)
            if own and own.account_id == other.account_id:
                plan.append(own + other)
        if plan:
            self._reconcile_plan(plan)

    def _open_lines(self, compensation, side):
        return self._term_lines(compensation, side).filtered(
            lambda line: line.parent_state == "posted" and not line.reconciled
        )

    def _reconcile_plan(self, plan):
        """Reconcile as Odoo does, but make the cash-basis entries in one batch.

        Odoo makes them one by one, a create and a post each: the dearest part of a
        batch by far.  What is made is the same, by the same methods.
        """
        lines = plan[0].union(*plan[1:])
        before = lines.matched_debit_ids | lines.matched_credit_ids
        lines.with_context(no_cash_basis=True)._reconcile_plan(plan)
        partials = (lines.matched_debit_ids | lines.matched_credit_ids) - before
        if any(lines.company_id.mapped("tax_exigibility")):
            partials._create_tax_cash_basis_moves()
            partials._set_draft_caba_move_vals()

    def _counterpart(self, payment):
        return payment.move_id.line_ids.filtered(
            lambda line: line.account_id == payment.destination_account_id
        )

    # -- register -------------------------------------------------------------

    def _post_register(self, compensations, network, date):
        env = self._in_companies(network.company_id)
        moves = env["account.move"].create(
            [self._prepare_register_move(c, date) for c in compensations]
        )
        moves._post(soft=False)
        return moves

    def _prepare_register_move(self, compensation, date):
        network = compensation.network_id
        parties = {
            "register_seller": (compensation.seller_id, compensation.buyer_id),
            "register_buyer": (compensation.buyer_id, compensation.seller_id),
        }
        lines = self._entry_lines(compensation, seller_hosted=False, buyer_hosted=False)
        return {
            "troc_compensation_id": compensation.id,
            "move_type": "entry",
            "journal_id": network.register_journal_id.id,
            "company_id": network.company_id.id,
            "date": date,
            "ref": self._reference(compensation),
            "line_ids": [
                Command.create(
                    {
                        "account_id": network.register_account_id.id,
                        "partner_id": parties[line.role][0].partner_id.id,
                        "name": self._label(compensation, parties[line.role][1]),
                        "debit": float(line.debit),
                        "credit": float(line.credit),
                    }
                )
                for line in lines
            ],
        }

    # -- reversal -------------------------------------------------------------

    def _reverse(self, compensations, date):
        """Reverse all entries of compensations as of `date`, the register last."""
        payments = compensations.seller_payment_id | compensations.buyer_payment_id
        payments = payments.with_env(self._in_companies(payments.company_id))
        self._bring_back(compensations.with_env(payments.env), date)
        self._reverse_moves(payments.move_id, date)
        payments.state = "reversed"
        for network, group in compensations.grouped("network_id").items():
            env = self._in_companies(network.company_id)
            self._reverse_moves(group.with_env(env).register_move_id, date)
        for part in compensations.filtered(lambda c: c.document_type == "correction"):
            for side in ("seller", "buyer"):
                self._pay_again(part.origin_id, side)

    def _reverse_moves(self, moves, date):
        moves._reverse_moves(
            [self._prepare_reversal(move, date) for move in moves], cancel=True
        )

    def _prepare_reversal(self, move, date):
        return {
            "date": date,
            "ref": move.ref,
            "troc_compensation_id": move.troc_compensation_id.id,
            "troc_transfer_id": move.troc_transfer_id.id,
        }
