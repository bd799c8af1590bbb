from babel.core import Locale

from odoo import api, models
from odoo.tools import formatLang
from odoo.tools.misc import get_lang


class IrQwebFieldTrocActif(models.AbstractModel):
    """Prints an amount in Actifs: 1 234,50 Actifs.

    Actifs are kept in the same monetary fields as euros (parity 1:1), so whoever
    prints one says which it is: `t-options="{'widget': 'troc_actif'}"`.
    """

    _name = "ir.qweb.field.troc_actif"
    _description = "Qweb Field: amount in Actifs"
    _inherit = "ir.qweb.field"  # float asks the field for digits, Monetary has none

    @api.model
    def value_to_html(self, value, options):
        value = value or 0.0
        amount = formatLang(self.env, value, digits=2).replace(" ", "\u00a0")
        one = Locale.parse(get_lang(self.env).code).plural_form(abs(value)) == "one"
        unit = self.env._("Actif") if one else self.env._("Actifs")
        return f"{amount}\u00a0{unit}"
