"""For members without an Odoo: submit, status, statement, entries."""

import datetime
import sys

from troc_link.clients.network import Network
from troc_link.errors import OK, TO_DO, USAGE, LinkError
from troc_link.invoices import files, sending
from troc_link.words.help import PROGRAM
from troc_link.words.output import day, money, plural

RESULTS = {
    "submitted": ("ok", "envoyée à l'animateur"),
    "known": ("ok", "déjà connue du réseau"),
    "draft": ("warning", "reçue ; un animateur doit choisir la part en Actifs"),
    "refused": ("error", "refusée"),
}
STATES = {
    "draft": "à compléter",
    "submitted": "en validation",
    "validated": "validée",
    "refused": "refusée",
    "reversed": "contre-passée",
}
LINKS = {"active": "ouverte", "revoked": "révoquée"}
LATEST = 10
FIELDS = [
    "name",
    "state",
    "document_number",
    "document_date",
    "seller_id",
    "buyer_id",
    "actif_amount",
    "decision_reason",
    "document_type",
]


def run(options, ends):
    """Do what was asked; return the exit status."""
    acts = {
        "submit": preview if options.dry_run else submit,
        "status": status,
        "statement": statement,
        "entries": entries,
    }
    return acts[options.command](options, ends)


# -- invoices in files ------------------------------------------------------------


def submit(options, ends):
    """Send files; one that is refused stops no other."""
    send = sending.sender(Network(ends.network))
    told = []
    with options.out.progress("Envoi", len(options.files)) as bar:
        for batch in files.batches(options.files):
            told += send(batch)
            bar.step(batch[-1].name, len(batch))
    for one in told:
        state, words = RESULTS.get(one["result"], ("warning", one["result"]))
        _show(options.out, state, one["file"], words, one)
    options.out.object({"files": told})
    refused = [one for one in told if one["result"] == "refused"]
    return TO_DO if refused else OK


def _show(out, state, path, words, told):
    number = told.get("number") or ""
    compensation = told.get("compensation") or ""
    what = " ".join(filter(None, (path, number and f"({number})")))
    where = f" : {compensation}" if compensation else ""
    out.line(f"{out.mark(state)} {what} {words}{where}")
    if told.get("message"):
        out.line(f"  {told['message']}")


def preview(options, _ends):
    """Read files as the network would, without sending them."""
    told = []
    with options.out.progress("Lecture", len(options.files)) as bar:
        for path in options.files:
            told.append(_read(files.opened(path)))
            bar.step(path)
    for one in told:
        state = "error" if one["result"] == "refused" else "ok"
        words = "serait refusée" if state == "error" else "serait envoyée"
        _show(options.out, state, one["file"], words, one)
    options.out.object({"files": told})
    options.out.note("Rien n'est envoyé. Le réseau vérifie aussi les membres.")
    return TO_DO if any(one["result"] == "refused" for one in told) else OK


def _read(file):
    parsed, against = files.read(file)
    found = {"file": file.path, "result": "refused" if against else "read"}
    if parsed:
        found["number"] = parsed.number
    return {**found, "message": against}


# -- how things are ---------------------------------------------------------------


def status(options, ends):
    """Show the account, the link, and the latest compensations."""
    hello = Network(ends.network).hello()
    latest = ends.network.call(
        "troc.compensation",
        "search_read",
        domain=[],
        fields=FIELDS,
        order="id desc",
        limit=LATEST,
    )
    options.out.object({"hello": hello, "compensations": latest})
    _show_member(options.out, hello)
    if latest:
        options.out.line()
        rows = [_row(one, hello["member"]["name"]) for one in latest]
        heads = ("Facture", "Du", "Avec", "Actifs", "État")
        options.out.table(heads, rows, right=("Actifs",))
    return OK


def _show_member(out, hello):
    member, link = hello["member"], hello["link"]
    out.line(out.bold(f"{member['name']} – {hello['network']['name']}"))
    out.line(f"Solde                {money(member['balance'])} Actifs")
    out.line(f"Vous pouvez dépenser {money(member['room'])} Actifs")
    if not link:
        out.line("Liaison              aucune")
        return
    since = f"{LINKS[link['state']]} depuis le {day(link['since'])}"
    out.line(f"Liaison              {since}")
    if link["waiting"] or link["failed"]:
        waiting = plural(link["waiting"], "écriture attend", "écritures attendent")
        out.line(f"                     {waiting}, {link['failed']} en échec")
        out.note(f"→ {PROGRAM} pull")


def _row(one, own):
    seller, buyer = one["seller_id"], one["buyer_id"]
    sold = bool(seller and seller[1] == own)
    other = buyer if sold else seller
    earned = sold == (one["document_type"] == "invoice")
    sign = "" if earned else "-"
    state = STATES.get(one["state"], one["state"])
    if one["state"] in ("refused", "reversed") and one["decision_reason"]:
        state = f"{state} : {one['decision_reason']}"
    return (
        one["document_number"],
        day(one["document_date"]),
        other[1] if other else "",
        f"{sign}{money(one['actif_amount'])}",
        state,
    )


def _period(options):
    today = datetime.datetime.now(datetime.timezone.utc).astimezone().date()
    first = options.date_from or today.replace(month=1, day=1).isoformat()
    last = options.date_to or today.isoformat()
    if first > last:
        raise LinkError(
            f"La période finit ({day(last)}) avant de commencer ({day(first)}).",
            "Corrigez --from ou --to.",
            USAGE,
        )
    return first, last


def statement(options, ends):
    """Show the member's account of a period."""
    first, last = _period(options)
    found = Network(ends.network).statement(first, last)
    options.out.object({"from": first, "to": last, **found})
    options.out.line(options.out.bold(f"Du {day(first)} au {day(last)}, en Actifs"))
    options.out.line(f"Solde de départ : {money(found['opening'])}\n")
    rows = [
        (
            day(line["date"]),
            line["reference"],
            line["other"],
            _nothing_if_zero(line["earned"]),
            _nothing_if_zero(line["spent"]),
            money(line["balance"]),
        )
        for line in found["lines"]
    ]
    heads = ("Date", "Référence", "Avec", "Gagné", "Dépensé", "Solde")
    options.out.table(heads, rows, right=heads[3:])
    options.out.line(f"\nSolde à la fin : {money(found['closing'])}")
    return OK


def _nothing_if_zero(amount):
    return money(amount) if amount.strip("0.") else ""


def entries(options, ends):
    """Write the entries to book of a period, to a file or to the screen."""
    first, last = _period(options)
    found = Network(ends.network).bookings(first, last, options.format)
    if options.output and not options.dry_run:
        files.written(options.output, found["content"])
        options.out.note(f"✓ Écritures du {day(first)} au {day(last)} :")
        options.out.note(f"  {options.output}")
        options.out.object({"file": options.output})
    elif options.json:
        options.out.object(found)
    else:
        content = found["content"].removeprefix("\ufeff")
        sys.stdout.write(content if content.endswith("\n") else f"{content}\n")
    return OK
