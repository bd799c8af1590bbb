"""What a public method does with what a caller hands it, and what it shows him."""

import functools

from .typed import check_ids, door


def each_once(method):
    """Let a public method take each record once, however often its caller names it.

    Odoo keeps the ids of a call as they come: over RPC [7, 7] are two records, and a
    method that runs through them would act twice.  Every public method of this addon
    on records bears this; a test finds those that do not.  What it is given besides is
    of the kinds that it names as annotations (`typed.py`).
    """
    check = door(method)

    @functools.wraps(method)
    def called_once(self, *args, **kwargs):
        check_ids(self)
        check(self, args, kwargs)
        return method(self.union(), *args, **kwargs)

    called_once.each_once = called_once.typed = True
    return called_once


def typed(method):
    """Let a public method of a model take what is of the kinds of its annotations.

    For those without records, under `@api.model`.
    """
    check = door(method)

    @functools.wraps(method)
    def called(self, *args, **kwargs):
        check(self, args, kwargs)
        return method(self, *args, **kwargs)

    called.typed = True
    return called


def shown(kind, message, sticky=False):
    """Return the notification that the web client shows, before it reads anew.

    `kind`: success, info, warning or danger.
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "sticky": sticky,
            "next": {"type": "ir.actions.client", "tag": "soft_reload"},
        },
    }
