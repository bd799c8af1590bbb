"""./scripts/screenshots: the pictures of the documentation, from the demonstration."""

import argparse

from troc_dev import demo, paths, proc, say, setup
from troc_dev.errors import Stop
from troc_dev.needs import browser, printing, server, venv

IMAGES = paths.ROOT / "docs" / "images"


def main(arguments):
    """Serve the demonstration, take the pictures."""
    parser = argparse.ArgumentParser(prog="./scripts/screenshots", description=__doc__)
    parser.add_argument("--to", default=str(IMAGES), help="the folder of the pictures")
    parser.add_argument("names", nargs="*", help="only these pictures")
    options = parser.parse_args(arguments)
    with setup.ready() as databases:
        browser.ensure(strict=True)
        printing.ensure()
        if not databases.exists(demo.db_name()):
            raise Stop(
                "There is no demonstration to take pictures of.",
                "Make it with ./scripts/demo --no-serve.",
            )
        with server.serving(databases, demo.db_name()) as odoo:
            say.line(f"Pictures go to {options.to}")
            command = [venv.PYTHON, "-m", "troc_dev.screenshots.inside"]
            return proc.wait(
                [*command, browser.find(), odoo.url, options.to, *options.names],
                env=server.environment(databases),
            )
