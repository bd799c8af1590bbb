"""What the fields of our models take of a `create` or `write`, by their type.

Odoo converts values as it stores them, and what it cannot convert ends in an error of
Python or of the database.  Here it is refused before, with the label of the field.
"""

import base64
import binascii

from odoo import fields
from odoo.models import BaseModel
from odoo.orm.identifiers import NewId

from . import typed

COMMANDS = range(7)


def check_values(model, vals):
    """Refuse values that the fields of `model` cannot hold, at any depth."""
    about = model._description
    if not isinstance(vals, dict):
        needed = model.env._("names with their values")
        typed.refuse_value(model.env, about, model._name, vals, needed)
    for name, value in vals.items():
        field = model._fields.get(name)
        if field is None:
            needed = model.env._("a field of it")
            typed.refuse_value(model.env, about, model._name, name, needed)
        if not (typed.is_none(value) or _holds(model, field, value)):
            label = field._description_string(model.env)
            typed.refuse_value(
                model.env, about, label, value, _needed(model.env, field)
            )


def _holds(model, field, value):
    holds = HOLDS.get(field.type)
    return holds is None or holds(model, field, value)


def _needed(env, field):
    """Return what a field takes, in words."""
    if field.type == "selection" and field._selection:
        labels = [str(label) for _key, label in field._description_selection(env)]
        return ", ".join(labels)
    return NEEDED[field.type].needed(env)


def _text(_model, _field, value):
    # Odoo writes a number as its text
    return typed.is_text(value) or typed.is_number(value)


def _whole(_model, _field, value):
    if isinstance(value, float):
        return typed.is_number(value) and typed.is_whole(int(value))
    return typed.is_whole(value) or isinstance(value, bool)


def _number(_model, _field, value):
    return typed.is_number(value)


def _flag(_model, _field, value):
    return isinstance(value, bool) or typed.is_whole(value)


def _selected(_model, field, value):
    if not typed.is_text(value, typed.LINE):
        return False
    return field._selection is None or not value or value in field._selection


def _day(_model, field, value):
    date = field.type == "date"
    return typed.is_day(
        value, fields.Date.to_date if date else fields.Datetime.to_datetime
    )


def _file(_model, _field, value):
    if not isinstance(value, bytes):
        if not (typed.is_text(value, typed.FILE) and value.isascii()):
            return False
    try:
        base64.b64decode(value)
    except binascii.Error:
        return False
    return True


def _one(_model, field, value):
    if isinstance(value, BaseModel):
        return value._name == field.comodel_name and len(value) <= 1
    return typed.is_id(value) or isinstance(value, NewId)


def _many(model, field, value):
    """Tell whether these are commands of a list of records, or records."""
    if isinstance(value, BaseModel):
        return value._name == field.comodel_name
    if not isinstance(value, (list, tuple)) or len(value) > typed.MOST_ITEMS:
        return False
    comodel = model.env[field.comodel_name]
    return all(_command(comodel, one) for one in value)


def _command(comodel, command):
    """Tell whether this is an id, or one command whose values the model takes."""
    if not isinstance(command, (list, tuple)):
        return typed.is_id(command)
    code, number, given = [*command, None, None, None][:3]
    if not (typed.is_whole(code) and code in COMMANDS) or len(command) > 3:
        return False
    if code in (0, 1):
        check_values(comodel, given)
    if code == 6:
        return isinstance(given, (list, tuple)) and all(map(_is_number, given))
    # a new record has a name of the browser's own
    return code in (0, 5) or _is_number(number)


def _is_number(value):
    return typed.is_id(value) or isinstance(value, NewId)


def _plain(_model, _field, value):
    return typed.is_data(value)


HOLDS = {
    "char": _text,
    "text": _text,
    "html": _text,
    "integer": _whole,
    "many2one_reference": _whole,
    "float": _number,
    "monetary": _number,
    "boolean": _flag,
    "selection": _selected,
    "reference": _text,
    "date": _day,
    "datetime": _day,
    "binary": _file,
    "image": _file,
    "many2one": _one,
    "one2many": _many,
    "many2many": _many,
    "json": _plain,
}
NEEDED = {
    **dict.fromkeys(("char", "text", "html", "reference", "selection"), typed.Text),
    **dict.fromkeys(("integer", "many2one_reference"), typed.Whole),
    **dict.fromkeys(("float", "monetary"), typed.Number),
    **dict.fromkeys(("date", "datetime"), typed.Day),
    **dict.fromkeys(("binary", "image"), typed.Content),
    **dict.fromkeys(("one2many", "many2many"), typed.Ids),
    "boolean": typed.Flag,
    "many2one": typed.Id,
    "json": typed.Values(),
}
