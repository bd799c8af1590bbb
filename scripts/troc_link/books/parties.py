"""Who is who in the member's Odoo: partners by SIREN, never by name.

Odoo keeps a SIREN or a SIRET as the company's register number, and it is part of a
French VAT number.
"""

import hashlib

from actif_rules.siren import siren_from_vat, siren_of
from troc_link.books.entry import PREFIX
from troc_link.books.ledger import ONCE
from troc_link.errors import sentence

FIELDS = ["name", "company_registry", "vat"]
ACCOUNTS = {
    "customer": "property_account_receivable_id",
    "supplier": "property_account_payable_id",
}


def siren(partner):
    """Return the SIREN of a partner (a dict of FIELDS), None where it states none."""
    return siren_of(partner.get("company_registry") or "") or siren_from_vat(
        partner.get("vat") or ""
    )


class Parties:
    """The partners of the member's Odoo that a page of entries is about."""

    def __init__(self, books):
        self._books = books
        self._by_siren = {}
        self._by_id = {}

    def read(self, ids):
        """Read partners by id, those not yet known."""
        missing = sorted(set(ids) - self._by_id.keys())
        if missing:
            fields = [*FIELDS, *ACCOUNTS.values(), "commercial_partner_id"]
            found = self._books.call("res.partner", "read", missing, fields=fields)
            self._by_id.update((partner["id"], partner) for partner in found)

    def siren_of(self, partner_id):
        """Return the SIREN of a partner that was read."""
        return siren(self._by_id.get(partner_id, {}))

    def account_of(self, partner_id, role):
        """Return the partner's receivable or payable account."""
        account = self._by_id[partner_id][ACCOUNTS[role]]
        return account and account[0]

    def find(self, entry):
        """Return the id of the other party of an entry, made where it is unknown."""
        if entry.siren not in self._by_siren:
            self._by_siren[entry.siren] = self._search(entry) or self._make(entry)
        found = self._by_siren[entry.siren]
        self.read([found])
        return found

    def _search(self, entry):
        if not entry.siren:
            return None
        domain = [
            *("|", ("company_registry", "=like", f"{entry.siren}%")),
            ("vat", "=like", f"FR__{entry.siren}"),
            ("parent_id", "=", False),
        ]
        found = self._books.read("res.partner", domain, FIELDS, order="id")
        return next((p["id"] for p in found if siren(p) == entry.siren), None)

    def _make(self, entry):
        """Make the partner once: its key is its SIREN, or else its name."""
        name = entry.siren or hashlib.sha256(entry.other.encode()).hexdigest()[:32]
        told = self._books.call(
            "res.partner",
            "load",
            context=ONCE,
            fields=["id", "name", "company_registry", "is_company"],
            data=[[f"{PREFIX}partner_{name}", entry.other, entry.siren, "True"]],
        )
        if not told["ids"]:
            why = told["messages"][0]["message"]
            raise ValueError(
                f"{_named(entry)} n'est pas dans vos contacts, et n'a pas pu y être"
                f" ajouté ({sentence(why).rstrip('.')}). Créez-le avec son SIREN, ou"
                " donnez à l'utilisateur de la liaison le droit de créer des contacts."
            )
        return told["ids"][0]


def _named(entry):
    return f"{entry.other} (SIREN {entry.siren})" if entry.siren else entry.other
