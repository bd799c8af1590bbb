"""The test rules of a FEC (article A47 A-1 of the Livre des procédures fiscales).

Written from the text (VII 2°): eighteen fields in order, which of them are required,
what each holds, that entries are numbered without a gap, follow each other and balance.
PieceRef is the reference of the piece: a mark that stands for none is no reference.
`problems(content)` returns a sentence for each rule that is broken.
"""

import re
from collections import defaultdict
from decimal import Decimal

HEADER = (
    "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum "
    "CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet "
    "ValidDate Montantdevise Idevise"
).split()
REQUIRED = [*HEADER[:6], *HEADER[8:13], "ValidDate"]
DATES = ("EcritureDate", "PieceDate", "ValidDate")
DAY = re.compile(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
AMOUNT = re.compile(r" *-?\d+,\d{2}")
NO_PIECE = ("-", "/")
NUMBER = re.compile(r"^(.*?)(\d+)$")


def rows(content):
    """Return the lines of a FEC (bytes), a dict each."""
    head, *lines = content.decode().split("\r\n")
    names = head.split("|")
    return [dict(zip(names, line.split("|"), strict=True)) for line in lines if line]


def problems(content):
    """Return what is wrong with a FEC, a sentence each."""
    if content.decode().split("\r\n")[0].split("|") != HEADER:
        return ["the heading is not that of the eighteen fields"]
    found = rows(content)
    told = [f"line {n}: {p}" for n, row in enumerate(found, 2) for p in _of_line(row)]
    return [*told, *(p for rule in RULES for p in rule(found))]


def _of_line(row):
    yield from (f"{name} is empty" for name in REQUIRED if not row[name].strip())
    yield from (f"{n} is no date" for n in DATES if not DAY.fullmatch(row[n]))
    if row["PieceRef"] in NO_PIECE:
        yield "PieceRef names no piece"
    if row["PieceDate"] > row["EcritureDate"]:
        yield "the piece is later than its entry"
    for name in ("Debit", "Credit"):
        if not AMOUNT.fullmatch(row[name]):
            yield f"{name} is no amount with a comma: {row[name]!r}"
    if bool(row["CompAuxNum"]) != bool(row["CompAuxLib"]):
        yield "CompAuxNum and CompAuxLib do not go together"
    if bool(row["EcritureLet"]) != bool(row["DateLet"]):
        yield "EcritureLet and DateLet do not go together"
    if row["DateLet"] and not DAY.fullmatch(row["DateLet"]):
        yield "DateLet is no date"
    if not re.match(r"[1-9]\d{2}", row["CompteNum"]):
        yield f"CompteNum is not of the French chart: {row['CompteNum']}"
    if row["ValidDate"] < row["EcritureDate"]:
        yield "validated before it was entered"


def _amount(row):
    debit, credit = (row[n].strip().replace(",", ".") for n in ("Debit", "Credit"))
    return Decimal(debit) - Decimal(credit)


def _balance(found):
    sums = defaultdict(Decimal)
    for row in found:
        sums[row["JournalCode"], row["EcritureNum"], row["EcritureDate"]] += _amount(
            row
        )
    return [f"{key} does not balance" for key, total in sums.items() if total]


def _numbers(found):
    """Yield the gaps in the numbers of each journal."""
    series = defaultdict(set)
    for row in found:
        prefix, number = NUMBER.match(row["EcritureNum"]).groups()
        series[row["JournalCode"], prefix].add(int(number))
    for key, numbers in series.items():
        missing = set(range(min(numbers), max(numbers) + 1)) - numbers
        if missing:
            yield f"{key} misses {sorted(missing)}"


def _order(found):
    """Yield the journals whose entries do not follow each other."""
    days = defaultdict(list)
    for row in found:
        days[row["JournalCode"]].append(row["ValidDate"])
    for code, own in days.items():
        if own != sorted(own):
            yield f"{code} is not in the order of validation"


def _journals(found):
    """Yield the journals that do not balance, or bear two names."""
    sums, names = defaultdict(Decimal), defaultdict(set)
    for row in found:
        sums[row["JournalCode"]] += _amount(row)
        names[row["JournalCode"]].add(row["JournalLib"])
    for code, total in sums.items():
        if total:
            yield f"the journal {code} does not balance"
        if len(names[code]) > 1:
            yield f"the journal {code} bears {len(names[code])} names"


def _lettering(found):
    """Yield the letterings whose items do not add up to zero."""
    sums = defaultdict(Decimal)
    for row in found:
        if row["EcritureLet"]:
            sums[row["CompteNum"], row["EcritureLet"]] += _amount(row)
    return [f"lettering {key} does not balance" for key, total in sums.items() if total]


RULES = (_balance, _journals, _numbers, _order, _lettering)
