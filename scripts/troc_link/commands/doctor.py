"""`troc-link doctor`: looks at both ends, says in plain words what to fix."""

import dataclasses

from troc_link.books import company
from troc_link.checks import books as checks_books
from troc_link.checks import network as checks_network
from troc_link.checks.either import ERROR, TELL, WARNING, Checks
from troc_link.errors import OK, SETTINGS, LinkError
from troc_link.words.help import PROGRAM
from troc_link.words.output import plural

TITLES = {"network": "Le réseau", "books": "Votre Odoo", "both": "Les deux"}


def run(options, ends):
    """Check all; return 0, or 3 where something stands in the way."""
    found = examine(options, ends)
    options.out.object({"checks": [dataclasses.asdict(one) for one in found]})
    end = None
    for check in found:
        if check.end != end:
            end = check.end
            options.out.line(f"\n{options.out.bold(TITLES[end])}")
        options.out.line(f"  {options.out.mark(check.state)} {check.text}")
        if check.remedy:
            options.out.line(f"    → {check.remedy}")
    return _concluded(options, found)


def examine(options, ends):
    """Return the checks of both ends."""
    network, books, both = Checks("network"), Checks("books"), Checks("both")
    hello = _looked(checks_network.look, network, ends, _fixing(options, ends))
    chosen = None
    if ends.has_books:
        chosen = _looked(checks_books.look, books, ends, _fixing(options, ends))
    if hello and chosen:
        _siren(both, hello["member"], chosen)
    return network.found + books.found + both.found


def _looked(look, found, ends, fix):
    """Look; an end that stops answering meanwhile is one of the findings."""
    keep = fix and (lambda kind: fix(found.end, kind))
    try:
        return look(found, ends, keep)
    except LinkError as error:
        found.add("answer", ERROR, str(error), error.way_out or TELL)
        return None


def _fixing(options, ends):
    """Return what keeps the better client in the settings, None unless asked for."""
    if not options.fix or options.dry_run:
        return None

    def fix(name, kind):
        ends.settings.set(name, kind=kind)
        ends.settings.write()

    return fix


def _siren(found, member, chosen):
    theirs, own = member["siren"], company.siren(chosen)
    if theirs and theirs == own:
        return found.add("siren", "ok", f"Même SIREN des deux côtés : {own}.")
    if not own:
        return found.add(
            "siren",
            WARNING,
            f"{chosen['name']} n'a pas de SIREN dans votre Odoo.",
            f"Écrivez {theirs} dans sa fiche (Paramètres > Sociétés > SIRET).",
        )
    found.add(
        "siren",
        ERROR,
        f"Le membre a le SIREN {theirs or 'inconnu'}, la société {own}.",
        f"Reliez la bonne société ({PROGRAM} init --company NOM) ou corrigez le SIREN.",
    )


def _concluded(options, found):
    wrong = [check for check in found if check.state == ERROR]
    doubtful = [check for check in found if check.state == WARNING]
    if wrong:
        options.out.line(f"\n{plural(len(wrong), 'chose')} à corriger d'abord.")
        return SETTINGS
    if doubtful:
        told = plural(len(doubtful), "chose")
        options.out.line(f"\nTout peut marcher ; {told} à regarder.")
    else:
        options.out.line("\nTout est bon.")
    return OK
