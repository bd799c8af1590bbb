"""The sentences of refusals as Odoo shows them, without Odoo."""

import collections
import errno
import functools
import importlib.util
import os
from datetime import date
from decimal import Decimal

import polib

from troc_dev import paths

ADDON = paths.ADDONS / "troc_actif"
UNKNOWN = "–"
TROUBLES = {
    errno.EACCES: "l’accès est refusé",
    errno.EPERM: "l’accès est refusé",
    errno.ELOOP: "le lien tourne en rond",
    errno.ENOENT: "il n’existe plus",
    errno.ENOTSUP: "ce n’est pas un fichier ordinaire",
}


def sentence(refusal, path):
    """Return what is said of a RuleError about this file."""
    record = os.path.basename(path)
    message = messages().get(refusal.code)
    facts = {key: _shown(value) for key, value in refusal.facts.items()}
    if message is None:
        return f"{record} : {refusal}"
    return message(French(), {"record": record, **facts})


def trouble(error, path):
    """Return what is said of a file that the system does not let us read."""
    reason = TROUBLES.get(error.errno, error.strerror)
    return f"{os.path.basename(path)} ne peut pas être lu : {reason}."


@functools.cache
def messages():
    """Return the addon's sentences, by code."""
    path = ADDON / "refusals/files.py"
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.FILE_MESSAGES


@functools.cache
def translations():
    """Return the French of every term of the addon."""
    entries = polib.pofile(str(ADDON / "i18n" / "fr.po"))
    return {entry.msgid: entry.msgstr for entry in entries if entry.translated()}


class French:
    """As much of an Odoo environment as the sentences need."""

    def _(self, term, **facts):
        """Return the term in French, with a dash for each fact that is not known."""
        known = collections.defaultdict(lambda: UNKNOWN, facts)
        return translations().get(term, term) % known


def _shown(value):
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_shown, value))
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)
