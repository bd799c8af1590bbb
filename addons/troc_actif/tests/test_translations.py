"""The template of terms is what Odoo finds in the addon today."""

import io
from pathlib import Path

import polib

from odoo.tests import tagged
from odoo.tools.translate import trans_export

from .common import TrocCase

TEMPLATE = Path(__file__).parents[1] / "i18n/troc_actif.pot"


@tagged("post_install", "-at_install")
class TestTranslations(TrocCase):
    def test_template_is_current(self):
        """If not, run ./scripts/translate and write the French that it asks for."""
        buffer = io.BytesIO()
        trans_export(False, ["troc_actif"], buffer, "po", self.env)
        found = {entry.msgid for entry in polib.pofile(buffer.getvalue().decode())}
        written = {entry.msgid for entry in polib.pofile(str(TEMPLATE))}
        self.assertEqual(found - written, set(), "not in the template yet")
        self.assertEqual(written - found, set(), "no longer in the addon")
