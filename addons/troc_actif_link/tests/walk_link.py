"""A member with an Odoo of his own, in the random walk."""

from odoo.addons.troc_actif.tests.facturx_xml import facturx_xml
from odoo.addons.troc_actif.tests.walk_common import WalkPart


class WalkLink(WalkPart):
    """The portal member's link fetches and reports; his books are `self.booked`."""

    WEIGHTS = {"push": 6, "pull": 8, "replay": 2, "reopen": 2}

    def start_walk(self):
        self.booked = {}
        self._link_api().open()

    def _link_api(self):
        return self.by(self.portal_user, self.env["troc.link"])

    def _link(self):
        return self.env["troc.link"]._of(self.portal)

    def do_push(self):
        buyer = self.one_of(self.members - self.portal)
        content = self.encoded(facturx_xml(self.portal, buyer, self.amount()))
        told = self._link_api().push([{"name": "f.xml", "content": content}] * 2)
        if told[0]["result"] == "submitted":
            self.assertEqual(told[1]["result"], "known")
            self.walked += self.walked.search([("name", "=", told[0]["compensation"])])

    def do_pull(self):
        """Book a page as the member's side does, never one key twice."""
        page = self._link_api().pull(limit=self.random.choice((1, 3, 100)))
        self._book(page["entries"])

    def do_replay(self):
        self._book(self._link_api().pull(everything=True)["entries"])

    def do_reopen(self):
        self.by(self.portal_user, self._link()).action_revoke("Marche")
        self._link_api().open()

    def _book(self, entries):
        rows = []
        for entry in entries:
            sign = 1 if entry["side"] == "earned" else -1
            amount = round(sign * float(entry["amount"]), 2)
            self.assertEqual(self.booked.setdefault(entry["key"], amount), amount)
            rows.append({"key": entry["key"], "state": "posted", "reference": "T"})
        self._link_api().report(rows)

    def assert_walk_holds(self):
        """Every movement of the member is in his books once, and no other."""
        self.do_pull()
        self._book(self._link_api().pull(limit=500)["entries"])
        self.env.flush_all()
        items = self.env["troc.register.item"].search(
            [("member_id", "=", self.portal.id)]
        )
        entries = self._link().entry_ids
        self.assertEqual(sorted(entries.mapped("item_id")), sorted(items.ids))
        self.assertEqual(len(self.booked), len(items))
        total = sum(self.booked.values())
        self.assertAlmostEqual(total, self.portal.balance, places=2)
        self.assertEqual(set(entries.mapped("state")), {"posted"})
