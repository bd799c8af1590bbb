"""Where an entry goes: the account and the partner against the Actif account."""

from dataclasses import dataclass

from troc_link.books.entry import Entry

# What stands in a French chart where the account that the network named does not.
SHORT = 3


@dataclass(frozen=True)
class Planned:
    """An entry to create: against which account, with which partner."""

    entry: Entry
    account_id: int
    partner_id: int | None


class Planner:
    """Plans entries of a page; `why` tells what cannot be planned, by key."""

    def __init__(self, books, found, parties, codes):
        self._books = books
        self._found = found
        self._parties = parties
        self._codes = codes
        self._accounts = {}

    def plan(self, entries):
        """Return ([Planned], {key: why not})."""
        planned, why = [], {}
        for entry in entries:
            try:
                planned.append(self._plan(entry))
            except ValueError as error:
                why[entry.key] = str(error)
        return planned, why

    def _plan(self, entry):
        document = self._found.of(entry)
        if document:
            partner = document["commercial_partner_id"][0]
            account = self._found.account_of(document)
        elif entry.with_party:
            partner = self._parties.find(entry)
            account = self._parties.account_of(partner, entry.role)
        else:
            partner, account = self._parties.find(entry), None
        return Planned(entry, account or self._account(entry), partner)

    def _account(self, entry):
        """Return the account of a role: the one named, else the first of its kind."""
        code = self._codes[entry.role]
        if code not in self._accounts:
            self._accounts[code] = self._search(code) or self._search(code[:SHORT])
        if not self._accounts[code]:
            raise ValueError(
                f"aucun compte {code} dans le plan comptable : créez-le, ou changez"
                " les comptes sur la page « Écritures à passer » du portail."
            )
        return self._accounts[code]

    def _search(self, code):
        found = self._books.read(
            "account.account",
            [("code", "=like", f"{code}%"), self._books.refs.company_domain],
            ["code"],
            order="code",
            limit=1,
        )
        return found and found[0]["id"]
