"""What tests of limits and disputes share: days that pass, and the mails they cause."""

from datetime import timedelta

from odoo import fields

from odoo.addons.troc_actif_invoice.seal import sealed

from .common import TrocCase


class LimitsCase(TrocCase):
    def setUp(self):
        super().setUp()
        self.today = fields.Date.today()

    def days_ago(self, days):
        return self.today - timedelta(days=days)

    def mails(self, record):
        """Return the mails about a record, oldest first."""
        self.env.flush_all()
        domain = [("model", "=", record._name), ("res_id", "=", record.id)]
        return self.env["mail.mail"].sudo().search(domain, order="id")

    def mails_to(self, partner):
        """Return the mails that wait to leave for a contact, oldest first."""
        self.env.flush_all()
        domain = [("recipient_ids", "in", partner.ids)]
        return self.env["mail.mail"].sudo().search(domain, order="id")

    def activities(self, record, activity_type):
        activity_type = self.env.ref(f"troc_actif.{activity_type}")
        return record.sudo().activity_ids.filtered(
            lambda a: a.activity_type_id == activity_type
        )

    def sealed_write(self, record, **values):
        """Let time have passed: what no user may write."""
        sealed(record).write(values)
        record.invalidate_recordset()

    def change(self, member):
        """Return the last line of a member's log."""
        log = self.env["troc.limit.change"]
        return log.search([("member_id", "=", member.id)], limit=1)

    def sell(self, seller, buyer, amount):
        """Return a validated compensation of portal members, without VAT."""
        return self.validate(self.uploaded(seller, buyer, amount=amount, tax=0))

    def as_manager(self, record):
        return self.by(self.manager, record)
