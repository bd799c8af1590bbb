"""Breaks the data behind Odoo's back, to see that the verification tells."""

from odoo.tools import SQL

from .common import TrocCase


class Sabotage(TrocCase):
    """Each sabotage names the checks that must see it, and the record to be named.

    All other checks must stay silent: one that sees everything fails, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        self = cls()
        cls.hosted = self.validated(share=50)
        cls.back = self.validated(amount=10, customer=cls.portal)
        self.by(cls.animator, cls.back).action_reverse("Erreur")
        cls.portals = self.validate(self.uploaded(cls.portal, cls.portal2, amount=100))
        cls.waiting = self.uploaded(cls.portal, cls.portal2, amount=20)
        beyond = self.uploaded(cls.portal2, cls.portal, amount=2500)
        self.by(cls.manager, beyond).action_validate_override("Vu en comité")
        cls.env.flush_all()

    def sabotage(self, query, *args, **kwargs):
        """Change the data behind Odoo's back."""
        self.env.flush_all()
        self.env.cr.execute(SQL(query, *args, **kwargs))
        self.assertTrue(self.env.cr.rowcount, query)
        self.env.invalidate_all()

    def without(self, *constraints):
        """Drop database constraints until the test ends."""
        self.env.flush_all()
        for name in constraints:
            table = SQL.identifier("_".join(name.split("_")[:2]))
            constraint = SQL.identifier(name)
            self.env.cr.execute(
                SQL("ALTER TABLE %s DROP CONSTRAINT IF EXISTS %s", table, constraint)
            )
            self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", constraint))

    def assert_only(self, code, named, other_codes=()):
        """Exactly these checks report, and the first one names the record."""
        run = self.env["troc.verification"]._run(self.network)
        broken = run.line_ids.filtered(lambda line: not line.held)
        self.assertEqual(set(broken.mapped("code")), {code, *other_codes})
        breaches = broken.filtered(lambda line: line.code == code).breaches
        self.assertIn(named, breaches)
        self.assertEqual(len(breaches.splitlines()), 1)
        self.assertEqual(run.held_count, 8 - len(broken))
        self.assertFalse(run.all_held)

    def register_line(self, compensation, member):
        lines = compensation.register_move_id.line_ids
        return lines.filtered(lambda line: line.partner_id == member.partner_id)
