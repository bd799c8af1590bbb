"""Counts and times of ./scripts/read-invoice --summary, on the error output."""

import collections
import math

from troc_dev import say

BAR = 24


def told(results, total):
    """Pass the results on, with a bar meanwhile and the summary at the end."""
    seen = []
    with say.Step("Reading") as step:
        for result in results:
            seen.append(result)
            step.tell(f"{bar(len(seen), total)} {len(seen)} of {total}")
            yield result
    for line in summary(seen):
        say.line(line)


def bar(done, total):
    """Return a bar of fixed length."""
    full = BAR * done // total
    return "█" * full + "░" * (BAR - full)


def summary(results):
    """Yield the lines of the summary."""
    read = [result.line for result in results if result.line["ok"]]
    refused = [result.line for result in results if not result.line["ok"]]
    yield f"{len(results)} files: {len(read)} read, {len(refused)} refused"
    yield from _counted("refused", [line["refusal"]["code"] for line in refused])
    yield from _counted("judged", [code for line in read for code in line["judgement"]])
    if results:
        times = sorted(result.seconds * 1000 for result in results)
        p50, p95, most = (percentile(times, part) for part in (50, 95, 100))
        yield f"  ms a file: p50 {p50:.1f}, p95 {p95:.1f}, max {most:.1f}"


def percentile(ordered, part):
    """Return the value that `part` percent of the ordered values do not exceed."""
    return ordered[max(math.ceil(len(ordered) * part / 100), 1) - 1]


def _counted(what, codes):
    for code, count in collections.Counter(codes).most_common():
        yield f"  {what} {count:>5} {code}"
