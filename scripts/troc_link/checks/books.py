"""What doctor looks at on the member's own end."""

import datetime

from troc_link.books import company, refs
from troc_link.checks import either
from troc_link.checks.either import ERROR, OK, WARNING
from troc_link.errors import LinkError, Refused
from troc_link.words.help import PROGRAM
from troc_link.words.output import day

BILLING = "account.group_account_invoice"
MORE = {
    "base.group_system": "Paramètres",
    "base.group_erp_manager": "Droits d'accès",
    "account.group_account_manager": "Administrateur de la comptabilité",
}
LOCKS = ("fiscalyear_lock_date", "hard_lock_date")


def look(found, ends, fix):
    """Check the member's own Odoo; return the company, None without."""
    end = ends.settings.end("books")
    client = either.connected(found, ends, end)
    if not client:
        return None
    either.version(found, client)
    either.kind(found, client, end, fix)
    either.key(found, end)
    either.clock(found, end)
    chosen = _company(found, client, end)
    if chosen:
        _rights(found, client)
        _country(found, client, chosen)
        _locks(found, client, chosen["id"])
        _setup(found, client, chosen["id"])
    return chosen


def _rights(found, client):
    has = either.groups(client, (BILLING, *MORE))
    found.judge(
        "rights",
        BILLING in has,
        f"{client.login} peut facturer et comptabiliser.",
        f"{client.login} ne peut pas comptabiliser.",
        "Donnez-lui le droit « Facturation » : Paramètres > Utilisateurs.",
    )
    more = [MORE[name] for name in has if name in MORE]
    found.judge(
        "least_rights",
        not more,
        "Il n'a pas de droit inutile.",
        f"Il a plus de droits qu'il n'en faut : {', '.join(more)}.",
        "Servez-vous d'un utilisateur à part, avec « Facturation » seulement, dès que"
        " setup est fait.",
        WARNING,
    )


def _company(found, client, end):
    companies, own = company.of_user(client)
    found.judge(
        "one_company",
        len(companies) == 1,
        "Il ne voit qu'une société.",
        f"Il voit {len(companies)} sociétés ; une seule est reliée.",
        "Ôtez-lui les autres : Paramètres > Utilisateurs > Sociétés autorisées.",
        WARNING,
    )
    chosen = next((c for c in companies if c["id"] == (end.company or own)), None)
    if not chosen:
        found.add(
            "company",
            ERROR,
            f"La société {end.company} n'est pas (ou plus) la sienne.",
            f"Choisissez-en une : {PROGRAM} init --company NOM.",
        )
    elif not end.company:
        found.add(
            "company",
            WARNING,
            f"Aucune société n'est choisie ; {chosen['name']} sert.",
            f"Dites laquelle : {PROGRAM} init --company {chosen['id']}.",
        )
    else:
        found.add("company", OK, f"Société reliée : {chosen['name']}.")
    return chosen


def _country(found, client, chosen):
    country, currency = chosen["country_id"], chosen["currency_id"]
    code = country and _value(client, "res.country", country[0], "code")
    chart = _value(client, "res.company", chosen["id"], "chart_template")
    found.judge(
        "country",
        code == "FR",
        "Société française.",
        f"La société a pour pays : {country[1] if country else 'aucun'}.",
        "Corrigez son pays : Paramètres > Sociétés.",
        WARNING,
    )
    found.judge(
        "chart",
        (chart or "fr").startswith("fr"),
        "Plan comptable français.",
        f"Le plan comptable est « {chart} ».",
        "Les comptes 4678, 411 et 401 doivent exister : voyez votre comptable.",
        WARNING,
    )
    found.judge(
        "currency",
        currency[1] == "EUR",
        "Comptes en euros.",
        f"Les comptes sont tenus en {currency[1]}, un Actif vaut un euro.",
        "Reliez une société dont la monnaie est l'euro.",
    )


def _locks(found, client, company_id):
    today = datetime.date.today().isoformat()  # noqa: DTZ011 the books' own days
    dates = [_value(client, "res.company", company_id, name) for name in LOCKS]
    last = max((date for date in dates if date), default="")
    found.judge(
        "locked",
        last < today,
        "La période n'est pas verrouillée.",
        f"Les comptes sont verrouillés jusqu'au {day(last)}, ce jour compris.",
        "Avancez la date de verrouillage : Comptabilité > Dates de verrouillage.",
    )


def _setup(found, client, company_id):
    try:
        where = refs.refs(client, company_id)
    except LinkError as error:
        found.add("setup", WARNING, str(error), error.way_out or either.TELL)
    else:
        there = "Troc Actif est installé dans cet Odoo : ses comptes servent."
        ours = "Le compte et le journal des Actifs sont prêts."
        found.add("setup", OK, there if where.has_addon else ours)


def _value(client, model, record, field):
    """Return a value, None where this Odoo has no such field or does not tell it."""
    try:
        (row,) = client.call(model, "read", [record], fields=[field])
    except Refused:
        return None
    return row[field]
