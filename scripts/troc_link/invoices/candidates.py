"""Which invoices of the member's Odoo have a part in Actifs."""

from troc_link.books import versions
from troc_link.invoices.invoice import said_share

TYPES = ["out_invoice", "out_refund"]
NARRATED = "actif"


def terms(client, refs):
    """Return {id of a payment term: its share}: the link's, and any that says one."""
    found = client.call(
        "account.payment.term",
        "search_read",
        domain=["|", ("name", "ilike", NARRATED), ("note", "ilike", NARRATED)],
        fields=["name"],
        # a term put away is still that of older invoices
        context={"active_test": False},
    )
    said = {one["id"]: said_share(one["name"]) for one in found}
    own = {one: said_share(f"{share}% Actif") for share, one in refs.term_ids.items()}
    return {one: share for one, share in {**said, **own}.items() if share}


def find(client, company_id, since, term_ids, number=None):
    """Return the ids of posted invoices and credit notes since a day, oldest first.

    With an Actif share by Troc Actif's field, a payment term or a mention, or credit
    notes of such an invoice; with `number`, that one alone.
    """
    own = [
        ("company_id", "=", company_id),
        ("state", "=", "posted"),
        ("move_type", "in", TYPES),
    ]
    if number:
        own.append(("name", "=", number))
    else:
        own.append(("invoice_date", ">=", since))
    shared = versions.fields_there(client, "account.move", ["actif_share"])
    rows = client.call(
        "account.move",
        "search_read",
        domain=[*own, *_with_share(term_ids, bool(shared))],
        fields=["id"],
        order="id",
    )
    return [row["id"] for row in rows]


def _with_share(term_ids, has_addon):
    leaves = []
    for path in ("", "reversed_entry_id."):
        leaves.append((f"{path}invoice_payment_term_id", "in", list(term_ids)))
        leaves.append((f"{path}narration", "ilike", NARRATED))
        if has_addon:
            leaves.append((f"{path}actif_share", ">", 0))
    return [*["|"] * (len(leaves) - 1), *leaves]
