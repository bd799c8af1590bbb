"""A copy of the database takes no part in the network."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import TrocCase
from .neutralized import neutralize


@tagged("post_install", "-at_install")
class TestNeutralize(TrocCase):
    def test_keys_of_the_original_open_nothing(self):
        keys = self.env["res.users.apikeys"].with_user(self.animator)
        until = fields.Datetime.now() + timedelta(days=1)
        key = keys._generate("rpc", "Programme", until)
        check = self.env["res.users.apikeys"]._check_credentials
        self.assertEqual(check(scope="rpc", key=key), self.animator.id)
        neutralize(self.env, "troc_actif")
        self.assertFalse(check(scope="rpc", key=key))

    def test_the_books_of_the_copy_are_true(self):
        self.validated(share=50)
        neutralize(self.env, "base", "mail", "troc_actif")
        self.assert_invariants()
