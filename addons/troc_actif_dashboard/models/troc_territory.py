"""Each month, a territory's animators receive its figures by mail."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.date_utils import end_of, subtract

from odoo.addons.troc_actif import scheduled


class TrocTerritory(models.Model):
    _inherit = "troc.territory"

    monthly_report = fields.Boolean(
        default=True, help="By mail to its animators, at the beginning of a month."
    )
    reported_until = fields.Date(
        readonly=True, copy=False, help="Last day of the last report."
    )

    @api.model
    def _cron_monthly_report(self):
        """Send the report of last month to whoever has not had it."""
        last = end_of(subtract(fields.Date.context_today(self), months=1), "month")
        waiting = self.search(
            [
                ("monthly_report", "=", True),
                ("animator_ids", "!=", False),
                ("member_ids", "!=", False),
                "|",
                ("reported_until", "=", False),
                ("reported_until", "<", last),
            ]
        )
        scheduled.each_alone(waiting, lambda territory: territory._report(last))

    def _report(self, last):
        """Send the report of the month that ends on `last`, a mail a language."""
        self.ensure_one()
        template = self.env.ref("troc_actif_dashboard.mail_month_report")
        for network in self.member_ids.network_id:
            for lang in set(self.animator_ids.partner_id.mapped("lang")):
                template.with_context(troc_lang=lang).send_mail(
                    self._dashboard(network, last, lang).id
                )
        self.reported_until = last

    def _dashboard(self, network, last, lang):
        """Return the figures of the twelve months until `last`, in `lang`."""
        return (
            self.env["troc.dashboard"]
            .with_context(lang=lang or self.env.lang)
            .create(
                {
                    "network_id": network.id,
                    "territory_id": self.id,
                    "date_from": last.replace(day=1) - relativedelta(months=11),
                    "date_to": last,
                }
            )
        )
