"""Which company of the member's Odoo is linked, and its SIREN."""

from troc_link.books.parties import siren
from troc_link.errors import Misconfigured

FIELDS = [
    "name",
    "company_registry",
    "vat",
    "country_id",
    "currency_id",
]
NONE = {"allowed_company_ids": []}


def of_user(books):
    """Return the companies that the user may see, and the id of his own."""
    me = [books.user_id()]
    fields = ["company_ids", "company_id"]
    # whatever company the settings say, which may not be his
    (user,) = books.call("res.users", "read", me, fields=fields, context=NONE)
    context = {"allowed_company_ids": user["company_ids"]}
    companies = books.call(
        "res.company", "read", user["company_ids"], fields=FIELDS, context=context
    )
    return companies, user["company_id"][0]


def choose(asker, books, hello):
    """Return the id of the company to link: named, of the same SIREN, or asked."""
    companies, own = of_user(books)
    named = asker.options.company
    if named:
        return _named(named, companies)
    same = [c for c in companies if siren(c) == hello["member"]["siren"] != ""]
    if len(same) == 1:
        return _told(asker, same[0])
    if len(companies) == 1:
        return _told(asker, companies[0])
    for company in companies:
        asker.out.note(f"  {company['id']:>4}  {company['name']}")
    return _named(asker.ask("Numéro de la société à relier", str(own)), companies)


def _told(asker, company):
    asker.out.note(f"✓ Société reliée : {company['name']}.")
    return company["id"]


def _named(text, companies):
    found = [c for c in companies if text in (str(c["id"]), c["name"])]
    if len(found) == 1:
        return found[0]["id"]
    names = ", ".join(f"{c['id']} {c['name']}" for c in companies)
    raise Misconfigured(
        f"« {text} » n'est pas une société de cet utilisateur.", f"Il y a : {names}."
    )
