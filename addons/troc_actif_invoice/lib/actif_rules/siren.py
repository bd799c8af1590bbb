"""French company numbers: SIREN (9 digits), SIRET (14), VAT number (FR + key + SIREN).

Source: INSEE for SIREN and SIRET (Luhn), article 286 ter of the tax code and its
published key for the VAT number.
"""

import re

from .errors import RuleError

LA_POSTE = "356000000"
_VAT = re.compile(r"FR([0-9A-HJ-NP-Z]{2})([0-9]{9})")
_KEY_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_SEPARATORS = re.compile(r"[\s.\-\u200b\u2060]+")


def is_siren(text: str) -> bool:
    """True for nine digits, without separators, that pass Luhn.

    >>> is_siren("732829320"), is_siren("732829321")
    (True, False)
    """
    return bool(re.fullmatch("[0-9]{9}", text)) and int(text) > 0 and _luhn(text)


def is_siret(text: str) -> bool:
    """True for fourteen digits, without separators, whose SIREN is one, too.

    The establishments of La Poste add up to a multiple of 5 instead of passing Luhn.
    """
    if not re.fullmatch("[0-9]{14}", text) or not is_siren(text[:9]):
        return False
    la_poste = text.startswith(LA_POSTE) and sum(map(int, text)) % 5 == 0
    return la_poste or _luhn(text)


def siren_of(identifier: str) -> str | None:
    """The SIREN of a SIREN or SIRET typed with or without separators, else None."""
    digits = compact(identifier)
    if is_siren(digits) or is_siret(digits):
        return digits[:9]
    return None


def siren_from_vat(vat: str) -> str | None:
    """The SIREN inside a French VAT number whose key is right, else None.

    >>> siren_from_vat("FR 44 732 829 320")
    '732829320'
    """
    match = _VAT.fullmatch(compact(vat).upper())
    if not match or not is_siren(match[2]) or not _key_fits(match[1], match[2]):
        return None
    return match[2]


def vat_of(siren: str) -> str:
    """The usual VAT number (numeric key) of a SIREN; raises `siren_invalid`."""
    if not is_siren(siren):
        raise RuleError("siren_invalid", value=siren)
    return f"FR{_numeric_key(siren):02d}{siren}"


def compact(identifier: str) -> str:
    """The identifier without spaces of any kind, dots and hyphens."""
    return _SEPARATORS.sub("", identifier)


def _luhn(digits: str) -> bool:
    doubled = "0246813579"
    ones = sum(map(int, digits[::-2]))
    return (ones + sum(int(doubled[int(d)]) for d in digits[-2::-2])) % 10 == 0


def _numeric_key(siren: str) -> int:
    return int(siren + "12") % 97


def _key_fits(key: str, siren: str) -> bool:
    if key.isdigit():
        return int(key) == _numeric_key(siren)
    first, second = map(_KEY_LETTERS.index, key)
    # Keys with a letter follow a formula of their own (modulo 11).
    if key[0].isdigit():
        check = first * 24 + second - 10
    else:
        check = first * 34 + second - 100
    return (int(siren) + 1 + check // 11) % 11 == check % 11
