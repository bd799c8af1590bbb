"""The VAT of invoices by rate, from their journal items."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from actif_rules.text import fold
from troc_link.books import versions
from troc_link.books.ledger import cents

LINE_FIELDS = ["move_id", "amount_currency", "tax_ids", "tax_line_id"]
TAX_FIELDS = ["name", "amount", "amount_type", "tax_exigibility", "children_tax_ids"]
MAYBE_TAX_FIELDS = [
    *("tax_scope", "ubl_cii_tax_category_code", "ubl_cii_tax_exemption_reason_code"),
]
ON_INVOICE, ON_PAYMENT = "5", "72"  # BT-8, UNTDID 2475
STANDARD, EXEMPT, REVERSE = "S", "E", "AE"
NATURES = {"service": "services", "consu": "goods"}
FRANCHISE = "TVA non applicable, article 293 B du CGI"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class TaxGroup:
    """One rate of an invoice: `category` is BT-118, `reason` BT-120, `due` BT-8."""

    rate: Decimal
    category: str
    base: Decimal
    tax: Decimal
    reason: str = ""
    reason_code: str = ""
    due: str = ""
    natures: frozenset = frozenset()


class Taxes:
    """Reads taxes once, and items of many invoices at a time."""

    def __init__(self, client, major):
        self._client, self._major = client, major
        more = versions.fields_there(client, "account.tax", MAYBE_TAX_FIELDS)
        self._fields = TAX_FIELDS + more
        self._known = {}

    def put_into(self, invoices):
        """Return ([Invoice with groups], {id: why it cannot be told by rate})."""
        lines = defaultdict(list)
        for line in self._lines([invoice.id for invoice in invoices]):
            lines[line["move_id"][0]].append(line)
        done, why = [], {}
        for invoice in invoices:
            try:
                groups = self._groups(invoice, lines[invoice.id])
                done.append(replace(invoice, groups=groups))
            except ValueError as error:
                why[invoice.id] = str(error)
        return done, why

    def _lines(self, ids):
        if not ids:
            return []
        domain = [("move_id", "in", ids)]
        domain += versions.invoice_lines_domain(self._major)
        lines = self._client.call(
            "account.move.line", "search_read", domain=domain, fields=LINE_FIELDS
        )
        self._learn({tax for line in lines for tax in line["tax_ids"]})
        self._learn({line["tax_line_id"][0] for line in lines if line["tax_line_id"]})
        return lines

    def _learn(self, ids):
        """Read taxes not met before, and those that a group of taxes is made of."""
        while missing := sorted(ids - self._known.keys()):
            found = self._client.call(
                "account.tax", "read", missing, fields=self._fields
            )
            self._known.update((tax["id"], tax) for tax in found)
            ids = {child for tax in found for child in tax["children_tax_ids"]}

    def _groups(self, invoice, lines):
        sign = 1 if invoice.kind == "credit_note" else -1
        bases, taxes = defaultdict(lambda: NOTHING), defaultdict(lambda: NOTHING)
        for line in lines:
            amount = sign * cents(line["amount_currency"])
            if line["tax_line_id"]:
                taxes[line["tax_line_id"][0]] += amount
            else:
                bases[self._tax_of(line)] += amount
        groups = self._merged(invoice, bases, taxes)
        made = (sum(g.base for g in groups), sum(g.tax for g in groups))
        if made != (invoice.untaxed, invoice.tax):
            raise ValueError("sa TVA par taux ne fait pas son total")
        return groups

    def _tax_of(self, line):
        """Return the id of the only rate of a line, None where it has no tax."""
        found = [tax for one in line["tax_ids"] for tax in self._flat(one)]
        for tax in found:
            if tax["amount_type"] != "percent":
                raise ValueError(f"la taxe « {tax['name']} » n'est pas un taux")
        if len(found) > 1:
            raise ValueError("une ligne porte plusieurs taxes")
        return found[0]["id"] if found else None

    def _flat(self, tax_id):
        tax = self._known[tax_id]
        if tax["amount_type"] == "group":
            return [t for child in tax["children_tax_ids"] for t in self._flat(child)]
        return [tax]

    def _merged(self, invoice, bases, taxes):
        """Return one group for each rate and category: several taxes may share one."""
        parts = defaultdict(list)
        for tax_id in {**bases, **taxes}:
            group = self._group(invoice, tax_id, bases[tax_id], taxes[tax_id])
            parts[group.rate, group.category, group.reason].append(group)
        groups = [_together(found) for found in parts.values()]
        return tuple(sorted(groups, key=lambda g: (-g.rate, g.category, g.reason)))

    def _group(self, invoice, tax_id, base, amount):
        tax = self._known.get(tax_id, {})
        rate = Decimal(repr(tax.get("amount", 0.0))).normalize() + 0
        category, reason = _category(tax, rate, invoice.seller)
        due = {"on_invoice": ON_INVOICE, "on_payment": ON_PAYMENT}
        nature = NATURES.get(tax.get("tax_scope"))
        return TaxGroup(
            rate=rate,
            category=category,
            base=base,
            tax=amount,
            reason=reason,
            reason_code=tax.get("ubl_cii_tax_exemption_reason_code") or "",
            due=due.get(tax.get("tax_exigibility"), "") if rate else "",
            natures=frozenset({nature} - {None}),
        )


def _category(tax, rate, seller):
    """Return BT-118 and, where no VAT is due, why not."""
    stated = tax.get("ubl_cii_tax_category_code")
    if rate:
        return stated or STANDARD, ""
    reverse = "autoliquid" in fold(tax.get("name", ""))
    category = stated or (REVERSE if reverse else EXEMPT)
    if category == REVERSE:
        return category, "Autoliquidation"
    if category in ("Z", STANDARD):
        return "Z", ""
    if not tax and not seller.vat:
        return category, FRANCHISE
    return category, tax.get("name") or "Exonéré de TVA"


def _together(groups):
    first = groups[0]
    dues = {group.due for group in groups}
    return replace(
        first,
        base=sum((group.base for group in groups), NOTHING),
        tax=sum((group.tax for group in groups), NOTHING),
        due=dues.pop() if len(dues) == 1 else "",
        natures=frozenset().union(*(group.natures for group in groups)),
    )
