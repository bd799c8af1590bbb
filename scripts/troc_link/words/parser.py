"""The words of the command: what may be asked for, and the help that teaches it."""

import argparse

from troc_link import VERSION
from troc_link.words import french, people, units
from troc_link.words.help import PROGRAM, command, common

STORY = f"""\
Votre Odoo et le réseau, en cinq commandes :

  1. {PROGRAM} init           dit où sont les deux, essaie vos clés, ouvre la liaison
  2. {PROGRAM} doctor         vérifie tout et dit quoi corriger
  3. {PROGRAM} setup          prépare compte, journal et conditions de paiement
  4. {PROGRAM} push --dry-run montre les factures qui partiraient ; push les envoie
  5. {PROGRAM} sync           envoie, comptabilise, vérifie : à lancer chaque heure

Sans Odoo à vous : init --network-only, puis submit, status, statement et entries.
Chaque commande a son aide : {PROGRAM} push --help

Statut rendu : 0 tout est fait ; 1 quelque chose est refusé ou demande quelqu'un ;
2 mauvais emploi ; 3 réglages ou droits ; 75 un serveur ne répond pas ; 130 interrompu.
"""


def parse(arguments):
    """Return the options of a command line; exits with 2 where it makes no sense."""
    return build().parse_args(arguments)


def build():
    """Return the parser of the command."""
    french.speak_french()
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Relie l'Odoo d'un membre au réseau, sans rien saisir deux fois.",
        epilog=STORY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common(first=True)],
    )
    parser.add_argument(
        "--version", action="version", help="sa version", version=f"troc-link {VERSION}"
    )
    commands = parser.add_subparsers(
        dest="command", metavar="COMMANDE", required=True, title="commandes"
    )
    for declare in (_ends, _work, people.member, people.animator):
        declare(commands)
    return parser


def _ends(commands):
    init = command(
        commands,
        "init",
        "demande les deux bouts et les essaie",
        "init --network-url https://reseau.exemple.fr --network-db reseau",
        "Les clés se tapent sans s'afficher, ou viennent de TROC_LINK_NETWORK_KEY et"
        " TROC_LINK_BOOKS_KEY.",
    )
    for end, what in (("network", "du réseau"), ("books", "de votre Odoo")):
        init.add_argument(f"--{end}-url", metavar="URL", help=f"adresse {what}")
        init.add_argument(f"--{end}-db", metavar="BASE", help=f"base {what}")
        init.add_argument(f"--{end}-login", metavar="NOM", help=f"utilisateur {what}")
    add = init.add_argument
    add("--company", metavar="SOCIÉTÉ", help="son nom ou son numéro dans votre Odoo")
    add("--since", type=units.date, metavar="DATE", help="début, sinon ce jour")
    add("--network-only", action="store_true", help="pour un membre sans Odoo")
    add("--keep-keys", action="store_true", help="garde aussi celles d'environnement")
    add("--keyring", action="store_true", help="garde les clés au trousseau")
    add("--yes", action="store_true", help="ne demande rien : options et environnement")
    doctor = command(
        commands, "doctor", "vérifie les deux bouts et dit quoi corriger", "doctor"
    )
    doctor.add_argument(
        "--fix", action="store_true", help="retient dans les réglages l'accès choisi"
    )


def _work(commands):
    command(
        commands,
        "setup",
        "prépare le compte, le journal et les conditions de paiement de votre Odoo",
        "setup --dry-run",
        "Peut être répété : ce qui est là est laissé.",
    )
    push = command(
        commands,
        "push",
        "envoie au réseau les factures validées qui ont une part en Actifs",
        "push --dry-run",
        "Peut être répété : rien ne part deux fois.",
    )
    push.add_argument("--again", metavar="NUMÉRO", help="renvoie une facture refusée")
    command(
        commands,
        "pull",
        "comptabilise dans votre Odoo ce que le réseau a validé",
        "pull --dry-run",
        "Peut être répété : aucune écriture n'est doublée.",
    )
    command(
        commands,
        "verify",
        "compare votre 4678 au registre, et passe ce qui manque",
        "verify",
    )
    command(commands, "sync", "push, pull puis verify", "sync --json")
    watch = command(
        commands, "watch", "répète sync, moins souvent si rien ne répond", "watch"
    )
    watch.add_argument(
        "--every",
        type=units.duration,
        metavar="DURÉE",
        default=900,
        help="comme 90s, 15m ou 2h ; sinon 15m",
    )
