"""benchmarks/network.py on a network so small that it takes less than a minute."""

import json
import subprocess

from troc_dev import bench_network, paths


def test_a_small_run():
    """Both ways tell the same balances, and all eight invariants hold: it checks."""
    flags = ["--json", "--members=60", "--items=2000", "--rounds=1"]
    command = [paths.ROOT / "benchmarks/network.py", *flags]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found = json.loads(done.stdout)

    big = found["raw"]["big"]
    assert big["counts"]["members"] == 60
    assert big["counts"]["movements"] == 2000
    assert found["ratios"].keys() >= {"balances_vs_read_group", "posting_with_index"}
    assert "verify_hash_chain_holds" in big["costs"]
    assert set(big["pages"]) == set(bench_network.PAGES)
