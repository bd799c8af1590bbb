"""The benchmark of the link: its ratios and its tables."""

from troc_dev.bench import link as bench_link
from troc_dev.bench import link_table as bench_link_table


def cost(documents, calls, seconds):
    memory = [100, 102]
    told = {"documents": documents, "calls": calls, "seconds": seconds}
    return {**told, "memory": memory}


RAW = {
    "odoorpc": {
        "push": cost(1000, 300, 60.0),
        "naive_push": cost(20, 300, 12.0),
        "naive_pull": cost(20, 320, 16.0),
        "pull": cost(1000, 1200, 80.0),
    }
}


def test_ratios_are_of_one_document():
    ratios = bench_link.ratios(RAW)
    assert ratios["odoorpc_push_calls"] == 0.3
    assert ratios["odoorpc_push_vs_naive"] == 0.1
    assert ratios["odoorpc_pull_calls"] == 1.2
    assert ratios["memory_last_vs_first_page"] == 1.02


def test_the_table_says_what_was_to_be_reached():
    found = {
        "ratios": bench_link.ratios(RAW),
        "targets": bench_link.TARGETS,
        "raw": RAW,
    }
    told = bench_link_table.table(found)
    assert "| odoorpc_pull_calls | < 3.0 | 1.20 |" in told
    assert "| odoorpc | naive push | 20 | 15.00 | 600.0 | 1.7 |" in told
