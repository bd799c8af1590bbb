"""./scripts/serve: Odoo on the demonstration database, until Ctrl-C."""

from troc_dev import demo


def main(arguments):
    """Serve, after making the demonstration where there is none."""
    return demo.run(arguments, script="serve", story="if new")
