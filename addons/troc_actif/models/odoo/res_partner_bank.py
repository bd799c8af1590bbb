"""The bank accounts of members: where the euros of an invoice go."""

from odoo import api, models

from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError

from ... import exceptions
from ..common.managers import keeps_contacts

# Each company says for itself whether it sends money there.
FREE = frozenset(("allow_out_payment", "sequence"))


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        banks = super().create(vals_list)
        banks._troc_check_kept()
        banks._troc_log(self.env._("Bank account added"))
        return banks

    def write(self, vals):
        if not vals.keys() - FREE:
            return super().write(vals)
        self._troc_check_kept()
        done = super().write(vals)
        # he may have moved it to a member
        self._troc_check_kept()
        self._troc_log(self.env._("Bank account changed"))
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_no_kept_account(self):
        self._troc_check_kept()
        self._troc_log(self.env._("Bank account removed"))

    def _troc_check_kept(self):
        """Refuse who neither keeps the contacts nor keeps the books of the member."""
        if keeps_contacts(self.env):
            return
        for partner, members in self.partner_id._troc_kept().items():
            if any(m._right_of(self.env.user) != "administer" for m in members):
                names = ", ".join(members.mapped("name"))
                error = RuleError("bank_account_kept", member=names)
                exceptions.refuse(self.env, error, partner.display_name)

    def _troc_log(self, what):
        kept = self.partner_id._troc_kept()
        for bank in self.sudo():
            for member in kept.get(bank.partner_id, ()):
                member._log(f"{what}: {bank.acc_number}")
