"""Long batches: in chunks, each in a transaction of its own, with progress shown."""

import logging
import time

from psycopg2 import OperationalError

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..common.seal import sealed

_logger = logging.getLogger(__name__)

CHUNK = 25
TRIES = 5


class TrocCompensationQueue:
    """A part of TrocCompensation, where its fields stand."""

    __slots__ = ()

    def _is_long(self):
        return len(self) > CHUNK

    def _enqueue(self):
        """Leave these to the queue, in the name of the current user."""
        todo = sealed(self).filtered(lambda c: c.state == "submitted")
        todo.write({"queued_by_id": self.env.uid})
        # sudo: starting a scheduled action is no right of an animator
        self.env.ref("troc_actif.cron_validate_queue").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "%s compensations are being validated in the background. The list "
                    "shows which ones are still queued.",
                    len(todo),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_validate_queue(self):
        """Validate what was queued, a chunk at a time, as the user who queued it."""
        progress = self.env["ir.cron"]
        queued = self.search([("queued_by_id", "!=", False)], order="id")
        progress._commit_progress(remaining=len(queued))
        for user, compensations in queued.grouped("queued_by_id").items():
            for start in range(0, len(compensations), CHUNK):
                chunk = compensations[start : start + CHUNK]
                chunk._validate_chunk(user)
                if not progress._commit_progress(len(chunk)):
                    return

    def _validate_chunk(self, user):
        """Validate one chunk as `user`; on a conflict start it again on fresh data.

        Odoo repeats a conflicting RPC call, but not a scheduled action.
        """
        for attempt in range(TRIES):
            try:
                as_user = self.with_user(user).with_context(lang=user.lang)
                as_user._check_validators()
                as_user._validate_now()
                self.env.cr.flush()
                return
            except UserError as error:
                if len(self) > 1:
                    # one of them, which its own message names, must not stop the rest
                    for compensation in self:
                        compensation._validate_chunk(user)
                else:
                    self._dequeue(error)
                return
            except OperationalError as error:
                if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                    raise
                _logger.info("Conflict on %s, try %s", self.ids, attempt + 1)
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(0.2 * 2**attempt)

    def _dequeue(self, error):
        """Take these out of the queue: their user may not validate them (any more)."""
        sealed(self).write(
            {
                "queued_by_id": False,
                "blocked_code": getattr(error.__cause__, "code", "posting_failed"),
                "blocked_detail": str(error),
            }
        )
