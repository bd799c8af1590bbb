"""How tests let a membership go on: as the manager, with a reason."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from odoo.addons.troc_actif_invoice.seal import sealed


class Life:
    """Needs what `Network` makes."""

    @staticmethod
    def on(day):
        """Let today be another day, for a while."""
        return patch.object(fields.Date, "context_today", lambda *_args, **_kw: day)

    def set_state(self, member, state, reason="Décision du comité", **values):
        """Let the manager change a member's state."""
        self.by(self.manager, member).action_set_state(state, reason, **values)

    def notice_over(self, member, days=1):
        """Make a leaving member's notice end so many days ago."""
        today = fields.Date.context_today(member)
        sealed(member).write(
            {
                "state_date": today - timedelta(days=days + 90),
                "notice_end": today - timedelta(days=days),
            }
        )

    def leave(self, member, reason="Notre boutique ferme", user=None):
        """Let the manager close a leaving member's account."""
        return self.by(user or self.manager, member).action_leave(reason)

    def earn(self, member, amount, customer=None):
        """Let a portal member sell for so many Actifs."""
        others = self.portal + self.portal2 - member
        sale = self.uploaded(member, customer or others[:1], amount=amount, tax=0)
        return self.validate(sale)

    def last_mail(self):
        """Return the id of the newest mail."""
        return self.env["mail.mail"].search([], limit=1, order="id desc").id or 0

    def mails_to(self, member, since=0):
        """Return the mails to the company of a member, the newest first."""
        mails = self.env["mail.mail"].search([("id", ">", since)], order="id desc")
        return mails.filtered(lambda m: member.partner_id in m.recipient_ids)
