"""An entry to post, as the network tells it; and what became of it."""

from dataclasses import dataclass
from decimal import Decimal

PREFIX = "troc_link."
PARTY_ROLES = ("customer", "supplier")


@dataclass(frozen=True)
class Document:
    """The invoice or the credit note that an entry pays."""

    number: str
    date: str
    kind: str  # invoice or credit_note

    def move_type(self, role):
        """Return Odoo's type of it in the books of a seller or a buyer.

        >>> Document("FA-1", "2026-01-01", "invoice").move_type("supplier")
        'in_invoice'
        """
        side = "out" if role == "customer" else "in"
        return f"{side}_{'invoice' if self.kind == 'invoice' else 'refund'}"


@dataclass(frozen=True)
class Entry:
    """One movement of the member's account, to stand in his books once."""

    key: str
    event: str
    date: str
    reference: str
    label: str
    role: str
    side: str
    amount: Decimal
    other: str
    siren: str
    reverses: str | None
    document: Document | None
    state: str
    id: int

    @classmethod
    def read(cls, told):
        """Return the entry of what `troc.link.pull` tells."""
        document = told["document"]
        return cls(
            key=told["key"],
            event=told["event"],
            date=told["date"],
            reference=told["reference"],
            label=told["label"],
            role=told["role"],
            side=told["side"],
            amount=Decimal(told["amount"]),
            other=told["other"]["name"],
            siren=told["other"]["siren"],
            reverses=told["reverses"],
            document=document
            and Document(document["number"], document["date"], document["type"]),
            state=told["state"],
            id=told["id"],
        )

    @property
    def xmlid(self):
        """The external id that makes it stand in the books once."""
        return f"{PREFIX}{self.key}"

    @property
    def balance(self):
        """Debit less credit of the Actif account: above zero where it was earned."""
        return self.amount if self.side == "earned" else -self.amount

    @property
    def with_party(self):
        """True where it pays a customer's or a supplier's document."""
        return self.role in PARTY_ROLES


@dataclass
class Result:
    """What became of one entry in the books."""

    entry: Entry
    state: str = "failed"
    reference: str = ""
    date: str = ""
    reason: str = ""
    detail: str = ""
    new: bool = False

    def tell(self):
        """Return what `troc.link.report` takes."""
        told = {"key": self.entry.key, "state": self.state, "detail": self.detail}
        if self.state == "posted":
            return {**told, "reference": self.reference, "date": self.date}
        return {**told, "reason": self.reason}
