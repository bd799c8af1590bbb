"""What we write: valid by every schema and schematron, and read back as meant."""

import json
import re
import subprocess
import sys
from decimal import Decimal

from odoo.tests import tagged

from ..lib.actif_rules.facturx import (
    judge as facturx_judge,
)
from ..lib.actif_rules.facturx import (
    reader as facturx_reader,
)
from .common import IBAN, SIREN, InvoiceCase
from .schematron import NEEDED, Schematrons

MENTION = "Paiement par compensation en {}% Actif"
LINES = {
    "services": [(1000, "20% S")],
    "goods": [(1000, "20% G")],
    "both": [(600, "20% S"), (400, "20% G")],
    "rates": [(100.05, "20% S"), (33.33, "10% S"), (7.77, "5.5% S")],
}
# factur-x cannot be imported beside Odoo (python-stdnum): a process of its own
OTHER_READER = """
import json, sys
from facturx import parse_ubl_cii_xml
told = parse_ubl_cii_xml(sys.stdin.buffer.read())
print(json.dumps(told, default=str))
"""


@tagged("post_install", "-at_install")
class TestWritten(InvoiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.troc_allow_free_share = True

    def exported(self, share, lines="services", iban=True, **values):
        """Return (invoice, XML) of a posted invoice with this Actif share."""
        banks = self.company.partner_id.bank_ids
        bank = banks[:1] if iban else banks.browse()
        invoice = self.invoice(share, LINES[lines], post=False, **values)
        invoice.partner_bank_id = bank
        invoice.action_post()
        xml, errors = invoice.env["account.edi.xml.cii"]._export_invoice(invoice)
        self.assertFalse(errors if iban or share == 100 else set())
        return invoice, xml

    def all_cases(self):
        """Yield (name, XML) over shares, natures, rates and bank accounts."""
        for share in (50, 100, 33.33):
            for lines in LINES:
                for iban in (True, False):
                    name = f"{share} % {lines} {'IBAN' if iban else 'no IBAN'}"
                    yield name, self.exported(share, lines, iban)[1]

    @NEEDED
    def test_every_schematron_passes(self):
        with Schematrons() as schematrons:
            for name, xml in self.all_cases():
                for sheet in ("EXTENDED", "FR", "FR-EXTENDED"):
                    with self.subTest(name, sheet=sheet):
                        self.assertEqual(schematrons.failures(xml, sheet), {})

    @NEEDED
    def test_the_european_rules_pass_too(self):
        """EN 16931 has its own identifier: with it, its own rules hold as well."""
        with Schematrons() as schematrons:
            for name, xml in self.all_cases():
                plain = re.sub(
                    rb"urn:cen\.eu:en16931:2017#conformant#[^<]*",
                    b"urn:cen.eu:en16931:2017",
                    xml,
                )
                with self.subTest(name):
                    self.assertEqual(schematrons.failures(plain, "EN16931"), {})

    @NEEDED
    def test_a_schematron_can_fail(self):
        _, xml = self.exported(50)
        broken = xml.replace(b">380<", b">999<")
        with Schematrons() as schematrons:
            self.assertTrue(schematrons.failures(broken, "EXTENDED"))
            self.assertTrue(schematrons.failures(xml.replace(b"PMT", b"AAK"), "FR"))

    def test_read_back_to_the_same_facts(self):
        for share, lines in ((50, "services"), (100, "goods"), (33.33, "rates")):
            invoice, xml = self.exported(share, lines)
            parsed = facturx_reader.read_document(xml)
            self.assertEqual(facturx_judge.judge(parsed, today=invoice.date), ())
            self.assertEqual(parsed.number, invoice.name)
            self.assertEqual(parsed.total, Decimal(str(invoice.amount_total)))
            self.assertEqual(parsed.seller.siren, SIREN["seller"])
            self.assertEqual(parsed.seller.siret, "00010001600005")
            self.assertEqual(parsed.buyer.siren, SIREN["buyer"])
            self.assertEqual(parsed.actif_claim.share, Decimal(str(share)))
            self.assertEqual(parsed.actif_claim.places, ("BT-20", "BT-82", "PAI"))
            self.assertEqual(parsed.prepaid, 0)
            self.assertEqual(parsed.due, parsed.total)

    def test_read_by_another_reader_to_the_same_amounts(self):
        invoice, xml = self.exported(50, "rates")
        told = subprocess.run(
            [sys.executable, "-c", OTHER_READER],
            input=xml,
            capture_output=True,
            check=True,
        )
        told = json.loads(told.stdout)
        self.assertEqual(told["BT-1"], invoice.name)
        self.assertEqual(float(told["BT-109"]), invoice.amount_untaxed)
        self.assertEqual(float(told["BT-110"]), invoice.amount_tax)
        self.assertEqual(float(told["BT-112"]), invoice.amount_total)
        self.assertEqual(float(told["BT-115"]), invoice.amount_total)
        self.assertEqual(told["BT-20"], MENTION.format(50))
        self.assertEqual(told["BT-82"], MENTION.format(50))

    def value(self, xml, tag):
        """Return the texts of the elements of this name."""
        return re.findall(rf"<ram:{tag}[^>]*>([^<]*)</ram:{tag}>", xml.decode())

    def test_the_whole_in_actifs_names_no_account(self):
        _, xml = self.exported(100)
        self.assertEqual(self.value(xml, "Information"), [MENTION.format(100)])
        self.assertIn(b"<ram:TypeCode>97</ram:TypeCode>", xml)
        self.assertNotIn(IBAN.encode(), xml)

    def test_a_part_in_euros_keeps_the_account(self):
        _, xml = self.exported(33.33)
        self.assertEqual(self.value(xml, "Information"), [MENTION.format("33,33")])
        self.assertIn(b"<ram:TypeCode>58</ram:TypeCode>", xml)
        self.assertEqual(self.value(xml, "IBANID"), [IBAN])

    def test_the_payment_terms_stay_behind_the_mention(self):
        term = self.env.ref("account.account_payment_term_30days")
        _, xml = self.exported(50, invoice_payment_term_id=term.id)
        terms = self.value(xml, "Description")
        name = term.with_context(lang=self.customer.lang).name
        self.assertIn(f"{MENTION.format(50)}. {name}", terms)
        parsed = facturx_reader.read_document(xml)
        self.assertEqual(parsed.actif_claim.share, 50)

    def test_vat_is_due_on_payment_only_if_all_of_it_is(self):
        for lines, code in (("services", "72"), ("goods", "5"), ("both", "5")):
            _, xml = self.exported(50, lines)
            self.assertEqual(set(self.value(xml, "DueDateTypeCode")), {code}, lines)

    def test_the_business_process_follows_what_is_sold(self):
        for lines, process in (("services", "S1"), ("goods", "B1"), ("both", "M1")):
            _, xml = self.exported(50, lines)
            self.assertIn(f"<ram:ID>{process}</ram:ID>".encode(), xml, lines)

    def test_a_line_without_product_is_named_by_its_description(self):
        _, xml = self.exported(50, "both")
        self.assertEqual(self.value(xml, "Name")[:2], ["Ligne 1", "Ligne 2"])

    def test_vat_in_euros(self):
        self.company.troc_share_base = "untaxed"
        invoice, xml = self.exported(100)
        self.assertEqual((invoice.actif_amount, invoice.cash_amount), (1000, 200))
        self.assertEqual(self.value(xml, "IBANID"), [IBAN])
        parsed = facturx_reader.read_document(xml)
        claim = parsed.actif_claim
        self.assertEqual((claim.share, claim.base, claim.agree), (100, "untaxed", True))

    def test_without_actif_share_the_output_is_odoos(self):
        _, xml = self.exported(0)
        for word in (b"Actif", b"BusinessProcess", b"SubjectCode", b"0225"):
            self.assertNotIn(word, xml)
        self.assertIn(b"<ram:TypeCode>42</ram:TypeCode>", xml)
