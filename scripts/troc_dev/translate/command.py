"""./scripts/translate: bring i18n/*.pot and fr.po up to date with the addons.

Odoo exports the terms; French that is already written is kept, and what still needs
French is printed.
"""

import argparse

from troc_dev import paths, proc, setup
from troc_dev.needs import database, server, venv


def main(arguments):
    """Export and merge for each addon; return 1 while a term needs French."""
    parser = argparse.ArgumentParser(prog="./scripts/translate", description=__doc__)
    parser.parse_args(arguments)
    addons = database.our_addons()
    with setup.ready() as databases, databases.scratch("i18n") as name:
        program, *config = server.command(databases)[1:]
        export = ["i18n", "export", *config, "-d", name, *addons]
        env = server.environment(databases)
        proc.run("Export of terms", [venv.PYTHON, program, *export], env=env)
        merge = [venv.PYTHON, "-m", "troc_dev.translate.merge"]
        folders = [paths.ADDONS / addon / "i18n" for addon in addons]
        return proc.wait([*merge, *folders], env=env)
