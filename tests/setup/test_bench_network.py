"""The benchmark of a big network: its ratios and its tables."""

from troc_dev.bench import network as bench_network
from troc_dev.bench import network_table as bench_network_table

WAYS = (
    *("plain_balances", "balances_all", "balances_page", "plain_register_page"),
    *("register_page", "plain_statement", "statement"),
    *("posting_without_index", "posting"),
)


def cost(cpu_ms):
    return {
        "records": 1,
        "cpu_ms": cpu_ms,
        "python_ms": cpu_ms,
        "postgres_ms": 0.0,
        "wall_ms": cpu_ms,
        "queries": 2.0,
    }


def network(cpu_ms, p50, **others):
    page = {"p50": p50, "p95": p50, "sql": 1.0, "queries": 17}
    return {
        "counts": {"members": 5},
        "costs": {
            **{name: cost(cpu_ms) for name in WAYS},
            **{name: cost(cpu) for name, cpu in others.items()},
        },
        "pages": dict.fromkeys(bench_network.PAGES, page),
    }


def test_ratios_are_of_the_big_network_and_of_both():
    raw = {"small": network(10, 40.0), "big": network(20, 50.0, balances_all=30)}
    ratios = bench_network.ratios(raw)

    assert ratios["balances_vs_read_group"] == 1.5
    assert ratios["balances_page_vs_read_group"] == 1.0
    assert ratios["statement_big_vs_small"] == 1.25
    assert "dashboard_cpu_s" not in ratios, "it is not installed"


def test_what_is_installed_is_measured_too():
    others = {"dashboard": 700, "justification": 5, "plain_justification": 10}
    raw = {"small": network(10, 40.0, **others), "big": network(20, 40.0, **others)}
    found = {
        "ratios": bench_network.ratios(raw),
        "targets": bench_network.TARGETS,
        "raw": raw,
    }

    assert found["ratios"]["dashboard_cpu_s"] == 0.7
    assert found["ratios"]["justification_vs_read_group"] == 0.5
    told = bench_network_table.table(found)
    assert "| dashboard_cpu_s | < 1.0 | 0.70 |" in told
    assert "| balances_all | 20 |" in told
