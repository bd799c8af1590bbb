"""Long batches: in chunks, each in a transaction of its own, with progress shown."""

import logging
import time

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.troc_actif_invoice.public import shown
from odoo.addons.troc_actif_invoice.seal import sealed

_logger = logging.getLogger(__name__)

# More than a screenful goes through the queue; it is also what one transaction takes.
CHUNK = 25
TRIES = 5


class TrocQueue(models.AbstractModel):
    """Validates in the background what is too long for one call.

    `queued_by_id` of a compensation says who queued it: in his name it is validated,
    with the rights that he then has.
    """

    _name = "troc.queue"
    _description = "Queue of validations"

    def _add(self, compensations):
        """Leave these to the queue, in the name of the current user; say so to him."""
        todo = sealed(compensations).filtered(lambda c: c.state == "submitted")
        todo.write({"queued_by_id": self.env.uid})
        # sudo: starting a scheduled action is no right of an animator
        self.env.ref("troc_actif.cron_validate_queue").sudo()._trigger()
        message = self.env._(
            "%s compensations are being validated in the background. The list "
            "shows which ones are still queued.",
            len(todo),
        )
        return shown("info", message)

    def _run(self):
        """Validate what was queued, a chunk at a time, as the user who queued it."""
        progress = self.env["ir.cron"]
        waiting = [("queued_by_id", "!=", False)]
        queued = self.env["troc.compensation"].search(waiting, order="id")
        progress._commit_progress(remaining=len(queued))
        for user, compensations in queued.grouped("queued_by_id").items():
            for start in range(0, len(compensations), CHUNK):
                chunk = compensations[start : start + CHUNK]
                self._validate(chunk, user)
                if not progress._commit_progress(len(chunk)):
                    return

    def _validate(self, chunk, user):
        """Validate one chunk as `user`; on a conflict start it again on fresh data.

        Odoo repeats a conflicting RPC call, but not a scheduled action.
        """
        for attempt in range(TRIES):
            try:
                as_user = chunk.with_user(user).with_context(lang=user.lang)
                as_user._check_validators()
                as_user._validate_now()
                self.env.cr.flush()
                return
            except UserError as error:
                self._refused(chunk, user, error)
                return
            except OperationalError as error:
                if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                    raise
                _logger.info("Conflict on %s, try %s", chunk.ids, attempt + 1)
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(0.2 * 2**attempt)

    def _refused(self, chunk, user, error):
        """Take one out of the queue; of several, one must not stop the rest."""
        if len(chunk) == 1:
            self._remove(chunk, error)
            return
        for compensation in chunk:
            self._validate(compensation, user)

    def _remove(self, compensation, error):
        """Take it out of the queue: its user may not validate it (any more)."""
        sealed(compensation).write(
            {
                "queued_by_id": False,
                "blocked_code": getattr(error.__cause__, "code", "posting_failed"),
                "blocked_detail": str(error),
            }
        )
