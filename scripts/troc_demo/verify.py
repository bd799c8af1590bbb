"""Verify the books of a running Odoo over RPC."""

from troc_demo import failures, verdicts
from troc_demo.rpc import Server


def main(url, db, login, password):
    """Print the report in French; return 0 only if 8 of 8 hold in every network."""
    return failures.told(lambda: _run(url, db, login, password))


def _run(url, db, login, password):
    session = Server(url, db, {login: password}).connect(login)
    reports = session["troc.verification"].report()
    return 0 if verdicts.show(reports) else 1
