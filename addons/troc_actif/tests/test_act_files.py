"""The act can be read: validating one compensation enters few files of the core."""

from odoo.tests import tagged

from .common import TrocCase
from .entered import entered, told

# Odoo's own records included; a new one is worth a thought.  Eleven more stand below
# the core, in troc_actif_invoice: the rules, the seal.
AT_MOST = 15


@tagged("post_install", "-at_install")
class TestActFiles(TrocCase):
    def ready(self):
        """Return a compensation of two hosted members that only a decision awaits."""
        compensation = self.submitted(amount=100)
        self.post_bill(compensation.bill_id)
        self.assertFalse(compensation.blocked_code)
        return self.by(self.animator, compensation)

    def test_validation_enters_few_files(self):
        self.ready().action_validate()
        compensation = self.ready()
        self.env.flush_all()
        self.env.invalidate_all()
        with entered() as found:
            compensation.action_validate()
            self.env.flush_all()
        self.assertEqual(compensation.state, "validated")
        self.assertLessEqual(len(found), AT_MOST, f"{len(found)} files\n{told(found)}")
        self.assert_invariants()
