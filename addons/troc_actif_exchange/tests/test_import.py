"""Members, limits and opening balances of an existing network come in."""

import base64
import io

import xlsxwriter

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.troc_actif_invoice.lib.actif_rules.imports.columns import (
    LISTINGS,
    MEMBERS,
)
from odoo.addons.troc_actif_invoice.seal import sealed

from .. import sheets
from ..models import troc_import, troc_import_run
from .import_case import ANNA, BERT, HEAD, ImportCase, csv_of, zip_of


def xlsx_of(*rows, name="membres", formula=None):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(name)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    if formula:
        page.write_formula(*formula)
    book.close()
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestImport(ImportCase):
    def test_the_check_tells_all_and_keeps_nothing(self):
        before = self.network.with_context(active_test=False).member_ids
        record = self.checked(csv_of(ANNA, BERT))
        self.assertEqual(record.state, "checked")
        self.assertEqual(record.created_count, 2)
        self.assertEqual(record.refused_count, 0)
        self.assertEqual(self.rows(record, "balances").result, "posted")
        self.assertIn("2", record.summary)
        self.env.invalidate_all()
        members = self.network.with_context(active_test=False).member_ids
        self.assertEqual(members, before)
        self.assertFalse(self.network.own_member_id)
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Anna")]))
        self.assertFalse(self.env["troc.transfer"].search([]))

    def test_members_limits_and_balances_come_in(self):
        record = self.imported(csv_of(ANNA, BERT))
        self.assertEqual(record.state, "done")
        self.assertEqual(record.progress, 100.0)
        anna, bert = self.member_of("732829320"), self.member_of("552100554")
        self.assertEqual((anna.name, anna.state), ("Anna", "active"))
        self.assertEqual(anna.credit_limit, 300)
        self.assertEqual(bert.credit_limit, self.network.credit_limit)
        self.assertEqual((anna.balance, bert.balance), (150, -150))
        self.assertEqual(self.network.own_member_id.balance, 0)
        self.assertEqual(
            anna.territory_id, self.env.ref("troc_actif.territory_metropole")
        )
        self.assert_invariants()

    def test_what_is_decided_is_written_down(self):
        record = self.imported(csv_of(ANNA, BERT))
        anna = self.member_of("732829320")
        kinds = anna.limit_change_ids.sorted("id").mapped("kind")
        self.assertEqual(kinds, ["default", "set"])
        change = anna.limit_change_ids.sorted("id")[-1]
        self.assertIn("reseau.csv", change.reason)
        self.assertEqual(change.user_id, self.manager)
        self.assertIn("reseau.csv", anna.state_change_ids.reason)
        self.assertEqual(anna.state_change_ids.user_id, self.manager)
        transfers = self.env["troc.transfer"].search([("kind", "=", "opening")])
        self.assertEqual(len(transfers), 2)
        self.assertEqual(transfers.posted_by_id, self.manager)
        self.assertEqual(record.run_by_id, self.manager)

    def test_a_balance_beyond_the_limit_is_let_pass_and_told(self):
        far = ("Anna", "732829320", "93100", "100", "-150")
        record = self.imported(csv_of(far, ("Bert", "552100554", "", "", "150")))
        anna = self.member_of("732829320")
        self.assertEqual(anna.credit_override, 50)
        self.assertEqual(anna.override_by_id, self.manager)
        row = self.rows(record)[0]
        self.assertEqual(row.status, "warning")
        self.assertIn("50", row.message)
        self.assert_invariants()

    def test_states_dates_and_notices(self):
        head = ("nom", "siren", "état", "motif de l'état", "fin du préavis", "adhésion")
        rows = (
            ("Anna", "732829320", "sortant", "Déménage", "31/12/2030", "15/03/2020"),
            ("Bert", "552100554", "suspendu", "", "", "2021-01-02"),
            ("Carl", "000100057", "candidat", "", "", ""),
        )
        self.imported(csv_of(*rows, head=head))
        anna, bert = self.member_of("732829320"), self.member_of("552100554")
        self.assertEqual((anna.state, anna.state_reason), ("leaving", "Déménage"))
        self.assertEqual(str(anna.notice_end), "2030-12-31")
        self.assertEqual(str(anna.member_since), "2020-03-15")
        self.assertEqual(bert.state, "on_hold")
        self.assertIn("reseau.csv", bert.state_reason)
        carl = self.member_of("000100057")
        self.assertEqual(carl.state, "candidate")
        self.assertFalse(carl.member_since)

    # -- refused -------------------------------------------------------------------

    def test_each_refused_row_says_line_column_reason_and_what_to_do(self):
        rows = (
            ("Anna", "732829321", "", "", ""),
            ("", "552100554", "", "-3", ""),
            ("Carl", "000100057", "", "cent", ""),
            ("Dora", "000100065", "75010", "", ""),
        )
        record = self.checked(csv_of(*rows))
        first, second, third, last = self.rows(record)
        self.assert_row_refused(first, "import_siren", "732829321", column="SIREN")
        both = "Raison sociale, Découvert autorisé"
        codes = "import_missing import_negative"
        self.assert_row_refused(second, codes, "-3", column=both)
        one = "Découvert autorisé"
        self.assert_row_refused(third, "import_amount", "cent", one, column=one)
        self.assertEqual(last.status, "ok")
        self.assertEqual(record.refused_count, 3)
        self.assertEqual(record.row_ids[0].status, "refused", "refused rows come first")

    def test_a_row_is_all_or_nothing(self):
        """What the database refuses late takes the contact back, too."""
        self.env["res.partner"].create(
            [
                {"name": name, "is_company": True, "company_registry": "732829320"}
                for name in ("Anna A", "Anna B")
            ]
        )
        record = self.imported(csv_of(ANNA[:4], BERT[:4], head=HEAD[:4]))
        refused, right = self.rows(record)
        self.assert_row_refused(refused, "import_partners", "Anna A", "Anna B")
        self.assertEqual(right.status, "ok")
        self.assertFalse(self.member_of("732829320"))
        self.assertTrue(self.member_of("552100554"))

    def test_what_the_database_refuses_late_takes_the_contact_back(self):
        """The SIREN of a row is that of a company which is a member by another one."""
        self.portal.partner_id.company_registry = "732829320"
        self.env.flush_all()
        sealed(self.portal).siren = "000100032"
        row = ("Anna", "732829320", "+33 1 23 45 67 89")
        record = self.imported(csv_of(row, head=("nom", "siren", "téléphone")))
        self.assert_row_refused(self.rows(record), "import_unexpected", "Anna")
        self.assertFalse(self.portal.partner_id.phone)

    def test_doubles_are_refused_all(self):
        record = self.checked(csv_of(ANNA, ANNA, BERT))
        self.assertEqual(
            self.rows(record).mapped("status"), ["refused", "refused", "ok"]
        )

    def test_balances_are_all_or_none(self):
        cent, wrong = (*BERT[:4], "-149,99"), ("Carl", "000100058", "", "", "0")
        for rows, code, word in (
            ((ANNA, cent), "import_balances_sum", "0,01"),
            ((ANNA, BERT, wrong), "import_balances_refused", "4"),
        ):
            with self.subTest(code=code):
                record = self.imported(csv_of(*rows))
                balances = self.rows(record, "balances")
                self.assert_row_refused(balances, code, word)
                self.assertEqual(self.member_of("732829320").balance, 0)
                self.assertFalse(self.env["troc.transfer"].search([]))

    def test_balances_of_a_network_that_moves_are_not_taken(self):
        self.transfer(self.portal, self.portal2, 50)
        record = self.imported(csv_of(ANNA, BERT))
        balances = self.rows(record, "balances")
        self.assert_row_refused(balances, "import_balances_stand", "Anna", "150")
        self.assertEqual(self.member_of("732829320").balance, 0)

    def test_the_same_file_twice_changes_nothing(self):
        self.imported(csv_of(ANNA, BERT))
        record = self.imported(csv_of(ANNA, BERT))
        results = record.row_ids.mapped("result")
        self.assertEqual(set(results), {"unchanged"})
        self.assertEqual(self.member_of("732829320").balance, 150)
        self.assertEqual(self.env["troc.transfer"].search_count([]), 2)
        self.assert_invariants()

    # -- who is there already ---------------------------------------------------------

    def test_who_is_there_is_updated_and_each_change_told(self):
        head = ("nom", "siren", "ville", "métier", "plafond", "état")
        row = ("Test Traiteur Portail", "000100032", "Lyon", "Repas", "900", "suspendu")
        record = self.imported(csv_of(row, head=head))
        told = self.rows(record).message
        self.assertEqual(self.rows(record).result, "updated")
        self.assertEqual(self.portal.trade, "Repas")
        self.assertEqual(self.portal.partner_id.city, "Lyon")
        self.assertEqual(self.portal.balance_limit, 900)
        for word in ("Lyon", "Repas", "900"):
            self.assertIn(word, told)
        self.assertEqual(self.portal.state, "active", "a state is an act of its own")
        self.assertEqual(self.rows(record).status, "warning")

    def test_who_is_there_is_left_alone_where_told_so(self):
        head = ("nom", "siren", "métier")
        rows = (("X", "000100032", "Repas"), ("Anna", "732829320", "Bois"))
        record = self.imported(csv_of(*rows, head=head), existing="skip")
        self.assertEqual(self.rows(record).mapped("result"), ["unchanged", "created"])
        self.assertFalse(self.portal.trade)
        self.assertNotEqual(self.portal.name, "X")

    def test_a_limit_below_the_use_is_refused(self):
        self.set_limits(self.portal, 500)
        self.transfer(self.portal, self.portal2, 300)
        head = ("nom", "siren", "découvert")
        row = (self.portal.name, "000100032", "100")
        record = self.imported(csv_of(row, head=head))
        self.assert_row_refused(self.rows(record), "limit_below_use", "300")
        self.assertEqual(self.portal.credit_limit, 500)

    # -- files -----------------------------------------------------------------------

    def test_french_windows_is_read_right(self):
        row = ("Évêché & Fils – Œuvre", "732829320")
        self.imported(csv_of(row, head=HEAD[:2], encoding="cp1252"))
        self.assertEqual(self.member_of("732829320").name, row[0])

    def test_broken_letters_are_refused_in_words(self):
        record = self.file("nom;siren\nSociété".encode() + b"\xff;732829320\n")
        self.assert_refused("import_encoding", "reseau.csv", record.action_check)

    def test_a_workbook_with_numbers_and_formulas(self):
        rows = (HEAD, ("Anna", 732829320, 93100, 300.5, 0), ("Bert", 552100554))
        content = xlsx_of(*rows, formula=(2, 3, "=100+1", None, 101))
        record = self.imported(content, "reseau.xlsx")
        self.assertEqual(self.member_of("732829320").credit_limit, 300.5)
        row = self.rows(record)[1]
        self.assert_row_refused(row, "import_formula", column="Découvert autorisé")

    def test_a_formula_in_a_csv_is_a_text(self):
        evil = "=cmd|' /C calc'!A0"
        self.imported(csv_of((evil, "732829320"), head=HEAD[:2]))
        self.assertEqual(self.member_of("732829320").name, evil)

    def test_hostile_files_are_refused_before_they_are_read(self):
        bomb = zip_of(membres=b"0" * 50_000_000)
        for content, code in (
            (b"\xd0\xcf\x11\xe0" * 9, "import_unknown"),
            (b"PK\x03\x04 broken", "import_damaged"),
            (b"bonjour", "import_nothing"),
            (bomb, "import_bomb"),
            (zip_of(membres=b""), "import_header"),
            (zip_of(mouvements=b"a;b\r\n1;2"), "import_nothing"),
        ):
            with self.subTest(code=code):
                record = self.file(content, "evil.zip")
                self.assert_refused(code, "evil.zip", record.action_check)
                self.assertEqual(record.state, "draft")
                self.assertFalse(record.row_ids)

    def test_no_file_is_said(self):
        record = self.by(self.manager, self.env["troc.import"]).create({})
        with self.assertRaises(UserError):
            record.action_check()

    def test_the_template_is_what_is_read(self):
        tables = {t.name: t.rows for t in sheets.tables_of(sheets.template())}
        self.assertEqual(tuple(tables["membres"][0]), MEMBERS.headers)
        self.assertEqual(tuple(tables["annonces"][0]), LISTINGS.headers)
        record = self.by(self.manager, self.env["troc.import"]).create({})
        self.assertIn(str(record.id), record.action_template()["url"])
        content = base64.b64decode(record.template)
        done = self.imported(content, "modele.xlsx")
        self.assertEqual(done.state, "done")

    # -- in the background -------------------------------------------------------------

    def test_progress_grows_chunk_by_chunk_and_stops_where_told(self):
        self.patch_chunk(2)
        names = ("000100057", "000100065", "000100073", "000100081", "000100099")
        rows = [(f"Membre {siren}", siren) for siren in names]
        record = self.checked(csv_of(*rows, head=HEAD[:2]))
        self.assertFalse(record.refused_count, record.row_ids.mapped("message"))
        record.action_run()
        self.assertEqual((record.state, record.progress), ("running", 0.0))
        self.env["troc.import"]._cron_import()
        self.assertEqual((record.state, record.progress), ("running", 40.0))
        record.action_stop()
        self.env["troc.import"]._cron_import()
        self.assertEqual((record.state, record.progress), ("failed", 40.0))
        record.action_resume()
        for _chunk in range(2):
            self.env["troc.import"]._cron_import()
        self.assertEqual((record.state, record.progress), ("done", 100.0))
        self.assertTrue(all(self.member_of(siren) for siren in names))

    def test_a_large_file_is_checked_in_the_background(self):
        self.patch(troc_import, "DIRECT", 1)
        record = self.checked(csv_of(ANNA, BERT))
        self.assertEqual((record.state, record.phase), ("running", "check"))
        self.assertTrue(all(row.status == "waiting" for row in record.row_ids))
        self.env["troc.import"]._cron_import()
        self.assertEqual((record.state, record.created_count), ("checked", 2))
        self.assertFalse(self.member_of("732829320"))
        self.run_import(record)
        self.assertEqual(self.member_of("732829320").balance, 150)

    def patch_chunk(self, size):
        self.patch(troc_import_run, "CHUNK", size)

    def test_one_that_breaks_off_does_not_stop_the_others(self):
        broken = self.checked(csv_of(ANNA[:2], head=HEAD[:2]))
        right = self.checked(csv_of(BERT[:2], head=HEAD[:2]))
        broken.action_run()
        second = self._user("manager2", "troc_actif.group_troc_manager")
        self.by(second, right).action_run()
        self.manager.group_ids -= self.env.ref("troc_actif.group_troc_manager")
        with self.assertLogs("odoo.addons.troc_actif.scheduled", "ERROR"):
            self.env["troc.import"]._cron_import()
        self.assertEqual(right.with_env(self.env).state, "done")
        self.assertEqual(broken.with_env(self.env).state, "running")

    def test_the_cells_are_forgotten_once_they_served(self):
        record = self.imported(csv_of(ANNA[:2], head=HEAD[:2]))
        record._forget()
        self.assertTrue(record.file)
        sealed(record).ended_on = "2020-01-01"
        record._forget()
        self.assertFalse(record.file)
        self.assertFalse(any(sealed(record).row_ids.mapped("values")))
        self.assertEqual(self.rows(record).what, "Anna", "the report stays")

    # -- rights ------------------------------------------------------------------------

    def test_managers_alone(self):
        record = self.checked(csv_of(ANNA))
        for user in (self.animator, self.reader, self.seller_accountant):
            with self.subTest(user=user.login):
                own = self.by(user, record)
                for act in ("action_check", "action_run", "action_stop"):
                    with self.assertRaises(AccessError):
                        getattr(own, act)()
                with self.assertRaises(AccessError):
                    self.by(user, self.env["troc.import"]).create({})
                with self.assertRaises(AccessError):
                    own.read(["summary"])
                with self.assertRaises(AccessError):
                    self.by(user, record.row_ids).read(["values"])

    def test_what_it_did_is_written_by_no_hand(self):
        record = self.checked(csv_of(ANNA))
        for values in ({"state": "done"}, {"checked_by_id": self.env.uid}):
            with self.assertRaises(UserError):
                record.write(values)
        with self.assertRaises(AccessError):
            record.row_ids.write({"status": "ok"})
        record.write({"existing": "skip"})
        self.assertEqual(record.state, "draft", "what was checked has changed")
        self.assert_refused("import_wrong_state", record.name, record.action_run)

    def test_large_balances_need_two_managers(self):
        self.network.four_eyes_threshold = 100
        record = self.checked(csv_of(ANNA, BERT))
        self.assertEqual(self.rows(record, "balances").status, "ok")
        self.assert_refused("import_second_manager", "100", record.action_run)
        second = self._user("manager2", "troc_actif.group_troc_manager")
        self.run_import(self.by(second, record))
        self.assertEqual(self.member_of("732829320").balance, 150)
        transfer = self.env["troc.transfer"].search([], limit=1)
        self.assertEqual(transfer.first_validator_id, self.manager)
        self.assertEqual(transfer.posted_by_id, second)
        self.assert_invariants()

    def test_the_form_of_a_manager(self):
        form = Form(self.by(self.manager, self.env["troc.import"]))
        form.file = base64.b64encode(csv_of(ANNA))
        record = form.save()
        record.action_check()
        self.assertEqual(Form(record).state, "checked")
