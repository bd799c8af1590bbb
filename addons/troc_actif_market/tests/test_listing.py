"""A listing from draft to closed: by its member, the animators and the clock."""

import base64
import ctypes
import io
import re
from datetime import timedelta
from pathlib import Path

from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed

from ..pictures import safe_picture
from .market import Market, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@tagged("post_install", "-at_install")
class TestListing(Market, TrocCase):
    def test_from_draft_to_closed_and_back(self):
        listing = self.listing()
        self.assertEqual(listing.state, "draft")
        self.assertEqual(listing.territory_id, self.portal.territory_id)
        listing.action_publish()
        today = fields.Date.today()
        self.assertEqual(listing.state, "published")
        self.assertEqual(listing.expires_on, today + timedelta(days=90))
        for action, state in (
            ("action_pause", "paused"),
            ("action_publish", "published"),
            ("action_close", "closed"),
            ("action_publish", "published"),
        ):
            getattr(listing, action)()
            self.assertEqual(listing.state, state)

    def test_what_lacks_is_said_for_each_field(self):
        listing = self.listing(description=" ", category_id=False, price_max=9)
        problems = {field: error.code for field, error in listing._problems()}
        self.assertEqual(
            problems,
            {
                "description": "listing_missing",
                "category_id": "listing_missing",
                "price_max": "listing_price_order",
            },
        )
        self.assert_refused(
            "listing_missing",
            listing.name,
            listing.with_env(listing.env).action_publish,
        )
        self.assertEqual(listing.state, "draft")

    def test_a_share_that_the_network_refuses(self):
        self.network.allow_half_share = False
        listing = self.listing(share="50")
        self.assert_refused("listing_share", listing.name, listing.action_publish)
        listing.is_helping_hand = True
        listing.action_publish()

    def test_who_may_not_buy_publishes_no_need(self):
        sealed(self.portal).state = "on_hold"
        self.listing(kind="offer").action_publish()
        with self.assertRaises(UserError):
            self.listing(kind="need").action_publish()

    def test_nobody_writes_what_the_network_keeps(self):
        listing = self.listing()
        for values in (
            {"state": "published"},
            {"published_on": "2026-01-01 00:00:00"},
            {"expires_on": "2030-01-01"},
            {"moderation_reason": "Parfait"},
        ):
            with self.assertRaises(UserError, msg=values):
                listing.write(values)
        made = self.by(self.portal_user, self.env["troc.listing"])
        with self.assertRaises(UserError):
            made.create(
                {"member_id": self.portal.id, "name": "X", "state": "published"}
            )
        made = made.with_context(default_state="published")
        self.assertEqual(
            made.create({"member_id": self.portal.id, "name": "X"}).state, "draft"
        )
        with self.assertRaises(UserError):
            listing.member_id = self.portal2

    def test_animators_see_it_first_where_the_network_wants(self):
        self.network.listing_moderation = True
        listing = self.published()
        self.assertEqual(listing.state, "pending")
        self.assertEqual(listing.sudo().activity_ids.user_id, self.animator)
        self.assertFalse(self.found().total)
        self.by(self.animator, listing).action_approve()
        self.assertEqual(listing.state, "published")
        self.assertFalse(listing.sudo().activity_ids)
        listing.price_min = 20
        self.assertEqual(listing.state, "published")
        listing.description = "Tout autre chose."
        self.assertEqual(listing.state, "pending")

    def test_sent_back_with_a_reason(self):
        self.network.listing_moderation = True
        listing = self.published()
        own = self.by(self.animator, listing)
        self.assert_refused(
            "reason_missing", self.portal.name, own.action_send_back, " "
        )
        wizard = self.by(self.animator, self.env["troc.reason"]).create(
            {
                "decision": "send_back",
                "listing_ids": listing.ids,
                "reason": "Où le retirer ?",
            }
        )
        wizard.action_confirm()
        self.assertEqual(listing.state, "draft")
        self.assertEqual(listing.moderation_reason, "Où le retirer ?")
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("Où le retirer ?", mail.body_html)
        self.assertEqual(mail.recipient_ids, self.portal_user.partner_id)
        listing.action_publish()
        self.by(self.animator, listing).action_approve()
        self.assertFalse(listing.moderation_reason)

    def test_only_animators_decide(self):
        self.network.listing_moderation = True
        listing = self.published()
        self.assert_refused(
            "not_animator", self.portal_user.name, listing.action_approve
        )
        with self.assertRaises(AccessError):
            listing.action_send_back("Non")

    def test_a_reminder_then_the_end(self):
        listing = self.published().sudo()
        cron = self.env["troc.listing"]._cron_expire
        cron()
        self.assertFalse(listing.reminded_on)
        self.date_back(listing, expires_on=85)
        cron()
        self.assertTrue(listing.reminded_on)
        before = self.env["mail.mail"].search_count([])
        cron()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)
        self.date_back(listing, expires_on=10)
        cron()
        self.assertEqual(listing.state, "expired")
        self.assertFalse(self.found().total)
        self.by(self.portal_user, listing).action_renew()
        self.assertEqual(listing.state, "published")
        self.assertFalse(listing.reminded_on)
        self.assertGreater(listing.expires_on, fields.Date.today())

    def test_a_copy_is_a_draft_with_the_pictures(self):
        listing = self.published()
        self.add_picture(listing)
        copy = listing.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.published_on)
        self.assertEqual(len(copy.picture_ids), 1)
        self.assertNotEqual(copy.picture_ids, listing.picture_ids)

    # -- pictures -----------------------------------------------------------------

    def add_picture(self, listing, content=None):
        content = base64.b64encode(content or picture())
        return listing.picture_ids.create({"listing_id": listing.id, "image": content})

    def test_a_picture_is_made_anew(self):
        kept = self.add_picture(self.listing(), picture((2400, 1200)) + b"<script>")
        content = base64.b64decode(kept.image)
        self.assertTrue(content.startswith(b"\xff\xd8\xff"))
        self.assertNotIn(b"<script>", content)

    def test_what_is_no_picture_is_refused(self):
        listing = self.listing()
        for content in (SVG, b"<html><script>", b"%PDF-1.7", b"GIF89a", b"\x89PNG\r\n"):
            with self.assertRaises(UserError) as caught:
                self.add_picture(listing, content)
            self.assertEqual(caught.exception.__cause__.code, "not_a_picture")
        kept = self.add_picture(listing)
        with self.assertRaises(UserError):
            kept.image = base64.b64encode(SVG)

    def test_a_picture_of_too_many_points(self):
        with self.assertRaises(UserError) as caught:
            self.add_picture(self.listing(), picture((7000, 6000)))
        self.assertEqual(caught.exception.__cause__.code, "picture_too_big")

    def test_a_picture_that_moves_costs_one_frame(self):
        """Three hundred frames, or 38 million points: memory stays small."""
        moving = io.BytesIO()
        frames = (Image.new("P", (1200, 1200), number % 256) for number in range(300))
        next(frames).save(moving, "GIF", save_all=True, append_images=frames)
        self.assertLess(self.unfolded(moving.getvalue()), 60)
        wide = io.BytesIO()
        Image.new("RGB", (6200, 6200)).save(wide, "JPEG")
        self.assertLess(self.unfolded(wide.getvalue()), 100)
        for kind in ("WEBP", "GIF", "PNG"):
            wide = io.BytesIO()
            Image.new("RGB", (6200, 6200)).save(wide, kind)
            with self.assertRaises(RuleError) as caught:
                safe_picture(wide.getvalue())
            self.assertEqual(caught.exception.code, "picture_too_big")

    def unfolded(self, content):
        """Return by how many MB a picture makes this process grow at its height."""
        status = Path("/proc/self/status")
        ctypes.CDLL(None).malloc_trim(0)  # what was freed before counts for nothing
        Path("/proc/self/clear_refs").write_text("5")  # the height counts from here
        before = self.megabytes(status, "VmRSS")
        self.assertTrue(safe_picture(content))
        return self.megabytes(status, "VmHWM") - before

    def megabytes(self, status, name):
        found = re.search(rf"^{name}:\s+(\d+) kB", status.read_text(), re.MULTILINE)
        return int(found[1]) / 1024

    def test_six_pictures_and_no_more(self):
        listing = self.listing()
        for _number in range(6):
            self.add_picture(listing)
        with self.assertRaises(UserError) as caught:
            self.add_picture(listing)
        self.assertEqual(caught.exception.__cause__.code, "pictures_too_many")

    def test_days_in_order(self):
        listing = self.listing()
        days = {"date_from": "2027-03-01", "date_to": "2027-03-05", "capacity": 2}
        listing.slot_ids = [(0, 0, days)]
        with self.assertRaises(UserError):
            listing.slot_ids.capacity = -1
