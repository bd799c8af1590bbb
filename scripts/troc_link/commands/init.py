"""`troc-link init`: asks for the two ends, tries each at once, opens the link."""

import argparse
import getpass
import importlib

from troc_link.books import company
from troc_link.clients import keyrings
from troc_link.clients.both import Ends
from troc_link.clients.network import Network
from troc_link.ends import Secret, clean_url
from troc_link.errors import (
    OK,
    SETTINGS,
    LinkError,
    Misconfigured,
    NotAllowed,
    Unreachable,
)
from troc_link.words.help import PROGRAM
from troc_link.words.output import day, money

WHERE = {
    "network": "Le réseau : page « Votre Odoo » de votre espace membre"
    " (/my/actif/link),\nqui donne l'adresse, la base, et une clé.",
    "books": "Votre Odoo : une clé se crée dans Mes préférences > Sécurité > Clés API >"
    " Ajouter.\nChoisissez une durée longue : avec « 1 jour », la liaison s'arrête"
    " demain.",
}
QUESTIONS = {"url": "Adresse", "db": "Base de données", "login": "Utilisateur"}
TRIES = 3
SILENTLY = "Sans terminal, ajoutez --yes : options et environnement suffisent alors."


def run(options, ends):
    """Ask, try, keep, open the link; return the exit status."""
    known = ends.settings
    asker = Asker(options)
    names = ("network",) if options.network_only else ("network", "books")
    found = Ends(known)
    for name in names:
        _settle(asker, known, name, found)
    hello = _hello(found, options.out)
    if not options.network_only:
        known.set("books", company=company.choose(asker, found.books, hello))
    _keep(options, known, names)
    status = OK
    if not options.network_only:
        status = _open(options, found, hello) or _offer_setup(asker, options, known)
    _say_next(options)
    options.out.object({"settings": str(known.path), "status": status})
    return status


class Asker:
    """Asks at the terminal, unless told not to."""

    def __init__(self, options):
        self.options, self.out = options, options.out
        self.silent = options.yes

    def ask(self, question, default=""):
        """Return what is typed, or the default."""
        if self.silent:
            return default
        hint = f" [{default}]" if default else ""
        self.out.note(f"  {question}{hint} : ", end="")
        return _answered(input) or default

    def secret(self, known):
        """Return what is typed unseen; nothing to keep the one that is known."""
        if self.silent:
            return ""
        kept = " (Entrée : garder celle qui est connue)" if known else ""
        prompt = f"  Clé API, ou mot de passe{kept} : "
        return _answered(lambda: getpass.getpass(prompt))

    def agrees(self, question):
        """Return whether the answer is yes, which Enter means too."""
        return self.silent or self.ask(f"{question} (o/n)", "o").lower()[:1] in "oy"


def _answered(ask):
    try:
        return ask().strip()
    except EOFError:
        raise Misconfigured("Personne ne répond aux questions.", SILENTLY) from None


def _settle(asker, known, name, ends):
    """Ask for one end until it answers."""
    asker.out.note(f"\n{WHERE[name]}")
    for left in reversed(range(1 if asker.silent else TRIES)):
        _ask_end(asker, known, name)
        try:
            ends.__dict__.pop(name, None)
            client = getattr(ends, name)
        except (Misconfigured, NotAllowed, Unreachable) as error:
            if not left:
                raise
            asker.out.note(f"  ✗ {error}\n  → {error.way_out}")
            continue
        version = ".".join(map(str, client.version()))
        asker.out.note(f"  ✓ Odoo {version} répond à {client.login} ({client.kind}).")
        known.set(name, kind=client.kind)
        return


def _ask_end(asker, known, name):
    values = known.values(name)
    for key, question in QUESTIONS.items():
        given = getattr(asker.options, f"{name}_{key}")
        answer = given or asker.ask(question, values.get(key, ""))
        if key == "url" and answer:
            answer = clean_url(answer)
        if answer and known.given.get(name, {}).get(key) != answer:
            known.given.get(name, {}).pop(key, None)
            known.set(name, **{key: answer})
    secret = asker.secret(values.get("key") or values.get("password"))
    if secret:
        is_key = Secret(secret).looks_like_a_key
        known.given.get(name, {}).pop("key", None)
        known.given.get(name, {}).pop("password", None)
        known.set(
            name,
            key=secret if is_key else None,
            password=None if is_key else secret,
            kind="auto",
        )


def _hello(ends, out):
    """Return what the network says of the member."""
    hello = Network(ends.network).hello()
    member = hello["member"]
    out.note(
        f"\n✓ {member['name']}, membre de {hello['network']['name']} :"
        f" solde {money(member['balance'])} Actifs."
    )
    return hello


def _keep(options, known, names):
    if options.dry_run:
        options.out.note(f"\n· Rien n'est écrit ; {known.path} l'aurait été.")
        return
    for name in names:
        given = {k: known.given.get(name, {}).get(k) for k in ("key", "password")}
        if options.keep_keys and any(given.values()):
            known.set(name, **given)
        if options.keyring:
            keyrings.store(known, name)
    known.write()
    options.out.note(f"✓ Réglages gardés dans {known.path}, lisible par vous seul.")


def _open(options, ends, hello):
    """Open the link, by an administrator of the member; return a status."""
    link, right = hello["link"], hello["user"]["right"]
    if link and link["state"] == "active":
        options.out.note(f"✓ La liaison est ouverte depuis le {day(link['since'])}.")
        return OK
    if right != "administer":
        options.out.note(
            "! La liaison reste à ouvrir par un administrateur du membre : qu'il lance"
            f"\n  {PROGRAM} init avec sa clé, ou l'ouvre sur /my/actif/link."
        )
        return SETTINGS
    if options.dry_run:
        options.out.note("· La liaison serait ouverte.")
        return OK
    link = Network(ends.network).open(options.since)["link"]
    options.out.note(f"✓ La liaison est ouverte au {day(link['since'])}.")
    return OK


def _offer_setup(asker, options, known):
    """Prepare the member's Odoo too, where he agrees; return a status.

    Who may only invoice may not: the link stays open, and he is told who can.
    """
    question = "Préparer le compte, le journal et les conditions de paiement ?"
    if not asker.agrees(question):
        return OK
    own = argparse.Namespace(**vars(options))
    own.out = options.out.part("setup", {})
    try:
        # it is the work of another command, whose modules init alone does not need
        return importlib.import_module("troc_link.commands.setup").run(own, Ends(known))
    except LinkError as error:
        options.out.note(f"✗ {error}\n→ {error.way_out}")
        return error.status


def _say_next(options):
    step = "status" if options.network_only else "doctor"
    options.out.note(f"\nEnsuite : {PROGRAM} {step}")
