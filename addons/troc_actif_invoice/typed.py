"""What comes over RPC is typed and bounded here, before any of our code looks at it.

A call is data: a list where a text belongs, a NUL, half a character, 2^31, NaN.  Public
methods name the kind of each parameter as its annotation, and `public.py` asks these
kinds; `create` and `write` are asked by the types of the fields (`typed_fields.py`).
What is not of its kind is one refusal, `wrong_value`; what a value means (a day that is
past, an amount too high) stays with the rules.
"""

import datetime
import inspect
import math
from decimal import Decimal

from odoo import fields
from odoo.orm.identifiers import NewId

from . import exceptions
from .lib.actif_rules.errors import RuleError

INT4 = 2**31 - 1
LINE = 10_000
TEXT = 1_000_000
FILE = 64 * 1024 * 1024  # in base64; each way in has a smaller bound of its own
MOST_ITEMS = 10_000
DEEPEST = 6


def is_text(value, most=TEXT):
    """Tell whether this is a text that a database can hold and a page can show."""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        return False
    # half a character: JSON can write one alone, UTF-8 cannot
    return value.isascii() or not any("\ud800" <= c <= "\udfff" for c in value)


def is_number(value):
    """Tell whether this is a finite number; a bool is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return False
    # an integer may be too big for `isfinite`
    if isinstance(value, int) or math.isfinite(value):
        return abs(value) < 10**15
    return False


def is_whole(value):
    """Tell whether this is an integer that a column of the database holds."""
    known = isinstance(value, int) and not isinstance(value, bool)
    return known and -INT4 - 1 <= value <= INT4


def is_id(value):
    return is_whole(value) and value >= 0


def is_data(value, depth=0):
    """Tell whether this is plain data all through, as JSON is, and not too deep."""
    if value is None or isinstance(value, (bool, datetime.date)):
        return True
    if isinstance(value, str):
        return is_text(value, FILE)
    if isinstance(value, (int, float, Decimal)):
        return is_number(value)
    if depth == DEEPEST or not isinstance(value, (dict, list, tuple)):
        return False
    if len(value) > MOST_ITEMS:
        return False
    inside = value.values() if isinstance(value, dict) else value
    keys = value if isinstance(value, dict) else ()
    return all(is_text(key, LINE) for key in keys) and all(
        is_data(one, depth + 1) for one in inside
    )


def is_none(value):
    """Tell whether nothing is given: Odoo's False, RPC's None."""
    return value is None or value is False


class Kind:
    """What a parameter takes; `needed` says it in a sentence."""

    def __init__(self, takes, needed):
        self._takes = takes
        self.needed = needed

    def takes(self, value):
        return self._takes(value)


def _optional(takes):
    return lambda value: is_none(value) or takes(value)


def is_day(value, read=fields.Date.to_date):
    """Tell whether this is a day, or a text that Odoo reads as one."""
    if isinstance(value, datetime.date):
        return True
    if not is_text(value, 40):
        return False
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_date_text(value):
    return isinstance(value, datetime.date) or is_text(value, 40)


def _is_flag(value):
    return isinstance(value, bool) or (is_whole(value) and value in (0, 1))


def _is_file(value):
    return isinstance(value, bytes) or is_text(value, FILE)


def _is_list(value, takes, most):
    known = isinstance(value, (list, tuple)) and len(value) <= most
    return known and all(takes(one) for one in value)


def _is_named_file(value):
    known = isinstance(value, (list, tuple)) and len(value) == 2
    return known and is_text(value[0], LINE) and isinstance(value[1], bytes)


Text = Kind(_optional(is_text), lambda env: env._("a text"))
# a number, or what a person typed for one: the rules read it
Number = Kind(
    _optional(lambda value: is_number(value) or is_text(value, 40)),
    lambda env: env._("a number"),
)
Whole = Kind(_optional(is_whole), lambda env: env._("a whole number"))
Id = Kind(is_id, lambda env: env._("the number of a record"))
Ids = Kind(
    _optional(lambda value: _is_list(value, is_id, MOST_ITEMS)),
    lambda env: env._("numbers of records"),
)
Flag = Kind(_optional(_is_flag), lambda env: env._("yes or no"))
Day = Kind(_optional(is_day), lambda env: env._("a day, such as 2026-12-31"))
# where the method itself reads it, and says more of it
DayText = Kind(_optional(_is_date_text), Day.needed)
# the bytes of a file as they are sent: in base64, or as Python holds them
Content = Kind(_optional(_is_file), lambda env: env._("a file in base64"))
Files = Kind(
    lambda value: _is_list(value, _is_named_file, 100),
    lambda env: env._("files, a name and its bytes each"),
)


class Values(Kind):
    """A dict whose known keys are each of a kind; the others are plain data."""

    def __init__(self, **kinds):
        super().__init__(self._fits, lambda env: env._("names with their values"))
        self._kinds = kinds

    def _fits(self, value):
        return (
            isinstance(value, dict)
            and is_data(value)
            and all(
                kind.takes(value[name])
                for name, kind in self._kinds.items()
                if name in value
            )
        )


class Rows(Kind):
    """A list of such dicts."""

    def __init__(self, **kinds):
        super().__init__(self._fit, lambda env: env._("a list of names with values"))
        self._row = Values(**kinds)

    def _fit(self, value):
        return _is_list(value, self._row.takes, MOST_ITEMS)


Texts = Kind(
    lambda value: _is_list(value, is_text, MOST_ITEMS),
    lambda env: env._("a list of texts"),
)


# -- the one refusal ------------------------------------------------------------------


def refuse_value(env, record, name, value, needed):
    """Refuse `value` for the parameter or field `name` of what is called `record`."""
    told = RuleError("wrong_value", name=name, value=_shown(value), needed=needed)
    exceptions.refuse(env, told, record)


def _shown(value):
    """Return a value for a sentence: short, and nothing in it that cannot be shown."""
    text = value if isinstance(value, str) else type(value).__name__
    if isinstance(value, (int, float)):
        text = repr(value) if abs(value) < 10**30 else type(value).__name__
    return "".join(c if c.isprintable() else "?" for c in text[:40])


# -- what public methods take ---------------------------------------------------------


def door(method):
    """Return `check(self, args, kwargs)` for a public method, by its annotations."""
    signature = inspect.signature(method)
    kinds = {}
    for parameter in list(signature.parameters.values())[1:]:
        if not isinstance(parameter.annotation, Kind):
            raise TypeError(f"{method.__qualname__}: {parameter.name} needs a kind")
        kinds[parameter.name] = parameter.annotation

    def check(self, args, kwargs):
        called = f"{self._name}.{method.__name__}"
        try:
            given = signature.bind(self, *args, **kwargs).arguments
        except TypeError:
            needed = ", ".join(kinds) or self.env._("nothing")
            refuse_value(self.env, called, called, (*args, *kwargs), needed)
        for name, kind in kinds.items():
            if name in given and not kind.takes(given[name]):
                refuse_value(self.env, called, name, given[name], kind.needed(self.env))

    return check


def check_ids(records):
    """Refuse ids that name no record: of a call, they are data like the rest."""
    for id_ in records._ids:
        if not (is_id(id_) or isinstance(id_, NewId)):
            needed = Ids.needed(records.env)
            refuse_value(records.env, records._name, "ids", id_, needed)
