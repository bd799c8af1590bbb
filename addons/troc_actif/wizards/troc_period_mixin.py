from odoo import fields, models
from odoo.tools.date_utils import end_of, start_of, subtract


class TrocPeriodMixin(models.AbstractModel):
    """A period that a wizard asks for: last month, unless one says otherwise."""

    _name = "troc.period.mixin"
    _description = "Period asked for"

    date_from = fields.Date(
        "First day",
        required=True,
        default=lambda self: start_of(self._last_month(), "month"),
    )
    date_to = fields.Date(
        "Last day",
        required=True,
        default=lambda self: end_of(self._last_month(), "month"),
    )

    def _last_month(self):
        return subtract(fields.Date.context_today(self), months=1)
