"""The readable account of the demonstration, on the standard output."""

from troc_demo import data, deals, ledger, tables, verdicts

STATES = {
    "draft": "brouillon",
    "submitted": "à valider",
    "validated": "validée",
    "refused": "refusée",
    "reversed": "contre-passée",
}
DEAL_COLUMNS = ("Facture", "Vendeur → acheteur", "Total", "Part", "Actifs", "Euros")
DEAL_WIDTHS = (14, 49, -9, -5, -9, -9)
MEMBER_COLUMNS = (
    "Membre",
    "Dép.",
    "Forme",
    "Type",
    "Livres",
    "Solde",
    "Découvert",
    "Libre",
)
MEMBER_WIDTHS = (25, 4, 20, 9, 7, -9, -9, -9)


def show(story, outcomes):
    """Print everything; return whether it all holds."""
    _show_deals(outcomes)
    _show_books(story.server)
    _show_members(story)
    network_ids = [story.network.network_id]
    reports = story.manager["troc.verification"].report(network_ids)
    held = verdicts.show(reports)
    _show_logins(story.server)
    return _show_verdict(outcomes, held)


# -- invoices ------------------------------------------------------------------------


def _show_deals(outcomes):
    print(tables.title(f"{data.NETWORK} : les factures"))
    print(tables.row(DEAL_COLUMNS, DEAL_WIDTHS))
    print(tables.rule())
    for outcome in outcomes:
        _show_deal(outcome)


def _show_deal(outcome):
    deal, found = outcome.deal, outcome.compensation
    seller, buyer = data.MEMBERS[deal.seller], data.MEMBERS[deal.buyer]
    cells = (
        found.get("document_number") or deal.key,
        f"{seller.name} → {buyer.name}",
        tables.money(found.get("total_amount", 0)),
        f"{found.get('actif_share', deal.share):g} %",
        tables.money(found.get("actif_amount", 0)),
        tables.money(found.get("cash_amount", 0)),
    )
    print(tables.row(cells, DEAL_WIDTHS))
    for text in (deal.story, _state(found), *_reasons(outcome)):
        _show_detail(text)


def _show_detail(text):
    for line in tables.wrap(text, tables.WIDTH - DEAL_WIDTHS[0] - 1):
        print(f"{'':<{DEAL_WIDTHS[0]}} {line}".rstrip())


def _state(found):
    """Return the state of a compensation: what, when, by whom."""
    if not found:
        return "aucune compensation"
    state = f"{found['name']} · {STATES[found['state']]}"
    if found["state"] not in ("validated", "reversed"):
        return state
    date = found["reversal_date"] or found["entry_date"]
    who = found["reversed_by_id"] or found["validated_by_id"]
    return f"{state} le {tables.day(date)} par {_person(who)}"


def _person(value):
    """Return a user's name without his company, which Odoo puts before a contact."""
    return value[1].split(", ")[-1] if value else ""


def _reasons(outcome):
    found = outcome.compensation
    if found.get("state") == "submitted" and found["blocked_reason"]:
        yield f"En attente : {found['blocked_reason']}"
    if found.get("decision_reason"):
        yield f"Motif : {found['decision_reason']}"
    if outcome.changed:
        yield "(modifiée à la main depuis la démonstration)"
    if outcome.problem:
        expected = STATES.get(outcome.deal.fate, "bloquée")
        yield f"✗ Attendu : {expected}. {outcome.problem}"


# -- books, members ------------------------------------------------------------------


def _show_books(server):
    print(tables.title("Les écritures, livre par livre"))
    for company in data.BOOKS:
        ledger.show(ledger.read(server, company))


def _show_members(story):
    fields = ["balance", "credit_limit", "room"]
    ids = list(story.network.members.values())
    rows = story.manager["troc.member"].read(ids, fields)
    found = {row["id"]: row for row in rows}
    print(tables.title("Les soldes des membres, en Actifs"))
    print(tables.row(MEMBER_COLUMNS, MEMBER_WIDTHS))
    print(tables.rule())
    for key, company in data.MEMBERS.items():
        row = found[story.network.members[key]]
        print(tables.row(_member_cells(company, row), MEMBER_WIDTHS))
    total = tables.money(sum(row["balance"] for row in rows))
    print(tables.row(("Somme", "", "", "", "", total), MEMBER_WIDTHS))


def _member_cells(company, row):
    figures = (row["balance"], row["credit_limit"], row["room"])
    return (
        company.name,
        company.zip[:2],
        company.legal_form,
        "ESS" if company.structure == "ess" else "classique",
        "ici" if company.hosted else "portail",
        *map(tables.money, figures),
    )


# -- where to click ------------------------------------------------------------------


def _show_logins(server):
    print(tables.title("Se connecter"))
    print(f"Adresse : {server.url}/odoo   Mot de passe : {data.PASSWORD}\n")
    widths = (40, 59)
    for login, what in _logins():
        print(tables.row((login, what), widths))
    print(
        "\nÀ valider            "
        f"{server.url}/odoo/troc-to-validate\n"
        f"Membres et soldes    {server.url}/odoo/troc-members\n"
        f"Registre             {server.url}/odoo/troc-register\n"
        f"Factures d'un membre {server.url}/odoo/customer-invoices\n"
        f"Portail d'un membre  {server.url}/my/actif"
    )


def _logins():
    yield "admin", "administrateur (autre mot de passe), ne valide rien"
    for staff in data.STAFF:
        yield staff.login, f"{staff.name}, {staff.role}"
    for company in data.HOSTED:
        yield company.login, f"{company.contact}, comptable, {company.name}"
    for company in data.PORTAL:
        yield company.login, f"{company.contact}, portail, {company.name}"


# -- verdict -------------------------------------------------------------------------


def _show_verdict(outcomes, held):
    wrong = [outcome for outcome in outcomes if outcome.problem]
    right = len(outcomes) - len(wrong)
    verdict = "Tout est en ordre" if held and not wrong else "Tout n'est pas en ordre"
    invariants = "8 invariants sur 8" if held else "un invariant est rompu"
    count = len(deals.DEALS)
    print(f"\n{verdict} : {right} factures sur {count} comme attendu, {invariants}.")
    return held and not wrong
