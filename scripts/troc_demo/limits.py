"""Requests for limits, answered and waiting, and a limit for a time."""

from troc_demo import data
from troc_demo.market import in_days
from troc_demo.progress import Phase

SEASON = "Marché de Noël : les stocks se constituent en novembre."


def load(network):
    """Play what is missing, as the members and the manager."""
    steps = {
        "Une demande accordée en partie": _granted,
        "Une demande qui attend": _waiting,
        "Un découvert temporaire": _temporary,
    }
    with Phase("Limites", len(steps)) as phase:
        for title, step in steps.items():
            if step(network, do=False):
                phase.skip()
                continue
            with phase.step(title):
                step(network, do=True)


def _ask(network, key, credit, reason):
    own = network.server.connect(data.MEMBERS[key].login)["troc.member"]
    member_id = network.members[key]
    return own.action_request_limits([member_id], credit, 0, reason)


def _asked(network, key):
    """Return the requests that this member has made."""
    requests = network.server.connect(data.MANAGER_LOGIN)["troc.limit.request"]
    return requests.search([("member_id", "=", network.members[key])])


def _granted(network, do):
    """Tell whether it is done, or do it (as all steps here)."""
    if not do:
        return _asked(network, "librairie")
    wish = _ask(network, "librairie", 4000, "Rentrée scolaire : achats groupés.")
    manager = network.server.connect(data.MANAGER_LOGIN)["troc.limit.request"]
    return manager.action_grant(
        [wish], 3000, 0, "Accordé jusqu'à 3 000, à revoir après la rentrée."
    )


def _waiting(network, do):
    if not do:
        return _asked(network, "brasserie")
    reason = "Une cuve à remplacer, payable en deux factures."
    return _ask(network, "brasserie", 5000, reason)


def _temporary(network, do):
    manager = network.server.connect(data.MANAGER_LOGIN)["troc.member"]
    member_id = network.members["palissandre"]
    if not do:
        (found,) = manager.read([member_id], ["temporary_until"])
        return found["temporary_until"]
    return manager.action_set_temporary_limits(
        [member_id], 1500, 0, in_days(45), SEASON
    )
