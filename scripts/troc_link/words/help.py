"""What the help of every command has: an example, and the common options."""

import argparse

PROGRAM = "./scripts/troc-link"


def common(first=False):
    """Return the options that may stand before or after the command."""

    def default(value):
        return value if first else argparse.SUPPRESS

    parser = argparse.ArgumentParser(add_help=False)
    add = parser.add_argument_group("options communes").add_argument
    add("--json", action="store_true", default=default(False), help="pour un programme")
    add(
        "--dry-run",
        action="store_true",
        default=default(False),
        help="montre ce qui serait écrit, et où, sans rien écrire",
    )
    add(
        "--config",
        metavar="FICHIER",
        default=default(None),
        help="les réglages, sinon TROC_LINK_CONFIG ou ~/.config/troc-actif/link.ini",
    )
    add(
        "-v",
        "--verbose",
        action="store_true",
        default=default(False),
        help="dit chaque appel et sa durée",
    )
    add(
        "--insecure",
        action="store_true",
        default=default(False),
        help="accepte http et les certificats inconnus : seulement pour un essai",
    )
    return parser


def command(commands, name, what, example, more=""):
    """Declare a command whose help has an example."""
    return commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.{more and f' {more}'}",
        epilog=f"exemple :\n  {PROGRAM} {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common()],
    )
