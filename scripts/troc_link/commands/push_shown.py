"""What became of the invoices that were sent, as a person reads it."""

from dataclasses import dataclass

from troc_link.invoices.documents import ATTACHED, BUILT, BY_ODOO
from troc_link.words.output import money, plural

SOURCES = {
    ATTACHED: "jointe à la facture",
    BY_ODOO: "faite par Odoo",
    BUILT: "écrite",
}
RESULTS = {
    "submitted": ("ok", "envoyée à l'animateur"),
    "known": ("ok", "déjà connue du réseau"),
    "draft": ("warning", "reçue ; un animateur doit choisir la part en Actifs"),
    "refused": ("error", "non envoyée"),
    "rejected": ("error", "refusée par l'animateur"),
    "sending": ("none", "serait envoyée"),
}
HEADS = ("fichier", "origine", "numéro", "total", "part", "Actifs")


@dataclass
class Sent:
    """What became of one invoice; `result` is in RESULTS, amounts are texts."""

    number: str
    result: str
    file: str = ""
    source: str = ""
    total: str = ""
    share: str = ""
    actif: str = ""
    compensation: str = ""
    message: str = ""
    way_out: str = ""


def show(out, sent, dry_run=False):
    """Print what was, or would be sent."""
    if dry_run:
        ready = [one for one in sent if one.result == "sending"]
        rows = [_row(one) for one in ready]
        if rows:
            out.table(HEADS, rows, right=HEADS[3:])
        out.note(f"{plural(len(rows), 'facture')} à envoyer. Rien n'est envoyé.")
        sent = [one for one in sent if one.result != "sending"]
    for one in sent:
        mark, words = RESULTS.get(one.result, ("warning", one.result))
        place = f" : {one.compensation}" if one.compensation else ""
        out.line(f"{out.mark(mark)} {one.number} {words}{place}")
        if one.message:
            out.line(f"  {one.message}")
        if one.way_out:
            out.line(f"  → {one.way_out}")


def _row(one):
    source = SOURCES[one.source]
    if one.source == BY_ODOO:
        source = "à faire par Odoo"
    share = f"{one.share} %" if one.share else ""
    return (
        *(one.file, source, one.number, money(one.total), share),
        money(one.actif) if one.actif else "",
    )
