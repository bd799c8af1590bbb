from odoo import Command, api, fields, models
from odoo.tools import SQL

from ...lib.actif_rules import invariants
from ..common.managers import all_managers
from .troc_verification_corrections import TrocVerificationCorrections
from .troc_verification_documents import TrocVerificationDocuments
from .troc_verification_transfers import TrocVerificationTransfers

# the chain of hashes: entries read at once, and what is read beside what is hashed
HASHED_AT_ONCE = 1000
HASH_FIELDS = ("inalterable_hash", "currency_id")


class TrocVerification(
    TrocVerificationCorrections,
    TrocVerificationDocuments,
    TrocVerificationTransfers,
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
                    "number": check.number,
                    "code": check.code,
                    "held": not breaches,
                    "breaches": "\n".join(breaches),
                }
            )
            for check, breaches in run._results()
        ]
        return run.sudo(False)

    def _results(self):
        """Yield (check, [breach, ...]) of the eight invariants, in their order."""
        for check in invariants.CHECKS:
            yield check, getattr(self, f"_breaches_{check.code}")()

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
    def report(self, network_ids=None):
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

    def _breaches_register_sums_to_zero(self):
        rows = self._query(
            """
            SELECT SUM(item.balance) FROM account_move_line item
              JOIN troc_network n ON n.register_account_id = item.account_id
             WHERE n.id = %(network)s AND item.parent_state = 'posted'
            HAVING SUM(item.balance) != 0
            """
        )
        return [self.env._("The register sums to %s, not to 0.", r[0]) for r in rows]

    def _breaches_entries_complete(self):
        return [
            *self._breaches_compensations_complete(),
            *self._breaches_parts_complete(),
            *self._breaches_transfers_complete(),
        ]

    def _breaches_compensations_complete(self):
        rows = self._query(
            """
            SELECT comp.name, COUNT(move.id), expected.n
              FROM troc_compensation comp
              CROSS JOIN LATERAL (SELECT
                   (1 + (comp.seller_payment_id IS NOT NULL)::int
                      + (comp.buyer_payment_id IS NOT NULL)::int)
                   * CASE comp.state WHEN 'reversed' THEN 2
                                     WHEN 'validated' THEN 1 ELSE 0 END AS n
                   ) expected
         LEFT JOIN account_move move
                ON move.troc_compensation_id = comp.id AND move.state = 'posted'
               AND move.date = CASE WHEN move.reversed_entry_id IS NULL
                                    THEN comp.entry_date
                                    ELSE comp.reversal_date END
               AND (SELECT SUM(line.debit) FROM account_move_line line
                     WHERE line.move_id = move.id) = comp.actif_amount
             WHERE comp.network_id = %(network)s
               AND NOT (comp.state = 'reversed' AND comp.register_move_id IS NULL)
          GROUP BY comp.id, expected.n
            HAVING COUNT(move.id) != expected.n
                OR (comp.state IN ('validated', 'reversed')
                    AND (comp.register_move_id IS NULL
                         OR (comp.move_id IS NOT NULL
                             AND comp.seller_payment_id IS NULL)))
            """
        )
        return self._wrong_entries(rows)

    def _wrong_entries(self, rows):
        """Return a sentence for each (name, entries found, entries expected)."""
        return [
            self.env._(
                "%(name)s has %(found)s entries of its amount and date, not "
                "%(expected)s.",
                name=name,
                found=found,
                expected=expected,
            )
            for name, found, expected in rows
        ]

    def _breaches_books_match_register(self):
        rows = self._query(
            """
            WITH books AS (
                SELECT member.id AS member_id, move.troc_compensation_id AS comp_id,
                       move.troc_transfer_id AS transfer_id, item.date, item.balance
                  FROM troc_member member
                  JOIN res_company company ON company.id = member.company_id
                  JOIN account_move_line item
                    ON item.account_id = company.troc_account_id
                   AND item.company_id = company.id
                   AND item.parent_state = 'posted'
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN troc_compensation comp ON comp.id = move.troc_compensation_id
             LEFT JOIN troc_transfer transfer ON transfer.id = move.troc_transfer_id
                 WHERE member.network_id = %(network)s AND member.kind = 'hosted'
                   AND COALESCE(comp.network_id, transfer.network_id,
                                member.network_id) = member.network_id
            ), register AS (
                SELECT item.member_id, item.compensation_id AS comp_id,
                       item.transfer_id, item.date, item.amount AS balance
                  FROM %(register)s item
                  JOIN troc_member member ON member.id = item.member_id
                 WHERE item.network_id = %(network)s AND member.kind = 'hosted'
            ), differences AS (
                (SELECT * FROM books EXCEPT ALL SELECT * FROM register)
                UNION ALL
                (SELECT * FROM register EXCEPT ALL SELECT * FROM books)
            )
            SELECT member.name, COALESCE(comp.name, transfer.name, '-'), d.date,
                   d.balance
              FROM differences d
              JOIN troc_member member ON member.id = d.member_id
         LEFT JOIN troc_compensation comp ON comp.id = d.comp_id
         LEFT JOIN troc_transfer transfer ON transfer.id = d.transfer_id
            """
        )
        return [
            self.env._(
                "%(member)s: %(balance)s on %(date)s (%(compensation)s) stands in only "
                "one of books and register.",
                member=member,
                compensation=compensation,
                date=date,
                balance=balance,
            )
            for member, compensation, date, balance in rows
        ]

    def _breaches_limits_kept(self):
        rows = self._query(
            """
            SELECT name, balance, credit_limit, balance_limit FROM troc_member
             WHERE network_id = %(network)s
               AND (balance < -credit_limit
                    OR (balance_limit > 0 AND balance > balance_limit))
               AND (override_by_id IS NULL OR override_on IS NULL
                    OR COALESCE(override_reason, '') = ''
                    OR balance < -credit_limit - credit_override
                    OR (balance_limit > 0
                        AND balance > balance_limit + balance_override))
            """
        )
        return [
            self.env._(
                "%(member)s stands at %(balance)s, beyond his limits (%(credit)s "
                "below, %(ceiling)s above), without a recorded override.",
                member=member,
                balance=balance,
                credit=credit,
                ceiling=ceiling or "-",
            )
            for member, balance, credit, ceiling in rows
        ]

    def _breaches_amounts_add_up(self):
        return [*self._breaches_amounts_split(), *self._breaches_parts_set_off()]

    def _breaches_amounts_split(self):
        rows = self._query(
            """
            SELECT comp.name
              FROM troc_compensation comp
         LEFT JOIN account_move invoice ON invoice.id = comp.move_id
         LEFT JOIN account_payment payment ON payment.id = comp.seller_payment_id
         LEFT JOIN LATERAL (
                SELECT SUM(line.amount_residual) AS open
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                 WHERE line.move_id = payment.move_id AND account.reconcile
                   ) payment_open ON TRUE
             WHERE comp.network_id = %(network)s
               AND (comp.actif_amount + comp.cash_amount != comp.total_amount
                    OR comp.cash_amount < 0
                    OR (comp.state = 'validated' AND comp.move_id IS NOT NULL
                        AND (comp.actif_amount > invoice.amount_total
                             OR COALESCE(payment_open.open, 1) != 0))
                    OR (comp.state = 'validated' AND comp.origin_id IS NOT NULL
                        AND (SELECT SUM(note.actif_amount)
                               FROM troc_compensation note
                              WHERE note.origin_id = comp.origin_id
                                AND note.state = 'validated')
                            > COALESCE((SELECT origin.actif_amount
                                          FROM troc_compensation origin
                                         WHERE origin.id = comp.origin_id
                                           AND origin.state = 'validated'), 0)))
            """
        )
        return [
            self.env._(
                "%s: Actif part and euro part do not add up, or more is compensated "
                "or taken back than the invoice allows.",
                name,
            )
            for (name,) in rows
        ]

    def _breaches_compensated_once(self):
        rows = self._query(
            """
            SELECT STRING_AGG(name, ', ' ORDER BY id)
              FROM troc_compensation
             WHERE network_id = %(network)s AND state IN ('submitted', 'validated')
          GROUP BY seller_id, UPPER(document_number), document_year
            HAVING COUNT(*) > 1
             UNION
            SELECT STRING_AGG(name, ', ' ORDER BY id)
              FROM troc_compensation
             WHERE network_id = %(network)s AND state IN ('submitted', 'validated')
               AND document_sha256 IS NOT NULL
          GROUP BY document_sha256
            HAVING COUNT(*) > 1
            """
        )
        return [self.env._("The same invoice is in %s.", names) for (names,) in rows]

    def _breaches_balances_match_items(self):
        rows = self._query(
            """
            SELECT member.name, member.balance, COALESCE(SUM(item.amount), 0)
              FROM troc_member member
         LEFT JOIN %(register)s item ON item.member_id = member.id
             WHERE member.network_id = %(network)s
          GROUP BY member.id
            HAVING COALESCE(member.balance, 0) != COALESCE(SUM(item.amount), 0)
            """
        )
        return [
            self.env._(
                "%(member)s: the balance says %(stored)s, the register %(items)s.",
                member=member,
                stored=stored,
                items=items,
            )
            for member, stored, items in rows
        ]

    def _breaches_hash_chain_holds(self):
        """Recompute the chains of the journals that compensations write, and read
        the documents (troc_verification_documents.py)."""
        members = self.network_id.with_context(active_test=False).member_ids
        companies = members.filtered(lambda m: m.kind == "hosted").company_id
        journals = companies.troc_journal_id | self.network_id.register_journal_id
        broken = [breach for j in journals for breach in self._broken_chain(j)]
        return broken + self._breaches_documents_kept()

    def _broken_chain(self, journal):
        posted = [("journal_id", "=", journal.id), ("state", "=", "posted")]
        moves = self.env["account.move"]
        for (prefix,) in moves._read_group(posted, ["sequence_prefix"]):
            own = [*posted, ("sequence_prefix", "=", prefix)]
            entry = self._first_altered(moves.search(own, order="sequence_number"))
            if entry:
                yield self.env._(
                    "%(company)s, chain %(prefix)s: entry %(entry)s was altered or "
                    "is not secured.",
                    company=journal.company_id.name,
                    prefix=prefix,
                    entry=entry.name,
                )

    def _first_altered(self, chain):
        """Return the first entry of a chain that its hash does not fit, if any.

        So many at a time, and only what the hash is made of: a chain may be long.
        """
        previous = ""
        for start in range(0, len(chain), HASHED_AT_ONCE):
            moves = chain.browse(chain.ids[start : start + HASHED_AT_ONCE])
            moves.fetch([*moves._get_integrity_hash_fields(), *HASH_FIELDS, "line_ids"])
            lines = moves.line_ids
            lines.fetch([*lines._get_integrity_hash_fields(), "currency_id"])
            hashes = moves._calculate_hashes(previous)
            for move in moves:
                if move.inalterable_hash != hashes[move]:
                    return move
            previous = hashes[moves[-1]]
            lines.invalidate_recordset(flush=False)
            moves.invalidate_recordset(flush=False)
        return chain.browse()


class TrocVerificationLine(models.Model):
    _name = "troc.verification.line"
    _description = "Verdict of one invariant"
    _order = "number"

    verification_id = fields.Many2one(
        "troc.verification", required=True, ondelete="cascade", index=True
    )
    number = fields.Integer()
    code = fields.Selection(
        [
            ("register_sums_to_zero", "The balances of the network sum to zero"),
            ("entries_complete", "Every compensation has exactly its entries"),
            ("books_match_register", "Members' books agree with the register"),
            ("limits_kept", "Nobody is past his limits without a recorded override"),
            ("amounts_add_up", "Actif part and euro part add up to the invoice"),
            ("compensated_once", "No invoice is compensated twice"),
            ("balances_match_items", "Stored balances equal the register"),
            ("hash_chain_holds", "Secured entries and documents are as they were"),
        ],
        "Invariant",
    )
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
