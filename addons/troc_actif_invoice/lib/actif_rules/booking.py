"""The entry to book, for members whose books are kept elsewhere.

One entry a movement of the register, in accounts of the French chart and in the signs
of entries.py: earning debits the Actif account, spending credits it.

+---------------------+-------------------+-------------------+
| movement            | debit             | credit            |
+=====================+===================+===================+
| a sale              | Actif (4678)      | customer (411)    |
| a purchase          | supplier (401)    | Actif (4678)      |
| a sale taken back   | customer (411)    | Actif (4678)      |
| a purchase "        | Actif (4678)      | supplier (401)    |
| Actifs given        | expense (658)     | Actif (4678)      |
+---------------------+-------------------+-------------------+
| Actifs received     | Actif (4678)      | income (758)      |
+---------------------+-------------------+-------------------+
| any other movement  | as its sign says, against 471 (to be sorted)  |
+---------------------+-------------------+-------------------+

Where VAT is due on payment, the VAT in the amount becomes due, or deductible; whether
it is, only the member's accountant knows, so it is a note and not an entry.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import RuleError

_CODE = re.compile(r"4[0-9A-Z]{2,11}")
_NOTHING = Decimal("0.00")
FEC_HEADER = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum"),
    *("CompteLib", "CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate"),
    *("EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet", "ValidDate"),
    *("Montantdevise", "Idevise"),
)
_BREAKS_A_LINE = re.compile(r"[|\t\r\n]+")


@dataclass(frozen=True)
class Accounts:
    """The codes of a member's chart."""

    actif: str = "467800"
    customer: str = "411000"
    supplier: str = "401000"
    expense: str = "658000"
    income: str = "758000"
    suspense: str = "471000"


@dataclass(frozen=True)
class Movement:
    """One item of the member's register account: earned > 0 or spent > 0, in Actifs.

    `against` is the field of Accounts that it settles or explains.  `rates` is the VAT
    in the amount, (rate in percent, euros) each; `number` names the entry, `reference`
    the piece.
    """

    number: str
    date: date
    reference: str
    piece_date: date
    other: str
    other_id: str
    network: str
    earned: Decimal
    spent: Decimal
    against: str
    rates: tuple = ()

    @property
    def tax(self) -> Decimal:
        """The VAT in the amount, of all rates."""
        return sum((tax for _rate, tax in self.rates), _NOTHING)


@dataclass(frozen=True)
class BookingLine:
    """One line of an entry to book; `role` is a field of Accounts."""

    movement: Movement
    role: str
    code: str
    debit: Decimal
    credit: Decimal

    @property
    def label(self) -> str:
        """What stands beside it."""
        return label(self.movement)


def label(own: Movement) -> str:
    """What stands beside a line: the piece, the other party and the network."""
    parts = (own.reference, own.other, own.network and f"({own.network})")
    return " ".join(part for part in ("Actif", *parts) if part)


def check_code(code: str) -> str:
    """The code of an account, as typed but without spaces; `account_code_invalid`.

    >>> check_code(" 467 810 ")
    '467810'
    """
    known = "".join((code or "").split()).upper()
    if not _CODE.fullmatch(known):
        raise RuleError("account_code_invalid", value=(code or "")[:20])
    return known


def booking(movement: Movement, accounts: Accounts) -> tuple[BookingLine, BookingLine]:
    """The two lines of one movement, the debit first."""
    other, amount = movement.against, movement.earned or movement.spent
    debited, credited = ("actif", other) if movement.earned else (other, "actif")
    return (
        BookingLine(movement, debited, getattr(accounts, debited), amount, _NOTHING),
        BookingLine(movement, credited, getattr(accounts, credited), _NOTHING, amount),
    )


def bookings(
    movements: Iterable[Movement], accounts: Accounts
) -> tuple[BookingLine, ...]:
    """The lines of all movements, in their order."""
    return tuple(line for own in movements for line in booking(own, accounts))


def fec(lines: Sequence[BookingLine], names: dict[str, str]) -> str:
    """The lines as those of a FEC: 18 fields, "|" between them, a heading.

    `names` gives the wording of each role's account.  No text breaks a line, and none
    is run as a formula where a spreadsheet opens the file.
    """
    rows = [FEC_HEADER, *(_fec_row(line, names[line.role]) for line in lines)]
    return "".join("|".join(row) + "\r\n" for row in rows)


def _fec_row(line: BookingLine, name: str) -> tuple[str, ...]:
    own = line.movement
    day = f"{own.date:%Y%m%d}"
    party = line.role in ("customer", "supplier")
    return (
        "TROC",
        "Compensations Actif",
        one_line(own.number),
        day,
        line.code,
        one_line(name),
        one_line(own.other_id or own.other) if party else "",
        one_line(own.other) if party else "",
        one_line(own.reference),
        f"{own.piece_date:%Y%m%d}",
        one_line(line.label),
        comma(line.debit),
        comma(line.credit),
        "",
        "",
        day,
        "",
        "",
    )


def one_line(text: str) -> str:
    """The text as a field of a line: no separator in it, and no formula.

    >>> one_line("=A1|x"), one_line("FA-1\\t2")
    ("'=A1 x", 'FA-1 2')
    """
    known = _BREAKS_A_LINE.sub(" ", text or "").strip()
    return f"'{known}" if known.startswith(("=", "+", "-", "@")) else known


def comma(amount: Decimal) -> str:
    """An amount as the French write it in files.

    >>> comma(Decimal("1200.00"))
    '1200,00'
    """
    return f"{amount:.2f}".replace(".", ",")
