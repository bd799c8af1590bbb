"""The figures of benchmarks/facturx.py as Markdown, for benchmarks/README.md."""

NAMES = {
    "ours": "ours",
    "ours_here": "ours, without the child",
    "library": "factur-x 7.8",
    "odoo": "Odoo's import",
}


def table(found):
    """Return all tables."""
    raw = found["raw"]
    parts = [public("public files, valid CII", raw["public"])]
    if "sample" in raw:
        parts.append(public("those of them that Odoo was given", raw["sample"]))
    parts.append(public("odd but good files", raw["odd"]))
    parts += [big(raw["big"]), ratios(found["ratios"])]
    return "\n\n".join(parts)


def public(title, figures):
    head = (title, "files", "read", "number, date, currency", "and totals")
    head += ("p50 ms", "p95 ms", "max ms", "MB", "child MB")
    rows = []
    for name, told in figures.items():
        counts = [told[key] for key in ("files", "read", "named", "right")]
        memory = [told["megabytes"], told["child_megabytes"] or "–"]
        rows += [
            [f"{NAMES[name]}: {part}", *counts, *spread.values(), *memory]
            for part, spread in told["ms"].items()
        ]
    return lines(head, rows)


def big(figures):
    head = ("file", "contender", "result", "s", "MB", "child MB")
    rows = []
    for file, answers in figures.items():
        for name, told in answers.items():
            memory = [told["megabytes"] or "–", told["child_megabytes"] or "–"]
            result = told["result"][:60].replace("|", "/")
            rows.append([file, NAMES[name], result, told["seconds"], *memory])
    return lines(head, rows)


def ratios(figures):
    return lines(("ratio", "measured"), figures.items())


def lines(head, rows):
    rows = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in rows)
