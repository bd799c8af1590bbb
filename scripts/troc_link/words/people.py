"""Help and options of what members without an Odoo, and animators, do."""

from troc_link.words import units
from troc_link.words.help import command


def member(commands):
    """Declare what members without an Odoo do."""
    submit = command(
        commands,
        "submit",
        "envoie des factures Factur-X au réseau",
        "submit factures/*.pdf",
        "Avec --dry-run, les lit seulement. Peut être répété : rien ne part deux fois.",
    )
    submit.add_argument("files", nargs="+", metavar="FICHIER", help=".pdf ou .xml")
    command(
        commands, "status", "votre compte, la liaison, vos dernières factures", "status"
    )
    statement = command(
        commands,
        "statement",
        "votre relevé de compte en Actifs",
        "statement --from 2026-01-01",
    )
    _period(statement)
    entries = command(
        commands,
        "entries",
        "les écritures à passer dans votre comptabilité",
        "entries --from 2026-01-01 --format fec -o ecritures.txt",
    )
    _period(entries)
    entries.add_argument(
        "--format",
        choices=("csv", "fec", "text"),
        default="text",
        help="tableur, fichier des écritures comptables, ou texte",
    )
    entries.add_argument(
        "-o", "--output", metavar="FICHIER", help="où l'écrire, sinon à l'écran"
    )


def _period(parser):
    parser.add_argument(
        "--from",
        dest="date_from",
        type=units.date,
        metavar="DATE",
        help="premier jour, comme 2026-01-31 ; sinon le 1er janvier",
    )
    parser.add_argument(
        "--to",
        dest="date_to",
        type=units.date,
        metavar="DATE",
        help="sinon aujourd'hui",
    )


def animator(commands):
    """Declare what animators do."""
    parser = command(
        commands,
        "animator",
        "pour les animateurs : ce qui attend, valider, refuser, importer",
        "animator waiting",
        "Avec votre propre compte du réseau : TROC_LINK_ANIMATOR_LOGIN et"
        " TROC_LINK_ANIMATOR_KEY, ou [animator] dans les réglages.",
    )
    acts = parser.add_subparsers(
        dest="act", metavar="ACTE", required=True, title="actes"
    )
    command(acts, "waiting", "ce qui attend votre décision", "animator waiting")
    validate = command(
        acts, "validate", "valide par numéro", "animator validate COMP/2026/0001"
    )
    validate.add_argument("numbers", nargs="+", metavar="NUMÉRO")
    refuse = command(
        acts,
        "refuse",
        "refuse par numéro",
        "animator refuse COMP/2026/0001 --reason 'Travaux non terminés'",
    )
    refuse.add_argument("numbers", nargs="+", metavar="NUMÉRO")
    refuse.add_argument(
        "--reason", required=True, metavar="MOTIF", help="le membre le lit"
    )
    load = command(
        acts,
        "import",
        "importe un fichier de membres, de contacts et d'annonces",
        "animator import membres.csv --check",
    )
    load.add_argument("file", metavar="FICHIER", help=".csv, .xlsx ou .zip")
    load.add_argument("--check", action="store_true", help="vérifie sans rien écrire")
