"""What the set-up made stays as it is: all else counts on it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import InvoiceCase


@tagged("post_install", "-at_install")
class TestKept(InvoiceCase):
    def test_what_may_not_be_changed_by_hand(self):
        journal, account = self.company.troc_journal_id, self.company.troc_account_id
        line = self.company._troc_method_line("inbound")
        bank = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("troc_role", "=", False)], limit=1
        )
        for record, values in (
            (journal, {"troc_role": False}),
            (journal, {"type": "cash"}),
            (journal, {"restrict_mode_hash_table": False}),
            (line, {"payment_account_id": bank.default_account_id.id}),
            (line, {"journal_id": bank.id}),
            (self.company, {"troc_journal_id": bank.id}),
            (self.company, {"troc_account_id": bank.default_account_id.id}),
        ):
            with self.subTest(record=record, values=values):
                self.assert_refused("frozen", "", record.write, values)
        self.assert_refused("frozen", line.display_name, line.unlink)
        # what the company already has may be written again: a form does
        self.company.write({"troc_account_id": account.id})

    def test_an_accountant_sets_nothing_himself(self):
        for values in (
            {"troc_mention": "{share}% Actif"},
            {"troc_share_base": "untaxed"},
        ):
            with self.assertRaises(AccessError):
                self.by(self.accountant, self.company).write(values)

    def test_the_refusal_in_both_languages(self):
        journal = self.company.troc_journal_id
        for lang, words in (
            ("en_US", "kept by the set-up for Actifs"),
            ("fr_FR", "tenu par le paramétrage des Actifs"),
        ):
            own = journal.with_context(lang=lang)
            self.assert_refused("frozen", words, own.write, {"troc_role": False})
