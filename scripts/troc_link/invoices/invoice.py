"""Invoices of the member's Odoo as values, read many at a time.

Amounts are in the invoice's currency and positive, for credit notes too.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from actif_rules.mention import read_claims
from actif_rules.siren import compact, is_siret, siren_from_vat, siren_of
from troc_link.books import versions
from troc_link.books.ledger import cents
from troc_link.invoices.tax import Taxes, TaxGroup

MOVE_FIELDS = [
    *("name", "move_type", "invoice_date", "invoice_date_due", "currency_id"),
    *("amount_untaxed", "amount_tax", "amount_total", "narration"),
    *("commercial_partner_id", "partner_bank_id", "reversed_entry_id"),
    "invoice_payment_term_id",
]
MAYBE_MOVE_FIELDS = ["actif_share", "delivery_date"]
PARTNER_FIELDS = ["name", "vat", "street", "street2", "zip", "city", "country_id"]
MAYBE_PARTNER_FIELDS = ["company_registry", "siret"]
KINDS = {"out_invoice": "invoice", "out_refund": "credit_note"}


@dataclass(frozen=True)
class Party:
    """Seller or buyer; `id` is that of the partner record."""

    id: int
    name: str
    siren: str | None = None
    siret: str | None = None
    vat: str = ""
    street: str = ""
    street2: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True)
class Invoice:
    """A posted invoice or credit note; `share` in percent, None where none is sure."""

    id: int
    number: str
    kind: str  # invoice or credit_note
    date: str
    due: str
    currency: str
    seller: Party
    buyer: Party
    untaxed: Decimal
    tax: Decimal
    total: Decimal
    share: Decimal | None
    iban: str = ""
    note: str = ""
    delivered: str = ""
    preceding: tuple[str, str] | None = None  # number and date
    is_actif: bool = True  # it, or the invoice it takes back, speaks of Actifs
    groups: tuple[TaxGroup, ...] = ()

    @property
    def asked(self):
        """What `troc.link.known` takes."""
        return {"number": self.number, "date": self.date, "type": self.kind}

    @property
    def file_name(self):
        """A name for its document, without its ending."""
        return re.sub(r"[^\w.-]+", "_", self.number).strip("._") or f"facture_{self.id}"


class Invoices:
    """Reads invoices of one company; each page costs as many calls as one invoice."""

    def __init__(self, client, company_id, terms):
        """`terms`: {id of a payment term: its share}."""
        self._client, self._company_id, self._terms = client, company_id, terms
        self.major = client.version()[0]
        there = versions.fields_there
        self.fields = MOVE_FIELDS + there(client, "account.move", MAYBE_MOVE_FIELDS)
        more = there(client, "res.partner", MAYBE_PARTNER_FIELDS)
        self._partner_fields = PARTNER_FIELDS + more
        self._taxes = Taxes(client, self.major)
        self._countries = {}
        (company,) = self._read("res.company", [company_id], ["partner_id"])
        (self.seller,) = self._parties([company["partner_id"][0]]).values()

    def read(self, ids):
        """Return the Invoices of these ids, in their order, taxes aside."""
        moves = {m["id"]: m for m in self._read("account.move", ids, self.fields)}
        moves = [moves[one] for one in ids if one in moves]
        parties = self._parties(_ids(moves, "commercial_partner_id"))
        ibans = self._ibans(_ids(moves, "partner_bank_id"))
        origins = self._origins(moves)
        return [self._invoice(move, parties, ibans, origins) for move in moves]

    def with_taxes(self, invoices):
        """Return the same with their VAT by rate; {id: why not} of the others."""
        return self._taxes.put_into(invoices)

    def _read(self, model, ids, fields):
        if not ids:
            return []
        return self._client.call(model, "read", sorted(ids), fields=list(fields))

    def _invoice(self, move, parties, ibans, origins):
        origin = origins.get((move["reversed_entry_id"] or [None])[0])
        bank = move["partner_bank_id"]
        return Invoice(
            id=move["id"],
            number=move["name"],
            kind=KINDS[move["move_type"]],
            date=move["invoice_date"],
            due=move["invoice_date_due"] or "",
            currency=move["currency_id"][1],
            seller=self.seller,
            buyer=parties[move["commercial_partner_id"][0]],
            untaxed=cents(move["amount_untaxed"]),
            tax=cents(move["amount_tax"]),
            total=cents(move["amount_total"]),
            share=share_of(move, self._terms),
            iban=ibans.get(bank[0], "") if bank else "",
            note=plain(move["narration"]),
            delivered=move.get("delivery_date") or "",
            preceding=origin and (origin["name"], origin["invoice_date"] or ""),
            is_actif=any(self._speaks(one) for one in (move, origin) if one),
        )

    def _speaks(self, move):
        if share_of(move, self._terms):
            return True
        # several shares, or none that is sure: a person is told
        return bool(read_claims(plain(move["narration"])))

    def _origins(self, moves):
        ids = _ids(moves, "reversed_entry_id")
        found = self._read("account.move", ids, self.fields)
        return {origin["id"]: origin for origin in found}

    def _ibans(self, ids):
        found = self._read("res.partner.bank", ids, ["sanitized_acc_number"])
        return {bank["id"]: bank["sanitized_acc_number"] or "" for bank in found}

    def _parties(self, ids):
        partners = self._read("res.partner", ids, self._partner_fields)
        new = _ids(partners, "country_id") - self._countries.keys()
        for country in self._read("res.country", new, ["code"]):
            self._countries[country["id"]] = country["code"]
        return {p["id"]: self._party(p) for p in partners}

    def _party(self, partner):
        numbers = [partner.get(name) or "" for name in MAYBE_PARTNER_FIELDS]
        vat = compact(partner["vat"] or "").upper()
        known = (*map(siren_of, numbers), siren_from_vat(vat))
        siren = next(filter(None, known), None)
        sirets = (compact(number) for number in numbers if is_siret(compact(number)))
        country = partner["country_id"]
        texts = ("street", "street2", "zip", "city")
        return Party(
            id=partner["id"],
            name=partner["name"] or "",
            siren=siren,
            siret=next((s for s in sirets if s[:9] == siren), None),
            vat=vat,
            country=self._countries[country[0]] if country else "",
            **{name: partner[name] or "" for name in texts},
        )


def _ids(records, field):
    return {record[field][0] for record in records if record[field]}


def share_of(move, terms):
    """Return the share of an invoice (a dict of MOVE_FIELDS), None where none is sure.

    Troc Actif's own field, else the payment term, else what its terms say.
    """
    own = cents(move.get("actif_share"))
    if own > 0:
        return own
    term = move["invoice_payment_term_id"]
    if term and term[0] in terms:
        return terms[term[0]]
    return said_share(plain(move["narration"]))


def said_share(text):
    """Return the one share that a text says, None where it says none, or several.

    >>> said_share("Paiement par compensation en 50% Actif")
    Decimal('50')
    """
    shares = {claim.share for claim in read_claims(text)}
    return shares.pop() if len(shares) == 1 else None


def plain(html):
    """Return the text of Odoo's HTML, its lines kept.

    >>> plain("<p>Bonjour<br/>50&nbsp;% Actif</p>").splitlines()
    ['Bonjour', '50\\xa0% Actif']
    """
    broken = re.sub(r"(?i)<br\s*/?>|</(?:p|div|li|tr|h\d)>", "\n", html or "")
    return unescape(re.sub(r"<[^>]*>", "", broken)).strip()
