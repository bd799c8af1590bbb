"""The figures of benchmarks/link.py as Markdown, for benchmarks/README.md."""

from troc_dev.bench.link import each
from troc_dev.bench.network_table import reached
from troc_dev.bench.portal_table import lines

HEAD = ("client", "way", "documents", "calls each", "ms each", "documents a second")


def table(found):
    """Return both tables."""
    rows = [
        [
            kind,
            way.replace("_", " "),
            told["documents"],
            f"{each(told, 'calls'):.2f}",
            f"{1000 * each(told, 'seconds'):.1f}",
            f"{1 / each(told, 'seconds'):.1f}",
        ]
        for kind, ways in found["raw"].items()
        for way, told in ways.items()
    ]
    return "\n\n".join([lines(HEAD, rows), reached(found["ratios"], found["targets"])])
