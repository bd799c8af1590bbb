"""What a member reads of his own membership, and nobody else of it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.life import Life
from odoo.addons.troc_actif_invoice.seal import sealed

from .portal_case import PortalCase


@tagged("post_install", "-at_install")
class TestPortalMemberLife(Life, PortalCase):
    def home(self, user=None):
        self.sign_in(user or self.portal_user)
        return self.words(self.page("/my/actif"))

    def test_an_active_member_reads_what_he_may_do(self):
        words = self.home()
        self.assertIn("En activité", words)
        self.assertIn("Vous pouvez vendre et acheter en Actifs", words)

    def test_on_hold_since_when_why_and_what_he_may_do(self):
        self.set_state(self.portal, "on_hold", "Factures impayées")
        words = self.home()
        self.assertIn("Suspendu (peut vendre)", words)
        self.assertIn("Factures impayées", words)
        self.assertIn(fields.Date.today().strftime("%d/%m/%Y"), words)
        self.assertIn("mais pas acheter", words)
        self.assertNotIn("Factures impayées", self.home(self.portal2_user))

    def test_the_notice_and_its_end(self):
        self.set_state(self.portal, "leaving", "Notre boutique ferme")
        end = self.portal.notice_end
        self.assertIn(f"préavis se termine le {end:%d/%m/%Y}", self.home())
        self.notice_over(self.portal)
        end = self.portal.notice_end
        self.assertIn(f"préavis s'est terminé le {end:%d/%m/%Y}", self.home())
        self.leave(self.portal)
        self.assertIn("Votre compte est clos", self.home())

    def test_the_schedule_of_sales(self):
        self.earn(self.portal2, 300)
        today = fields.Date.today()
        schedule = self.by(self.manager, self.env["troc.member.schedule"]).create(
            {
                "member_id": self.portal.id,
                "note": "Deux semaines de repas",
                "line_ids": [
                    Command.create(
                        {"due_date": today + timedelta(days=days), "amount": amount}
                    )
                    for days, amount in ((30, 100), (60, 200))
                ],
            }
        )
        self.assertNotIn("échéancier", self.home())
        schedule.action_agree()
        self.earn(self.portal, 130)
        words = self.home()
        self.assertIn("Deux semaines de repas", words)
        self.assertIn("130,00 Actifs", words)
        self.assertIn("43 %", words)
        self.assertIn("170,00", words)
        self.assertNotIn("En retard", words)
        for line in schedule.line_ids:
            sealed(line).due_date -= timedelta(days=61)
        self.assertIn("En retard", self.home())
        self.assertNotIn("Deux semaines", self.home(self.portal2_user))
