"""Searches that are kept, and told of once a day."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase

from .market import Market


@tagged("post_install", "-at_install")
class TestSavedSearch(Market, TrocCase):
    def test_one_mail_a_day_of_what_is_new(self):
        searches = self.by(self.portal2_user, self.env["troc.saved.search"])
        search = searches.create({"name": "Repas", "filters": {"query": "plateaux"}})
        listing = self.published()
        self.date_back(search.sudo(), told_on=1)
        mails = self.env["mail.mail"]
        before = mails.search([])
        searches.sudo()._cron_digest()
        mail = mails.search([]) - before
        self.assertIn(listing.name, mail.body_html)
        self.assertIn("List-Unsubscribe-Post", mail.headers)
        self.assertEqual(mail.recipient_ids, self.portal2_user.partner_id)
        before += mail
        # the time of a transaction stands still; the next day's is another one
        self.assertEqual(search.told_on, self.env.cr.now())
        search.sudo().told_on = listing.published_on
        searches.sudo()._cron_digest()
        self.assertFalse(mails.search([]) - before)
        token = searches._unsubscribe_token(self.portal2_user.id)
        self.assertIn(token, mail.body_html)
        self.assertNotEqual(token, searches._unsubscribe_token(self.portal_user.id))
        searches._unsubscribe(self.portal2_user.id)
        self.assertFalse(search.is_alert)

    def test_a_search_is_its_users_own(self):
        searches = self.by(self.portal2_user, self.env["troc.saved.search"])
        search = searches.create({"name": "Repas", "filters": {"gone": 1}})
        self.assertFalse(search._filters().query)
        colleague = self._portal_user("second", self.portal2)
        with self.assertRaises(AccessError):
            self.by(colleague, search).read(["name"])

    def test_so_many_times_an_hour_and_no_more(self):
        allows = self.env["troc.rate.limit"]._allows
        self.assertEqual(
            [allows("x", "a", 2) for _try in range(3)], [True, True, False]
        )
        self.assertTrue(allows("x", "b", 2))
        self.assertTrue(allows("y", "a", 2))
        tries = self.env["troc.rate.limit"].sudo()
        self.assertNotIn("a", tries.search([]).mapped("key"))
        for user in (self.portal_user, self.manager):
            with self.assertRaises(AccessError):
                self.by(user, tries).search([])
