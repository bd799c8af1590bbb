"""A member's data hold what the addons that a network may do without know of him."""

from odoo.tests import tagged

from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_exchange.models import export_fields


@tagged("post_install", "-at_install")
class TestExportOfAll(TrocCase):
    def test_every_field_that_is_named_is_there_and_may_be_read(self):
        """Odoo itself gathers the file: no field of it may be hidden from him."""
        for name, model in (
            ("MEMBER", "troc.member"),
            ("LISTING", "troc.listing"),
            ("COMPENSATION", "troc.compensation"),
            ("STATE_CHANGE", "troc.member.state.change"),
            ("LIMIT_CHANGE", "troc.limit.change"),
            ("LIMIT_REQUEST", "troc.limit.request"),
            ("FEE", "troc.fee"),
            ("SCHEDULE", "troc.member.schedule"),
            ("CONFIRMATION", "troc.balance.confirmation"),
            ("INTRODUCTION", "troc.introduction"),
            ("MOVEMENT", "troc.register.item"),
        ):
            with self.subTest(name=name):
                own = self.by(self.portal_user, self.env[model])
                own.check_field_access_rights("read", getattr(export_fields, name))

    def test_fees_and_confirmations_are_in_it(self):
        exports = self.env["troc.export"]
        self.assertEqual(exports._fees(self.portal)._name, "troc.fee")
        letters = exports._confirmations(self.portal)
        self.assertEqual(letters._name, "troc.balance.confirmation")
