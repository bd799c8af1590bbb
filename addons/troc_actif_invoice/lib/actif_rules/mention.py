"""The sentence that makes an invoice an Actif invoice: written here, read here.

Source: FACTURX.md, "Writing" and "Claim". Sellers use all kinds of software, so the
reader takes any wording that clearly says which part is compensated; what it cannot
tie to the Actif (a discount, a penalty, a bank part) it leaves alone. When in doubt it
reports a claim without figure, and a person decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from .errors import RuleError
from .money import to_decimal
from .share import check_range
from .text import clean, clean_lines, fold

DEFAULT_MENTION = "Paiement par compensation en {share}% Actif"

MAX_READ = 2_000
_TRIED_SHARE = Decimal("33.33")


@dataclass(frozen=True)
class Claim:
    """What one clause says: percentage and/or amount in Actifs, and its own words.

    `untaxed` is True when the clause speaks of the amount excluding VAT ("HT").
    """

    share: Decimal | None
    amount: Decimal | None
    text: str
    untaxed: bool = False


def render(template: str, share: Decimal) -> str:
    """The network's sentence with the share in it, decimals after a comma.

    >>> render(DEFAULT_MENTION, Decimal("33.30"))
    'Paiement par compensation en 33,3% Actif'

    Raises `mention_without_share` and `share_out_of_range`.
    """
    if "{share}" not in template:
        raise RuleError("mention_without_share", template=template)
    check_range(share)
    # Not str.format: the template is typed by a user.
    return template.replace("{share}", share_text(share))


def of_untaxed(words: str) -> str:
    """The sentence where the share is of the amount excluding VAT, as it is read.

    >>> of_untaxed("Paiement par compensation en 100% Actif")
    'Paiement par compensation en 100% Actif du montant HT (TVA en euros)'
    """
    return f"{words} du montant HT (TVA en euros)"


def share_text(share: Decimal) -> str:
    """A percentage as a French reader writes it: "100", "50", "33,33"."""
    plain = f"{share:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.replace(".", ",")


def check_template(template: str) -> None:
    """Raises `mention_without_share`, or `mention_unreadable` for a sentence that the
    network's own reader would not understand on an invoice.
    """
    read = read_claims(render(template, _TRIED_SHARE))
    if {claim.share for claim in read} != {_TRIED_SHARE}:
        raise RuleError("mention_unreadable", template=template)


def read_claims(text: str) -> tuple[Claim, ...]:
    """All that the text says about a part paid in Actifs, in its order.

    Read whatever the case, accents and spaces; shares with a comma or a point.

    >>> [claim.share for claim in read_claims("50 % en Actif, 50 % par virement")]
    [Decimal('50')]
    >>> read_claims("Escompte 2 %, pénalités de retard 10 %")
    ()
    """
    claims = (claim for clause in _clauses(text) for claim in _claims(clause))
    return tuple(dict.fromkeys(claims))


# --- words -------------------------------------------------------------------------

_ACTIF, _CLEARING, _EURO, _OTHER = "actif", "clearing", "euro", "other"
_OURS = frozenset({_ACTIF, _CLEARING})
_LABELS = {
    word: label
    for label, words in {
        _ACTIF: "actif actifs",
        _CLEARING: "compensation compense compensee compenses compensees compenser",
        _EURO: "eur euro euros € virement virements cheque cheques carte cb especes "
        "numeraire prelevement banque bancaire sepa iban",
        _OTHER: "escompte penalite penalites interet interets taux tva retard remise "
        "rabais ristourne acompte commission indemnite majoration frais garantie "
        "retenue",
    }.items()
    for word in words.split()
}
_FILLERS = frozenset("de d du des le la les l un une : a au en par".split())
_WHOLE = {
    "totalite": Decimal(100),
    "integralite": Decimal(100),
    "integralement": Decimal(100),
    "entierement": Decimal(100),
    "moitie": Decimal(50),
}

_CUT = re.compile(
    r"[\n;|()\[\]]|[.!](?=\s|$)|,(?=\s|$)|\s[-–—/+]\s|\s(?:et|puis)\s", re.IGNORECASE
)
_NUMBER = r"\d{1,3}(?:[ .]\d{3}){1,3}(?:,\d{1,2})?|\d{1,9}(?:[.,]\d{1,4})?"
_TOKEN = re.compile(
    rf"(?<![\w.,/-])(?P<share>\d{{1,3}}(?:[.,]\d{{1,4}})?) ?(?:%|pour ?cents?\b)"
    rf"|(?<![\w.,/-])(?P<amount>{_NUMBER}) ?(?:€|eur(?:os?)?\b|(?=actifs?\b))"
    r"|(?<![\w.,/-])(?P<cents>(?:\d{1,3}(?: \d{3}){1,3}|\d{1,9})[.,]\d\d)"
    r"(?![\w/-]|[.,]\d)"
    r"|(?P<word>[a-z]+|[€:])"
)
# The French word "actif" has other lives (active substance, assets, status).
_NOT_OURS = re.compile(
    r"\b(?:principes?|charbon|agents?|ingredients?|statut|clients?|membres?|etat)"
    r"(?: :)? actifs?\b"
    r"|\bactifs? (?:nets?|circulants?|immobilises?|social|successoral|incorporels?)\b"
)
_NEGATED = re.compile(
    r"\b(?:sans|pas|aucune?|ni|jamais)\b"
    r"(?: (?:de|d|en|par|la|le|paiement|reglement)){0,3} (?:compens|actif)"
    r"|\bnon (?:en )?(?:compens|actif)"
    r"|\b(?:exclue?s?|interdite?s?|impossible|refusee?s?)\b"
)
_PAID_BY = re.compile(
    r"\b(?:par|en) compensation\b"
    r"(?! (?:d[eu]s?|d|pour)\b(?! (?:creance|dette|facture|\d)))"
)
_PAYING = re.compile(r"\b(?:pai[em]|pay|regl|compens|sold)")
_UNTAXED = re.compile(r"\b(?:ht|hors taxes?)\b")


@dataclass(frozen=True)
class _Figure:
    kind: str
    value: Decimal


@dataclass(frozen=True)
class _Clause:
    text: str
    folded: str
    tokens: tuple[str | _Figure, ...]

    def figures(self, kind: str) -> list[Decimal]:
        return [t.value for t in self.tokens if _is_figure(t) and t.kind == kind]

    @property
    def labels(self) -> set[str]:
        return {_LABELS[t] for t in self.tokens if t in _LABELS}


def _is_figure(token: str | _Figure) -> bool:
    return isinstance(token, _Figure)


# --- from text to clauses ----------------------------------------------------------


def _clauses(text: str) -> list[_Clause]:
    clauses: list[_Clause] = []
    for part in _CUT.split(clean_lines(text, MAX_READ)):
        clause = _clause(part)
        if clauses and _continues(clauses[-1], clause):
            clause = _clause(f"{clauses.pop().text}, {clause.text}")
        clauses.append(clause)
    return clauses


def _clause(part: str) -> _Clause:
    text = clean(part, MAX_READ)
    folded = " ".join(_NOT_OURS.sub(" ", re.sub("['’]", " ", fold(text))).split())
    return _Clause(text, folded, tuple(map(_token, _TOKEN.finditer(folded))))


def _token(match: re.Match) -> str | _Figure:
    if match["share"]:
        return _Figure("share", Decimal(match["share"].replace(",", ".")))
    if match["word"] in _WHOLE:
        return _Figure("share", _WHOLE[match["word"]])
    if match["word"]:
        return match["word"]
    return _Figure("amount", _amount(match["amount"] or match["cents"]))


def _amount(digits: str) -> Decimal:
    digits = digits.replace(" ", "")
    if "," in digits or re.fullmatch(r"\d{1,3}(\.\d{3})+", digits):
        digits = digits.replace(".", "").replace(",", ".")
    return to_decimal(digits)


def _continues(before: _Clause, after: _Clause) -> bool:
    """True for a bare figure that completes the claim before it: "... Actif (50 %)"."""
    if after.labels or not before.labels & _OURS or not _speaks(before):
        return False
    return any(
        after.figures(kind) and not before.figures(kind) for kind in ("share", "amount")
    )


# --- from clauses to claims --------------------------------------------------------


def _claims(clause: _Clause) -> Iterator[Claim]:
    if not _speaks(clause):
        return
    bound = list(_bound(clause.tokens))
    shares, amounts = (
        list(dict.fromkeys(f.value for f in bound if f.kind == kind))
        for kind in ("share", "amount")
    )
    untaxed = bool(_UNTAXED.search(clause.folded))
    for share, amount in zip_longest(shares or [None], amounts):
        yield Claim(share, amount, clause.text, untaxed)


def _speaks(clause: _Clause) -> bool:
    """True when the clause is about paying in Actifs at all."""
    if _NEGATED.search(clause.folded):
        return False
    if _PAID_BY.search(clause.folded):
        return True
    paying = _PAYING.search(clause.folded) or any(_bound(clause.tokens))
    return _ACTIF in clause.labels and bool(paying)


def _bound(tokens: tuple[str | _Figure, ...]) -> Iterator[_Figure]:
    """The figures that belong to the Actif part."""
    named_first = bool(tokens) and _is_figure(tokens[-1])
    for position, token in enumerate(tokens):
        if _is_figure(token) and _label(tokens, position, named_first) in _OURS:
            yield token


def _label(tokens: tuple, position: int, named_first: bool) -> str | None:
    """The label of a figure: "50 % Actif", or "Actif 50 %" where names come first."""
    left = _nearest(reversed(tokens[:position]))
    right = _nearest(iter(tokens[position + 1 :]))
    if left == (_OTHER, True):
        return _OTHER
    first, second = (left, right) if named_first else (right, left)
    return first[0] or second[0]


def _nearest(tokens: Iterator) -> tuple[str | None, bool]:
    """The first label before another figure; True when only fillers stand between."""
    close = True
    for token in tokens:
        if _is_figure(token):
            break
        if token in _LABELS:
            return _LABELS[token], close
        close = close and token in _FILLERS
    return None, close
