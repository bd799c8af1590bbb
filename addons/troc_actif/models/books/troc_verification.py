from odoo import Command, api, fields, models
from odoo.tools import SQL

from odoo.addons.troc_actif_invoice.public import typed
from odoo.addons.troc_actif_invoice.typed import Ids

from ..common.managers import all_managers
from .invariants import (
    amounts_add_up,
    balances_match_items,
    books_match_register,
    compensated_once,
    entries_complete,
    hash_chain_holds,
    limits_kept,
    register_sums_to_zero,
)
from .troc_verification_documents import TrocVerificationDocuments

# In their order.  An addon adds its own: its code in `_checks`, so that it has the next
# number, and its sentence by `selection_add` on the line's `code`.
EIGHT = (
    ("register_sums_to_zero", register_sums_to_zero.SENTENCE),
    ("entries_complete", entries_complete.SENTENCE),
    ("books_match_register", books_match_register.SENTENCE),
    ("limits_kept", limits_kept.SENTENCE),
    ("amounts_add_up", amounts_add_up.SENTENCE),
    ("compensated_once", compensated_once.SENTENCE),
    ("balances_match_items", balances_match_items.SENTENCE),
    ("hash_chain_holds", hash_chain_holds.SENTENCE),
)


class TrocVerification(
    register_sums_to_zero.RegisterSumsToZero,
    entries_complete.EntriesComplete,
    books_match_register.BooksMatchRegister,
    limits_kept.LimitsKept,
    amounts_add_up.AmountsAddUp,
    compensated_once.CompensatedOnce,
    balances_match_items.BalancesMatchItems,
    hash_chain_holds.HashChainHolds,
    TrocVerificationDocuments,
    models.Model,
):
    """One run of the eight invariants over a network, with every breach named."""

    _name = "troc.verification"
    _description = "Verification of the books"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    network_id = fields.Many2one("troc.network", required=True, ondelete="cascade")
    run_on = fields.Datetime(required=True, default=fields.Datetime.now)
    run_by_id = fields.Many2one("res.users", default=lambda self: self.env.uid)
    line_ids = fields.One2many("troc.verification.line", "verification_id")
    held_count = fields.Integer(compute="_compute_held_count", store=True)
    all_held = fields.Boolean(compute="_compute_held_count", store=True)

    # Documents on the disk, under the invariant of what may not be altered
    # files are read in order of id; the next run goes on after this one
    read_until = fields.Integer(readonly=True)
    faulty_file_ids = fields.Many2many("ir.attachment", readonly=True)

    @api.depends("line_ids.held")
    def _compute_held_count(self):
        for run in self:
            run.held_count = len(run.line_ids.filtered("held"))
            run.all_held = len(run.line_ids) == run.held_count

    @api.depends("network_id", "run_on")
    def _compute_display_name(self):
        for run in self:
            total = len(run.line_ids)
            run.display_name = f"{run.network_id.name} ({run.held_count}/{total})"

    def _creation_message(self):
        self.ensure_one()
        return self.env._("Books verified")

    @api.model
    def _run(self, network):
        """Run all invariants over `network`, store and return the result."""
        network.check_access("read")
        # sudo: nobody writes results by hand, and the checks read all books
        run = self.sudo().create({"network_id": network.id})
        run.line_ids = [
            Command.create(
                {
                    "number": number,
                    "code": code,
                    "held": not breaches,
                    "breaches": "\n".join(breaches),
                }
            )
            for number, code, breaches in run._results()
        ]
        return run.sudo(False)

    def _results(self):
        """Yield (number, code, [breach, ...]) of the invariants, in their order."""
        for number, code in enumerate(self._checks(), start=1):
            yield number, code, getattr(self, f"_breaches_{code}")()

    def _checks(self):
        """Return the codes of the invariants, in their order."""
        return [code for code, _sentence in EIGHT]

    @api.model
    def _cron_verify(self):
        """Verify every network; a breach becomes an activity of its managers."""
        # the scheduled action runs as superuser: every network
        for network in self.env["troc.network"].search([("active", "=", True)]):
            lang = network.company_id.partner_id.lang
            run = self.with_context(lang=lang)._run(network)
            if not run.all_held:
                run._alert()
            self.env["ir.cron"]._commit_progress(1)

    def _alert(self):
        for user in all_managers(self.env):
            self.activity_schedule(
                "troc_actif.activity_breach",
                user_id=user.id,
                summary=self.display_name,
            )

    @api.model
    @typed
    def report(self, network_ids: Ids = None):
        """Verify networks; return a list of dicts for scripts and RPC.

        Each: network, held, total, checks = [{number, title, held, breaches}].
        """
        domain = [("id", "in", network_ids)] if network_ids else []
        runs = [self._run(n) for n in self.env["troc.network"].search(domain)]
        return [run._as_dict() for run in runs]

    def _as_dict(self):
        return {
            "network": self.network_id.name,
            "held": self.held_count,
            "total": len(self.line_ids),
            "checks": [
                {
                    "number": line.number,
                    "title": line.title,
                    "held": line.held,
                    "breaches": (line.breaches or "").splitlines(),
                }
                for line in self.line_ids
            ],
        }

    # -- the eight, each a query that returns what breaks it -------------------

    def _query(self, query):
        """Return the rows of `query`; %(network)s is this network's id and
        %(register)s the register's items."""
        self.env.flush_all()
        register = SQL("(%s)", self.env["troc.register.item"]._table_query)
        known = {"network": self.network_id.id, "register": register}
        values = {k: v for k, v in known.items() if f"%({k})s" in query}
        return self.env.execute_query(SQL(query, **values))


class TrocVerificationLine(models.Model):
    _name = "troc.verification.line"
    _description = "Verdict of one invariant"
    _order = "number"

    verification_id = fields.Many2one(
        "troc.verification", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer()
    code = fields.Selection(list(EIGHT), "Invariant")
    title = fields.Char(compute="_compute_title")
    held = fields.Boolean("Holds")
    verdict = fields.Selection(
        [("held", "Holds"), ("broken", "Broken")], compute="_compute_verdict"
    )
    breaches = fields.Text()

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_title(self):
        titles = dict(self._fields["code"]._description_selection(self.env))
        for line in self:
            line.title = titles.get(line.code, "")

    @api.depends("held")
    def _compute_verdict(self):
        for line in self:
            line.verdict = "held" if line.held else "broken"
