"""The words: every refusal of every addon, in both languages."""

import ast
import datetime
import re
from decimal import Decimal
from pathlib import Path

from odoo.tests import tagged

from odoo.addons.troc_actif import exceptions
from odoo.addons.troc_actif.tests.common import TrocCase
from odoo.addons.troc_actif_invoice import refusals
from odoo.addons.troc_actif_invoice.exceptions import _FACTS
from odoo.addons.troc_actif_invoice.lib.actif_rules.errors import RuleError
from odoo.addons.troc_actif_invoice.seal import sealed

from troc_dev.needs import database

ADDONS = Path(exceptions.__file__).parents[1]
# where the pure rules are, whose refusals every addon may word that asks them
RULES = "troc_actif_invoice"
# shown beside the field of a form, or about a form as a whole: it names nothing
BESIDE_A_FIELD = ("busy", "field_missing", "charter_missing", "too_often")
# the fact that a sentence names when it is about no single record
NAMED = ("Pièce FAC/1", "Maison Membre", "Valeur-X", "Modèle-Y")
WORDS = re.compile("[a-z_ \n]+")


def sources():
    """Yield (addon, tree) of each file that may raise, the words themselves aside."""
    for path in sorted(ADDONS.rglob("*.py")):
        addon, *inside = path.relative_to(ADDONS).parts
        aside = {"tests", "migrations", "refusals", "refusals.py", "exceptions.py"}
        aside |= {"controllers"}  # names of fields of forms
        if not aside & set(inside):
            yield addon, ast.parse(path.read_text())


def codes_raised():
    """Return {(code, addon)}; a code built at run time is a pattern (`.+_unpaid`)."""
    return {
        (code, addon)
        for addon, tree in sources()
        for node in ast.walk(tree)
        for code in _codes(node)
    }


def _codes(node):
    """Yield the codes in one node: RuleError("x"), yield "x", {...}, frozenset(...)."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RuleError":
        yield from _texts(node.args[:1])
        yield from _patterns(node.args[:1])
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
        if isinstance(node, ast.Constant) and WORDS.fullmatch(str(node.value)):
            yield node.value


def _patterns(nodes):
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            )


def words_used():
    """Return every word that stands in the code: a code may be passed on in a name."""
    return {
        word
        for _addon, tree in sources()
        for node in ast.walk(tree)
        for text in _texts([node])
        for word in text.split()
    }


def owners():
    """Return {code: the addon that words it}."""
    found = {}
    for path in (*ADDONS.glob("*/refusals.py"), *ADDONS.glob("*/refusals/*.py")):
        addon = path.relative_to(ADDONS).parts[0]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict):
                found.update(dict.fromkeys(_texts(filter(None, node.keys)), addon))
    return found


@tagged("post_install", "-at_install")
class TestSentences(TrocCase):
    def facts(self):
        facts = {name: f"<{name}>" for name in _FACTS}
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
        self.assertGreater(len(refusals.REFUSALS), 50)
        for code in refusals.REFUSALS:
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

    def test_every_code_that_is_raised_has_a_sentence_within_reach(self):
        worded = owners()
        raised = codes_raised()
        self.assertGreater(len(raised), 150, "the codes are not found any more")
        for code, addon in raised:
            with self.subTest(code):
                found = [c for c in worded if re.fullmatch(code, c)]
                self.assertTrue(found)
                # an addon without the one that words it would say nothing
                within = {worded[c] for c in found} & set(database.needs(addon))
                self.assertTrue(within or addon == RULES and self.is_pure(code))

    def is_pure(self, code):
        """Tell whether only the pure rules raise it, which all addons may ask."""
        tree = ADDONS / RULES / "models"
        return not any(code in path.read_text() for path in tree.rglob("*.py"))

    def test_every_sentence_is_said_somewhere(self):
        words, built = words_used(), [c for c, _addon in codes_raised() if ".+" in c]
        self.assertTrue(built, "the codes built at run time are not found any more")
        for code in refusals.REFUSALS:
            said = code in words or any(re.fullmatch(one, code) for one in built)
            self.assertTrue(said, f"{code} is raised nowhere")

    def test_what_stops_a_compensation_says_whom_it_is_told(self):
        """A code without `tells` is told to neither side, by default."""
        compensation = self.uploaded(self.portal, self.portal2, amount=100)
        neutral = {"network_looks", "party_not_ready"}
        for code in ({*refusals.REFUSALS} - neutral) | {"tomorrow"}:
            sides = exceptions.tells(code)
            sealed(compensation).write(
                {"blocked_code": code, "blocked_detail": "Le détail", "state": "draft"}
            )
            for side, user in (
                ("seller", self.portal_user),
                ("buyer", self.portal2_user),
            ):
                read = self.by(user, compensation).blocked_reason
                self.assertEqual(read == "Le détail", side in sides, (code, side))
            read = self.by(self.animator, compensation).blocked_reason
            self.assertEqual(read, "Le détail")

    def test_every_fact_of_a_sentence_is_a_known_fact(self):
        files = (*ADDONS.glob("*/refusals.py"), *ADDONS.glob("*/refusals/*.py"))
        trees = [ast.parse(path.read_text()) for path in files]
        nodes = [node for tree in trees for node in ast.walk(tree)]
        texts = [n.value for n in nodes if isinstance(n, ast.Constant)]
        used = {
            name
            for text in texts
            if isinstance(text, str)
            for name in re.findall(r"%\(([a-z_]+)\)s", text)
        }
        self.assertLessEqual(used, set(_FACTS))

    def test_an_unknown_code_still_names_the_record(self):
        error = RuleError("tomorrow", amount=Decimal(1))
        text = exceptions.explain(self.env, error, "Pièce FAC/1")
        self.assertIn("Pièce FAC/1", text)
        self.assertIn("tomorrow", text)
