"""Two members who keep their books in an Odoo of their own.

The calls are those of `./scripts/troc-link`; of the other Odoo there is but what it
would report.
"""

from troc_demo import data
from troc_demo.progress import Phase

CLIENT = {"version": "1.0", "odoo": "18.0", "database": "3f9c1a77b2d4", "addon": False}
SINCE = "2020-01-01"
LOCKED = (
    "Vous ne pouvez pas passer cette écriture : la période est verrouillée dans votre"
    " comptabilité."
)
LINKED = {"recyclerie": True, "jardins": False}  # does it report what it booked?


def load(network):
    """Play what is missing, as the members' own users."""
    with Phase("Liaisons avec l'Odoo des membres", len(LINKED)) as phase:
        for key, reports in LINKED.items():
            api = network.server.connect(data.MEMBERS[key].login)["troc.link"]
            if api.hello()["link"]:
                phase.skip()
                continue
            with phase.step(data.MEMBERS[key].name):
                api.open(since=SINCE)
                api.hello(client=CLIENT)
                if reports:
                    _report(api)


def _report(api):
    """Report all entries as posted, but for the latest."""
    entries = api.pull()["entries"]
    rows = [
        {
            "key": entry["key"],
            "state": "posted",
            "reference": f"TROC/{entry['date'][:4]}/{number:04}",
            "date": entry["date"],
        }
        for number, entry in enumerate(entries[:-1], 1)
    ]
    failed = {"state": "failed", "reason": LOCKED}
    rows += [{"key": entry["key"], **failed} for entry in entries[-1:]]
    api.report(rows)
