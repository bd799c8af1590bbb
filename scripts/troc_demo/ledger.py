"""The books as their own accountants read them, account by account."""

from dataclasses import dataclass

from troc_demo import data, tables

COLUMNS = ("Date", "Compte", "Libellé, tiers", "Let.", "Débit", "Crédit", "Solde")
WIDTHS = (8, 6, 46, -4, -9, -9, -10)
# What a compensation moves: customers, suppliers, VAT, the Actif account.
MEMBER_ACCOUNTS = ("401", "411", "445", "467")
REGISTER_ACCOUNTS = ("808",)
VAT = "445"
FIELDS = (
    "date",
    "move_id",
    "account_id",
    "partner_id",
    "name",
    "move_name",
    "ref",
    "debit",
    "credit",
    "matching_number",
)


@dataclass(frozen=True)
class Book:
    """Whose book, and the items on the accounts that matter here."""

    company: data.Company
    accounts: dict  # id -> (code, name)
    items: list

    @property
    def is_register(self):
        """Whether it is the network's record of all members' accounts."""
        return self.company is data.OPERATOR


def read(server, company):
    """Read a book as the accountant of its company."""
    session = server.connect(company.login)
    starts = REGISTER_ACCOUNTS if company is data.OPERATOR else MEMBER_ACCOUNTS
    domain = ["|"] * (len(starts) - 1)
    domain += [("code", "=like", f"{start}%") for start in starts]
    rows = session["account.account"].search_read(domain, ["code", "name"])
    accounts = {row["id"]: (row["code"], row["name"]) for row in rows}
    items = session["account.move.line"].search_read(
        [("account_id", "in", list(accounts)), ("parent_state", "=", "posted")],
        FIELDS,
    )
    return Book(company, accounts, sorted(items, key=_by_date))


def _by_date(item):
    return item["date"], item["move_id"][0], item["id"]


def show(book):
    """Print a book: the items of each account, or of each member, with its balance."""
    print(f"\n{tables.rule(_heading(book))}")
    print(tables.row(COLUMNS, WIDTHS))
    for title, items in _groups(book):
        print(f"\n{title}")
        balance = 0.0
        for item in items:
            balance += item["debit"] - item["credit"]
            print(tables.row(_cells(book, item, balance), WIDTHS))
    _show_totals(book)


def _heading(book):
    if book.is_register:
        return f"Registre du réseau, dans les livres de : {book.company.name}"
    return f"Livres de : {book.company.name} ({book.company.legal_form})"


def _groups(book):
    """Return (title, items) by account; in the register, by member."""
    groups = {}
    for item in book.items:
        groups.setdefault(_title(book, item), []).append(item)
    return sorted(groups.items())


def _title(book, item):
    if book.is_register:
        return item["partner_id"][1]
    return " ".join(book.accounts[item["account_id"][0]])


def _cells(book, item, balance):
    code, _ = book.accounts[item["account_id"][0]]
    return (
        tables.day(item["date"], short=True),
        code,
        _label(book, item),
        item["matching_number"] or "",
        _figure(item["debit"]),
        _figure(item["credit"]),
        tables.money(balance),
    )


def _label(book, item):
    """Return the wording of an item, with the document and the partner it is about."""
    label = (item["name"] or item["move_name"]).removesuffix(f" ({data.NETWORK})")
    if book.accounts[item["account_id"][0]][0].startswith(VAT):
        label = f"{label} {item['ref'] or item['move_name']}"
    partner = item["partner_id"][1] if item["partner_id"] else ""
    named = book.is_register or partner in label
    return label if named else f"{label} {partner}"


def _show_totals(book):
    debit = sum(item["debit"] for item in book.items)
    credit = sum(item["credit"] for item in book.items)
    if book.is_register:
        cells = ("", "", "Total", "", debit, credit, debit - credit)
        cells = [tables.money(c) if isinstance(c, float) else c for c in cells]
        print(f"\n{tables.row(cells, WIDTHS)}")


def _figure(amount):
    return tables.money(amount) if amount else ""
