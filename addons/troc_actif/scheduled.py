"""What scheduled actions share."""

import logging

_logger = logging.getLogger(__name__)


def each_alone(records, act):
    """Do `act(record)` for each record of a scheduled action, whatever one of them
    does.

    What fails is undone and logged with its record, and tried again the next time.
    Committed one by one, so that no row stays locked for long; a caller that is no
    scheduled action keeps its own transaction.
    """
    scheduled = "cron_id" in records.env.context
    progress = records.env["ir.cron"]
    if scheduled:
        progress._commit_progress(remaining=len(records))
    for record in records:
        try:
            with records.env.cr.savepoint():
                act(record)
        except Exception:
            # what a member typed must not stop the mails of all the others
            _logger.exception("Skipped for now: %s", record)
        if scheduled and not progress._commit_progress(1):
            return
