"""Load the demonstration and tell its story to a running Odoo, over RPC.

TROC_URL, TROC_DB and TROC_ADMIN_PASSWORD say where; the exit status is 0 only if
every step ended as it should and all invariants hold.
"""

import os
import sys
import time

from troc_demo import account, data, failures, fees, limits, link, market, member_life
from troc_demo.network import Network
from troc_demo.progress import line
from troc_demo.rpc import Server
from troc_demo.story import Story


def main():
    """Load, play, print; return the exit status."""
    started = time.monotonic()
    missing = [name for name in ("TROC_URL", "TROC_DB") if not os.environ.get(name)]
    if missing:
        line(f"✗ Il manque {' et '.join(missing)} dans l'environnement.")
        return 2
    status = failures.told(_run)
    line(f"\n({time.monotonic() - started:.0f} s)")
    return status


def _run():
    password = os.environ.get("TROC_ADMIN_PASSWORD") or "admin"
    server = Server(
        os.environ["TROC_URL"],
        os.environ["TROC_DB"],
        {None: data.PASSWORD, "admin": password},
    )
    network = Network(server).load()
    market.load(network)
    limits.load(network)
    story = Story(network)
    outcomes = story.play()
    fees.load(network)
    member_life.load(network)
    link.load(network)
    return 0 if account.show(story, outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
