"""The figures of benchmarks/portal.py as Markdown, for benchmarks/README.md."""

WAYS = {
    "ours": "ours",
    "ilike": "Odoo's ilike, as typed",
    "ilike_words": "Odoo's ilike, each word",
}


def table(found):
    """Return all tables."""
    raw = found["raw"]
    return "\n\n".join(
        [
            counts(raw["counts"]),
            pages(raw, found["ratios"], found["targets"]),
            quality(raw["quality"]),
        ]
    )


def counts(figures):
    return ", ".join(f"{name} {number}" for name, number in figures.items())


def pages(raw, ratios, targets):
    head = ("page", "p50 ms", "p95 ms", "of it SQL", "queries", "with one row")
    rows = [_page(name, told, ratios) for name, told in raw["pages"].items()]
    told, ratio = raw["searches"], ratios["search_p95"]
    rows.append(["all searches", told["p50"], told["p95"], told["sql"], "", "", ""])
    target = f"search p95 {ratio:.2f} (to reach: below {targets['search_p95']})"
    worst = max(
        value
        for name, value in ratios.items()
        if raw["pages"].get(name, {}).get("kind") in ("ours", "search", "public")
    )
    target += f"; slowest page {worst:.2f} (at most {targets['page']})"
    return lines((*head, "ratio of p50"), rows) + f"\n\n{target}"


def _page(name, told, ratios):
    few = "–" if told["queries_few"] is None else told["queries_few"]
    ratio = f"{ratios[name]:.2f}" if name in ratios else "1"
    times = [told["p50"], told["p95"], told["sql"], told["queries"]]
    return [name, *times, few, ratio]


def quality(figures):
    kinds = [*(kind for kind in figures["ours"] if kind != "all"), "all"]
    rows = [
        [WAYS[way], *(f"{told[kind]:.2f}" for kind in kinds)]
        for way, told in figures.items()
        if way in WAYS
    ]
    return lines(("right of the first 20", *kinds), rows)


def lines(head, rows):
    rows = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
