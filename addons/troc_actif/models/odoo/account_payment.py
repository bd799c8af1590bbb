from odoo import api, fields, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import is_sealed

from ... import exceptions

KEPT = frozenset(
    "amount company_id currency_id date destination_account_id journal_id memo move_id "
    "outstanding_account_id partner_id partner_type payment_method_line_id "
    "payment_type state troc_compensation_id".split()
)


class AccountPayment(models.Model):
    _inherit = "account.payment"

    state = fields.Selection(
        selection_add=[("reversed", "Reversed payment")],
        ondelete={"reversed": lambda payments: payments.write({"state": "canceled"})},
    )
    troc_compensation_id = fields.Many2one(
        "troc.compensation",
        "Compensation",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    def _get_aml_default_display_name_list(self):
        compensation = self.troc_compensation_id
        if not compensation:
            return super()._get_aml_default_display_name_list()
        sides = compensation.seller_id | compensation.buyer_id
        other = sides.filtered(lambda m: m.partner_id == self.partner_id)
        return [("label", self.env["troc.posting"]._label(compensation, other))]

    def _generate_move_vals(self, *args, **kwargs):
        values = super()._generate_move_vals(*args, **kwargs)
        return {**values, "troc_compensation_id": self.troc_compensation_id.id}

    def _generate_journal_entry(self, *args, **kwargs):
        """Make the entries of a batch of ours at once, as Odoo does, and link them.

        Odoo then writes `move_id` payment by payment, and each write looks up all that
        depends on it: nine queries a payment.  Here the values are set first and the
        dependents are looked up once for all.
        """
        if args or kwargs or not is_sealed(self.env):
            return super()._generate_journal_entry(*args, **kwargs)
        payments = self.filtered(lambda p: not p.move_id and p.outstanding_account_id)
        moves = self.env["account.move"].create(
            [payment._generate_move_vals() for payment in payments]
        )
        link = self._fields["move_id"]
        for payment, move in zip(payments, moves, strict=True):
            link.write(payment, move.id)
        payments.modified(["move_id"])

    @api.depends("payment_type")
    def _compute_available_journal_ids(self):
        result = super()._compute_available_journal_ids()
        for payment in self:
            payment.available_journal_ids = payment.available_journal_ids.filtered(
                lambda j, own=payment.journal_id: not j.troc_role or j == own
            )
        return result

    def write(self, vals):
        if KEPT & vals.keys():
            self._refuse_troc_change()
        return super().write(vals)

    @api.constrains("troc_compensation_id")
    def _check_troc_compensation_id(self):
        # also what a default in the context would set
        self._refuse_troc_change()

    def unlink(self):
        self._refuse_troc_change()
        return super().unlink()

    def _refuse_troc_change(self):
        """Only the compensation moves its payments on: it keeps all books in step."""
        if is_sealed(self.env):
            return
        for payment in self.filtered("troc_compensation_id"):
            compensation_sudo = payment.troc_compensation_id.sudo()
            label = exceptions.state_label(self.env, compensation_sudo.state)
            error = RuleError("frozen", state=f"{label} ({compensation_sudo.name})")
            exceptions.refuse(self.env, error, payment.display_name)
