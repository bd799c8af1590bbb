"""For animators, as their own user: what waits, validate, refuse, import."""

import base64
import time

from troc_link.errors import OK, TO_DO, Refused
from troc_link.invoices import files
from troc_link.words.output import day, money, plural

WAITING = [("state", "=", "submitted")]
FIELDS = [
    "name",
    "state",
    "document_number",
    "document_date",
    "seller_id",
    "buyer_id",
    "actif_amount",
    "blocked_reason",
]
PAUSE = 2
PATIENCE = 900
ROWS = ["number", "what", "status", "columns", "message"]


def run(options, ends):
    """Do what was asked; return the exit status."""
    acts = {
        "waiting": waiting,
        "validate": validate,
        "refuse": refuse,
        "import": load,
    }
    return acts[options.act](options, Desk(ends.animator))


class Desk:
    """What an animator asks of the network."""

    def __init__(self, client):
        self._call = client.call

    def search(self, domain, **more):
        """Return compensations, those the animator may see."""
        return self._call(
            "troc.compensation", "search_read", domain=domain, fields=FIELDS, **more
        )

    def act(self, record, method, **params):
        """Call a method on one compensation."""
        return self._call("troc.compensation", method, [record], **params)

    def load(self, method, ids=None, **params):
        """Call a method of imports."""
        return self._call("troc.import", method, ids, **params)

    def rows(self, record):
        """Return the rows of an import that somebody must look at."""
        wrong = [("import_id", "=", record), ("status", "in", ("refused", "warning"))]
        return self._call(
            "troc.import.row", "search_read", domain=wrong, fields=ROWS, order="id"
        )


def waiting(options, desk):
    """List what waits for a decision."""
    found = desk.search(WAITING, order="document_date, id")
    options.out.object({"waiting": found})
    heads = ("Numéro", "Facture", "Du", "Vendeur", "Acheteur", "Actifs", "Empêché par")
    rows = [
        (
            one["name"],
            one["document_number"],
            day(one["document_date"]),
            one["seller_id"][1],
            one["buyer_id"][1],
            money(one["actif_amount"]),
            one["blocked_reason"] or "",
        )
        for one in found
    ]
    options.out.table(heads, rows, right=("Actifs",))
    options.out.line(f"\n{plural(len(found), 'compensation')} à valider.")
    return OK


def validate(options, desk):
    """Validate by number, each by itself."""

    def act(one):
        desk.act(one["id"], "action_validate")
        (now,) = desk.search([("id", "=", one["id"])])
        if now["state"] == "validated":
            return "ok", "validée"
        return "error", now["blocked_reason"] or "reste en validation"

    return _each(options, desk, act, "serait validée")


def refuse(options, desk):
    """Refuse by number, each by itself, with a reason the member reads."""

    def act(one):
        desk.act(one["id"], "action_refuse", reason=options.reason)
        return "ok", "refusée"

    return _each(options, desk, act, f"serait refusée : {options.reason}")


def _each(options, desk, act, would):
    """Act on each number; one that is refused stops no other."""
    results = []
    with options.out.progress("Décisions", len(options.numbers)) as bar:
        for number in options.numbers:
            state, words = _decided(options, desk, act, would, number)
            results.append({"number": number, "state": state, "message": words})
            bar.step(number)
    options.out.object({"results": results})
    for one in results:
        mark = options.out.mark(one["state"])
        options.out.line(f"{mark} {one['number']} : {one['message']}")
    return TO_DO if any(one["state"] == "error" for one in results) else OK


def _decided(options, desk, act, would, number):
    found = desk.search([("name", "=", number)])
    if len(found) != 1:
        return "error", "aucune compensation de ce numéro ne vous est montrée."
    (one,) = found
    if one["state"] == "validated" and options.act == "validate":
        return "ok", "déjà validée"
    if options.dry_run:
        return "ok", would
    try:
        return act(one)
    except Refused as error:
        return "error", str(error)


def load(options, desk):
    """Check a file of members, then import it, unless --check."""
    file = files.opened(options.file)
    if file.trouble:
        options.out.note(f"✗ {file.path} : {file.trouble}")
        return TO_DO
    values = {
        "filename": file.name,
        "file": base64.b64encode(file.content).decode(),
    }
    record = desk.load("create", vals_list=values)
    desk.load("action_check", [record])
    done = _ended(options, desk, record, "Vérification")
    if done["state"] == "checked" and not (options.check or options.dry_run):
        desk.load("action_run", [record])
        done = _ended(options, desk, record, "Import")
    return _reported(options, desk, done)


def _ended(options, desk, record, title):
    """Wait until an import is through; return it."""
    fields = ["state", "progress", "summary", "refused_count", "row_count"]
    deadline = time.monotonic() + PATIENCE
    with options.out.progress(title, 100) as bar:
        while True:
            (now,) = desk.load("read", [record], fields=fields)
            bar.step(count=int(now["progress"]) - bar.done)
            if now["state"] != "running" or time.monotonic() > deadline:
                return now
            time.sleep(PAUSE)


def _reported(options, desk, done):
    rows = desk.rows(done["id"])
    options.out.object({**done, "rows": rows})
    for row in rows:
        mark = options.out.mark("error" if row["status"] == "refused" else "warning")
        what = f"ligne {row['number']} {row['what'] or ''}".strip()
        options.out.line(f"{mark} {what} : {row['message'] or ''}")
    options.out.line(done["summary"] or "L'import continue sur le réseau.")
    return TO_DO if done["refused_count"] or done["state"] == "failed" else OK
