"""All that may go wrong, each with its way out and its exit status.

0 all done; 1 something was refused or needs a human; 2 usage; 3 settings or rights;
75 an end does not answer; 130 interrupted.
"""

OK, TO_DO, USAGE, SETTINGS, NO_ANSWER, INTERRUPTED = 0, 1, 2, 3, 75, 130
LONGEST = 600
GONE = ("werkzeug.exceptions.NotFound", "builtins.AttributeError")
BUSY = ("SerializationFailure", "LockNotAvailable", "DeadlockDetected")


class LinkError(Exception):
    """What went wrong in one sentence, the way out in another, an exit status."""

    status = TO_DO

    def __init__(self, message, way_out="", status=None):
        super().__init__(sentence(message))
        self.way_out = way_out
        if status is not None:
            self.status = status


class Misconfigured(LinkError):
    """The settings cannot be used as they are."""

    status = SETTINGS


class Refused(LinkError):
    """Odoo said no, in its own sentence; nothing was changed there."""

    def __init__(self, message, way_out="", status=None, *, name=""):
        """`name`: the class of the exception, as `odoo.exceptions.UserError`."""
        super().__init__(message or name or "refus sans explication", way_out, status)
        self.name = name

    @property
    def is_access(self):
        """Tell whether the user lacks a right."""
        return self.name.endswith(".AccessError")

    @property
    def is_absent(self):
        """Tell whether that Odoo has no such model or method."""
        return self.name in GONE or "doesn't exist" in str(self)

    @property
    def is_busy(self):
        """Tell whether others were writing there meanwhile: later it may work."""
        return self.name.endswith(BUSY) or "could not serialize access" in str(self)


class NotAllowed(LinkError):
    """The user, the key or the password is not (or no longer) accepted."""

    status = SETTINGS


class Unreachable(LinkError):
    """No answer; what was asked may or may not have been done there."""

    status = NO_ANSWER


class Untrusted(Unreachable):
    """The server cannot prove who it is; nothing was told to it."""

    status = SETTINGS


def sentence(text):
    """Return a text as one line, without a traceback and not too long.

    >>> sentence("Non. \\n  Traceback (most recent call last):\\n File x")
    'Non.'
    """
    text = " ".join(str(text).partition("Traceback (most recent call last)")[0].split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
