"""How an import is carried out: at once and taken back, or in chunks and kept."""

import io
import zipfile

from odoo import api, fields

from odoo.addons.troc_actif.scheduled import each_alone
from odoo.addons.troc_actif_invoice.lib.actif_rules.imports import files as import_files
from odoo.addons.troc_actif_invoice.seal import sealed

CHUNK = 100
# how long a file is kept once it was imported
DAYS = 30


class TrocImportRun:
    """A part of TrocImport, where its fields stand."""

    __slots__ = ()

    def _dry_run(self):
        """Do all of it in a savepoint, keep the report and undo the rest."""
        rows = self._acting().row_ids
        rows._reset()
        savepoint = self.env.cr.savepoint()
        try:
            self._acting(dry=True)._apply_waiting(rows)
            self.env.flush_all()
            report = rows._report()
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        rows._keep_report(report)

    def _acting(self, dry=False):
        """Return self as what the rows are applied with: this user, and no mails at
        once, which would leave before the transaction is kept.
        """
        company = self.network_id.company_id
        # the operator's books, where the user works in them
        companies = company & self.env.user.company_ids or self.env.companies
        acting = self.with_context(
            allowed_company_ids=companies.ids,
            mail_notify_force_send=False,
            mail_create_nosubscribe=True,
            troc_import_dry=dry,
        )
        return acting

    def _apply_waiting(self, rows):
        """Apply what waits of `rows`, each alone; the balances all together."""
        archive = self._pictures_of(rows)
        for row in rows.with_env(self.env).filtered(lambda r: r.status == "waiting"):
            row._apply(archive)

    def _pictures_of(self, rows):
        """Return the open archive of the file where a row names pictures of it."""
        named = rows.filtered(lambda r: r.status == "waiting" and r._picture_names())
        content = self._content() if named else b""
        if zipfile.is_zipfile(io.BytesIO(content)):
            return import_files.open_archive(content)
        return None

    # -- in the background -----------------------------------------------------

    @api.model
    def _cron_import(self):
        """Go on with what is under way, as who started it: a chunk each, then again.

        A chunk that fails is undone; it is tried again the next time.
        """
        # sudo: the scheduled action is the network's
        running = self.sudo().search([("state", "=", "running")], order="id")
        each_alone(running, lambda record: record._go_on_as_author())

    def _go_on_as_author(self):
        user = self.run_by_id
        own = self.with_user(user).with_context(lang=user.lang)
        own._go_on()

    def _go_on(self):
        """Do one chunk of this import; ask for the next one where more waits."""
        self._check_manager()
        if self.phase == "check":
            self._dry_run()
            return self._end("checked")
        chunk = self._next_chunk()
        self._acting()._apply_waiting(chunk)
        if not self._next_chunk():
            return self._end("done")
        # sudo: starting a scheduled action is no right of a manager
        return self.env.ref("troc_actif_exchange.cron_import").sudo()._trigger()

    @api.autovacuum
    def _forget(self):
        """Forget what was typed once it served: the report stays, without the cells.

        A file holds the personal data of a whole network.
        """
        before = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS)
        done = sealed(self).search([("state", "=", "done"), ("ended_on", "<", before)])
        served = done.filtered("file")
        served.write({"file": False})
        served.row_ids.write({"values": False})

    def _next_chunk(self):
        return self.env["troc.import.row"].search(
            [("import_id", "=", self.id), ("status", "=", "waiting")],
            order="id",
            limit=CHUNK,
        )

    def _end(self, state):
        sealed(self).write({"state": state, "ended_on": fields.Datetime.now()})
        summary = self._summary()
        if summary:
            sealed(self)._message_log(
                body=summary, author_id=self.run_by_id.partner_id.id
            )
