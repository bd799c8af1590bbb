"""The words: every refusal in both languages, mails to both sides, activities."""

import ast
import datetime
import re
from decimal import Decimal
from pathlib import Path

from odoo.tests import tagged

from .. import exceptions
from ..lib.actif_rules.errors import RuleError
from .common import TrocCase

ADDON = Path(exceptions.__file__).parent
# shown beside the field of a form, or about a form as a whole: it names nothing
BESIDE_A_FIELD = ("field_missing", "charter_missing", "too_often")
# the fact that a sentence names when it is about no single record
NAMED = ("Pièce FAC/1", "Maison Membre", "Valeur-X", "Modèle-Y")


def codes_raised():
    """Return {code: file} of all codes that the rules and the models can raise."""
    found = {}
    for path in (*ADDON.glob("lib/**/*.py"), *ADDON.glob("models/**/*.py")):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            for code in _codes(node):
                found.setdefault(code, path.name)
    return found


def _codes(node):
    """Yield the codes in one node: RuleError("x"), yield "x", {...}, frozenset(...)."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleError":
        yield from _texts(node.args[:1])
    if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
        yield from _texts(node.value.elts[:1])
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in (
        "CODES",
        "OPEN_QUESTIONS",
    ):
        for constant in ast.walk(node.value):
            for text in _texts([constant]):
                yield from text.split()


def _texts(nodes):
    for node in nodes:
        if isinstance(node, ast.Constant) and re.fullmatch(
            "[a-z_ \n]+", str(node.value)
        ):
            yield node.value


@tagged("post_install", "-at_install")
class TestSentences(TrocCase):
    def facts(self):
        facts = {name: f"<{name}>" for name in exceptions._FACTS}
        amounts = (
            "amount",
            "room",
            "missing",
            "headroom",
            "excess",
            "open",
            "balance",
            "threshold",
            "total",
            "share",
        )
        facts.update(dict.fromkeys(amounts, Decimal("1234.56")))
        facts.update(
            member="Maison Membre",
            value="Valeur-X",
            siren="Valeur-X",
            template="Modèle-Y",
            state="on_hold",
            date=datetime.date(2026, 11, 22),
            lock_date=datetime.date(2026, 10, 31),
            allowed=("100", "50"),
            territories=["Paris", "Essonne"],
        )
        facts.pop("record")
        return facts

    def sentence(self, code, lang):
        env = self.env(context={**self.env.context, "lang": lang})
        return exceptions.explain(env, RuleError(code, **self.facts()), "Pièce FAC/1")

    def test_every_code_in_both_languages(self):
        self.assertGreater(len(exceptions.MESSAGES), 50)
        for code in exceptions.MESSAGES:
            with self.subTest(code):
                english, french = (
                    self.sentence(code, lang) for lang in ("en_US", "fr_FR")
                )
                self.assertNotEqual(english, french, "not translated")
                for sentence in english, french:
                    if code in BESIDE_A_FIELD:
                        continue
                    self.assertTrue(any(name in sentence for name in NAMED), sentence)
                    self.assertNotRegex(sentence, r"%\(|%%|–$")
                    self.assertTrue(sentence.endswith("."), sentence)
                used = set(re.findall("<([a-z_]+)>", english))
                self.assertEqual(set(re.findall("<([a-z_]+)>", french)), used)

    def test_figures_and_dates_as_the_reader_writes_them(self):
        french = self.sentence("credit_limit_exceeded", "fr_FR")
        self.assertRegex(french, "1[\xa0\u202f]234,56")
        self.assertIn("31/10/2026", self.sentence("date_locked", "fr_FR"))
        self.assertIn("Paris, Essonne", self.sentence("wrong_territory", "fr_FR"))
        self.assertNotIn("on_hold", self.sentence("buyer_may_not_buy", "fr_FR"))

    def test_every_code_that_is_raised_has_a_sentence(self):
        raised = codes_raised()
        for code in (
            "credit_limit_exceeded",
            "no_claim",
            "too_slow",
            "frozen",
            "duplicate",
            "unknown_seller",
            "encrypted",
        ):
            self.assertIn(code, raised, "this test does not find the codes any more")
        missing = {
            code: file
            for code, file in raised.items()
            if code not in exceptions.MESSAGES
        }
        self.assertFalse(missing)

    def test_every_fact_of_a_sentence_is_a_known_fact(self):
        tree = ast.parse((ADDON / "exceptions.py").read_text())
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        used = {
            name
            for text in texts
            if isinstance(text, str)
            for name in re.findall(r"%\(([a-z_]+)\)s", text)
        }
        self.assertLessEqual(used, set(exceptions._FACTS))

    def test_an_unknown_code_still_names_the_record(self):
        error = RuleError("tomorrow", amount=Decimal(1))
        text = exceptions.explain(self.env, error, "Pièce FAC/1")
        self.assertIn("Pièce FAC/1", text)
        self.assertIn("tomorrow", text)


@tagged("post_install", "-at_install")
class TestNotifications(TrocCase):
    def mails(self, compensation):
        return self.env["mail.mail"].search(
            [("model", "=", compensation._name), ("res_id", "=", compensation.id)],
            order="id",
        )

    def assert_told(self, compensation, before, *words):
        """One mail more, to both sides, with these words; it is queued, not sent."""
        mails = self.mails(compensation) - before
        sides = compensation.seller_partner_id + compensation.buyer_partner_id
        self.assertEqual(mails.recipient_ids, sides)
        for mail in mails:
            self.assertEqual(mail.state, "outgoing")
            self.assertIn(compensation.document_number, mail.subject)
            for word in (*words, compensation.seller_id.name):
                self.assertIn(word, str(mail.body_html))
        return self.mails(compensation)

    def test_mails_to_both_sides(self):
        compensation = self.uploaded(self.portal, self.portal2, share=50)
        mails = self.assert_told(compensation, self.env["mail.mail"], "600")
        self.validate(compensation)
        mails = self.assert_told(compensation, mails, "600", compensation.name)
        self.by(self.animator, compensation).action_reverse("Chantier annulé")
        self.assert_told(compensation, mails, "Chantier annulé")
        refused = self.uploaded(self.portal, self.portal2)
        mails = self.mails(refused)
        self.by(self.animator, refused).action_refuse("Devis différent")
        self.assert_told(refused, mails, "Devis différent")

    def test_mails_of_a_hosted_compensation(self):
        compensation = self.submitted()
        mails = self.assert_told(compensation, self.env["mail.mail"])
        self.validate(compensation)
        self.assert_told(compensation, mails)

    def test_one_that_waits_sends_no_mail(self):
        compensation = self.uploaded(self.portal, self.portal2, amount=5000)
        before = self.mails(compensation)
        self.by(self.animator, compensation).action_validate()
        self.assertEqual(self.mails(compensation), before)

    def test_the_chatter_says_who_did_what(self):
        compensation = self.uploaded(self.portal, self.portal2)
        self.validate(compensation)
        self.by(self.manager, compensation).action_reverse("Chantier annulé")
        notes = compensation.message_ids.sorted("id")
        for user, word in (
            (self.portal_user, self.portal_user.name),
            (self.animator, self.animator.name),
            (self.manager, "Chantier annulé"),
        ):
            own = notes.filtered(lambda m, u=user: m.author_id == u.partner_id)
            self.assertIn(word, "".join(str(body) for body in own.mapped("body")))

    def test_activities_of_the_animators_in_charge(self):
        metropole = self.env.ref("troc_actif.territory_metropole")
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        todo = compensation.activity_ids
        self.assertEqual(todo.user_id, self.animator + self.animator2)
        self.assertEqual(len(todo), 2)
        self.assertEqual(
            todo.activity_type_id, self.env.ref("troc_actif.activity_validate")
        )
        self.assertIn(self.portal.name, todo[0].summary)
        self.validate(compensation)
        self.assertFalse(compensation.activity_ids)
        metropole.animator_ids = self.animator2
        refused = self.uploaded(self.portal2, self.portal2_buyer(), amount=100)
        self.assertEqual(refused.activity_ids.user_id, self.animator2)
        self.by(self.animator2, refused).action_refuse("Non")
        self.assertFalse(refused.activity_ids)

    def portal2_buyer(self):
        return self._portal("Test Voisin", "94300", "000100057")

    def test_no_activity_for_one_who_belongs_to_a_party(self):
        self.animator.company_ids += self.seller.company_id
        self.animator2.partner_id.parent_id = self.portal2.partner_id
        compensation = self.submitted(amount=100)
        self.assertEqual(compensation.activity_ids.user_id, self.animator2)
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        self.assertEqual(compensation.activity_ids.user_id, self.animator)
