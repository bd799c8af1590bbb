"""Where the link books in the member's Odoo: what `setup` made, found again.

External ids are what names it: a record keeps its own whatever it is called later.
"""

from dataclasses import dataclass, field

from troc_link.books import versions
from troc_link.errors import LinkError, Refused

MODULE = "troc_link"
ABSENT = ".ValueError"
ADDON_FIELD = "troc_account_id"  # of res.company, where Troc Actif is installed
SHARES = ("100", "50")
SETUP = "Lancez : ./scripts/troc-link setup"


@dataclass(frozen=True)
class Refs:
    """The ids of the account, the journal, and the payment term of each share.

    `company_domain` is the condition for accounts of the company.
    """

    account_id: int
    journal_id: int
    term_ids: dict = field(default_factory=dict)
    has_addon: bool = False
    company_domain: tuple = ()


def key(what, company_id):
    """Return the name of an external id.

    >>> key("term_100", 3)
    'term_100_3'
    """
    return f"{what}_{company_id}"


def refs(client, company_id):
    """Return the Refs of a company, as any user who keeps its books.

    Raises LinkError, "run troc-link setup", where something is not there.
    """
    journal_id = find(client, "journal", company_id)
    addon = addon_account(client, company_id)
    account_id = addon or find(client, "account", company_id)
    if journal_id and not account_id:
        account_id = account_of(client, journal_id)
    for found, what in (
        (journal_id, "le journal TROC"),
        (account_id, "le compte 4678"),
    ):
        if not found:
            raise LinkError(f"Dans votre Odoo, il manque {what} du lien.", SETUP, 3)
    terms = {} if addon is not None else all_terms(client, company_id)
    return Refs(
        account_id=account_id,
        journal_id=journal_id,
        term_ids=terms,
        has_addon=addon is not None,
        company_domain=versions.account_domain(client.version()[0], company_id),
    )


def all_terms(client, company_id):
    """Return {share: id} of the payment terms that are there."""
    found = {s: find(client, f"term_{s}", company_id) for s in SHARES}
    return {share: one for share, one in found.items() if one}


def find(client, what, company_id):
    """Return the id of a record that setup made, None where it did not yet.

    Raises LinkError where it is there, but not for this user.
    """
    name = key(what, company_id)
    try:
        _model, found = client.call(
            "ir.model.data", "check_object_reference", module=MODULE, xml_id=name
        )
    except Refused as error:
        if error.name.endswith(ABSENT):
            return None
        raise
    if not found:
        raise LinkError(
            f"Dans votre Odoo, « {MODULE}.{name} » existe, mais ne se voit pas :"
            " archivé, ou d'une société que cet utilisateur ne voit pas.",
            "Désarchivez-le, ou donnez la société à cet utilisateur.",
            3,
        )
    return found


def addon_account(client, company_id):
    """Return the account of Troc Actif there: False if not set up, None if absent."""
    if not versions.fields_there(client, "res.company", [ADDON_FIELD]):
        return None
    (company,) = client.call("res.company", "read", [company_id], fields=[ADDON_FIELD])
    return company[ADDON_FIELD] and company[ADDON_FIELD][0]


def account_of(client, journal_id):
    """Return the account that a journal books on by default."""
    (journal,) = client.call(
        "account.journal", "read", [journal_id], fields=["default_account_id"]
    )
    return journal["default_account_id"] and journal["default_account_id"][0]
