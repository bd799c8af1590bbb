"""The figures of benchmarks/network.py as Markdown, for benchmarks/README.md."""

from troc_dev.bench.portal_table import counts, lines

FIGURES = ("cpu_ms", "python_ms", "postgres_ms", "wall_ms", "queries")
HEAD = ("what", "CPU ms", "Python", "PostgreSQL", "elapsed ms", "queries")


def table(found):
    """Return all tables."""
    raw = found["raw"]
    return "\n\n".join(
        [
            *(f"{size}: {counts(told['counts'])}" for size, told in raw.items()),
            costs(raw),
            pages(raw),
            reached(found["ratios"], found["targets"]),
        ]
    )


def costs(raw):
    """Return what each piece of work costs on the big network, and CPU on the small."""
    small = raw["small"]["costs"]
    rows = [
        [name, *(told[figure] for figure in FIGURES), small[name]["cpu_ms"]]
        for name, told in raw["big"]["costs"].items()
    ]
    return lines((*HEAD, "CPU ms, a tenth of the size"), rows)


def pages(raw):
    """Return the member's pages on both."""
    head = ("page", "size", "p50 ms", "p95 ms", "of it SQL", "queries")
    rows = [
        [page, size, told["p50"], told["p95"], told["sql"], told["queries"]]
        for page in raw["big"]["pages"]
        for size in raw
        for told in [raw[size]["pages"][page]]
    ]
    return lines(head, rows)


def reached(ratios, targets):
    rows = [
        [name, f"< {targets[name]}" if name in targets else "", f"{value:.2f}"]
        for name, value in ratios.items()
    ]
    return lines(("ratio", "to reach", "measured"), rows)
