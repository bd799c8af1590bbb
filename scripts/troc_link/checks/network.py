"""What doctor looks at on the network's end."""

from troc_link.checks import either
from troc_link.checks.either import ERROR, OK, WARNING
from troc_link.clients.network import PROTOCOL, Network
from troc_link.errors import Misconfigured, Refused
from troc_link.words.help import PROGRAM
from troc_link.words.output import day, plural

STAFF = ("base.group_user",)
RIGHTS = {"read": "lire", "trade": "échanger", "administer": "administrer"}


def look(found, ends, fix):
    """Check the network's end; return what it says of the member, None without."""
    end = ends.settings.end("network")
    client = either.connected(found, ends, end)
    if not client:
        return None
    either.kind(found, client, end, fix)
    either.key(found, end)
    either.clock(found, end)
    hello = _hello(found, client)
    if hello:
        _user(found, client, hello)
        _member(found, hello)
        if ends.has_books or hello["link"]:
            _link(found, hello)
    return hello


def _hello(found, client):
    try:
        hello = Network(client).hello()
    except (Misconfigured, Refused) as error:
        remedy = (
            error.way_out or "Vérifiez l'adresse et l'utilisateur avec l'animateur."
        )
        return found.add("protocol", ERROR, str(error), remedy)
    versions = hello["versions"]
    found.judge(
        "protocol",
        hello["protocol"] == PROTOCOL,
        f"{hello['network']['name']} : Odoo {versions['odoo']}, troc_actif"
        f" {versions['troc_actif']}.",
        "Ce réseau parle une version plus récente de la liaison.",
        "Mettez à jour ce programme (git pull).",
    )
    return hello


def _user(found, client, hello):
    user = hello["user"]
    found.judge(
        "right",
        user["right"] in ("trade", "administer"),
        f"{user['name']} peut {RIGHTS.get(user['right'])} pour le membre.",
        f"{user['name']} peut seulement lire : envoyer et comptabiliser sera refusé.",
        "Un administrateur du membre lui donne le droit d'échanger sur /my/actif.",
    )
    found.judge(
        "portal",
        not either.groups(client, STAFF),
        "Un compte du portail : rien d'un autre membre n'est lisible avec sa clé.",
        f"{user['login']} est un utilisateur interne du réseau : sa clé ouvre trop.",
        "Servez-vous d'un compte du portail du membre.",
        WARNING,
    )


def _member(found, hello):
    member = hello["member"]
    found.judge(
        "member",
        member["state"] == "active",
        f"{member['name']} est membre actif.",
        f"{member['name']} n'est pas membre actif : ses factures seront refusées.",
        "Parlez-en à votre animateur.",
        WARNING,
    )


def _link(found, hello):
    link = hello["link"]
    if not link:
        found.add(
            "link",
            ERROR,
            "La liaison n'est pas ouverte.",
            f"Un administrateur du membre lance {PROGRAM} init.",
        )
    elif link["state"] != "active":
        found.add(
            "link",
            ERROR,
            f"La liaison est révoquée : {link['revoked_reason'] or 'sans motif'}.",
            f"Si vous l'avez fermée : {PROGRAM} init ; sinon voyez votre animateur.",
        )
    else:
        found.add("link", OK, f"La liaison est ouverte depuis le {day(link['since'])}.")
        _entries(found, link)


def _entries(found, link):
    failed = plural(link["failed"], "écriture en échec", "écritures en échec")
    found.judge(
        "entries",
        not link["failed"],
        f"{plural(link['waiting'], 'écriture attend', 'écritures attendent')}.",
        f"{failed} dans votre Odoo.",
        f"Lancez {PROGRAM} pull, qui dit pourquoi.",
        WARNING,
    )
