"""The templates of terms are what Odoo finds in the addons today."""

import io

import polib

from odoo.tests import tagged
from odoo.tools.translate import trans_export

from odoo.addons.troc_actif.tests.common import TrocCase

from troc_dev import paths
from troc_dev.needs import database


@tagged("post_install", "-at_install")
class TestTranslations(TrocCase):
    def test_templates_are_current(self):
        """If not, run ./scripts/translate and write the French that it asks for."""
        for addon in database.our_addons():
            with self.subTest(addon):
                buffer = io.BytesIO()
                trans_export(False, [addon], buffer, "po", self.env)
                text = buffer.getvalue().decode()
                found = {entry.msgid for entry in polib.pofile(text)}
                template = paths.ADDONS / addon / "i18n" / f"{addon}.pot"
                written = {entry.msgid for entry in polib.pofile(str(template))}
                self.assertEqual(found - written, set(), "not in the template yet")
                self.assertEqual(written - found, set(), "no longer in the addon")
