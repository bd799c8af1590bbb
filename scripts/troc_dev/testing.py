"""./scripts/test: all tests, or those named, and one total of them all.

  ./scripts/test                      all parts
  ./scripts/test rules|odoo|system    one part (rules: all tests without Odoo)
  ./scripts/test PATH[::NAME] …       a folder, a file or a test, as with pytest
Options go to pytest (-k, -x, -v, --lf, --pdb…).  --strict, or CI=true, also fails
when a test could not run because a tool is missing.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from troc_dev import browser, paths, proc, say, server, setup, venv
from troc_dev.errors import Stop

PARTS = ("rules", "odoo", "system")
TESTS = paths.ROOT / "tests"
SYSTEM = TESTS / "system"
TAKES_A_VALUE = re.compile(r"-[kmopWnc]$|--(deselect|ignore|tb|maxfail|log-level)$")
EXCUSED = "../shared"  # material that may be absent anywhere but here
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "error")
NOTHING_COLLECTED = 5


def main(arguments):
    """Run the tests; return an exit status as pytest does."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    chosen, options = choose(arguments)
    strict = "--strict" in options or os.environ.get("CI", "").lower() in ("true", "1")
    options = [word for word in options if word != "--strict"]
    started = time.monotonic()
    results = [
        RUNNERS[part](targets, options) for part, targets in chosen.items() if targets
    ]
    return _total(results, strict, time.monotonic() - started)


def choose(arguments):
    """Sort the arguments into targets for each part, and options for pytest."""
    chosen, options = {part: [] for part in PARTS}, []
    before = ""
    for word in arguments:
        if word.startswith("-") or TAKES_A_VALUE.match(before):
            options.append(word)
        elif word in PARTS:
            chosen[word] += _files_of(word)
        else:
            for part, target in _targets(word):
                chosen[part].append(target)
        before = word
    named = [word for word in arguments if word not in options]
    if not named:
        chosen = {part: _files_of(part) for part in PARTS}
    return chosen, options


def _files_of(part):
    folders = {
        "rules": sorted(path for path in TESTS.glob("*/") if path != SYSTEM),
        "odoo": sorted(paths.ADDONS.glob("*/tests/")),
        "system": [SYSTEM],
    }[part]
    found = [path for path in folders if any(path.rglob("test_*.py"))]
    if not found:
        say.line(f"· Part “{part}” has no tests yet.")
    return [str(path) for path in found]


def _targets(word):
    place, separator, name = word.partition("::")
    places = [(base / place).resolve() for base in (Path.cwd(), paths.ROOT)]
    path = next((path for path in places if path.exists()), None)
    if not path:
        raise Stop(
            f"There is no “{word}” to test.",
            f"Name one of {', '.join(PARTS)}, or a path that exists.",
        )
    if path in (paths.ROOT, TESTS):
        parts = PARTS if path == paths.ROOT else ("rules", "system")
        return [(part, target) for part in parts for target in _files_of(part)]
    name = separator + name
    if path.is_relative_to(paths.ADDONS):
        return [("odoo", f"{path}{name}")]
    return [("system" if path.is_relative_to(SYSTEM) else "rules", f"{path}{name}")]


def _run_rules(targets, options):
    venv.ensure()
    return _pytest("rules", [*options, *targets], venv.environment(_scripts()))


def _run_odoo(targets, options):
    with setup.ready() as databases:
        browser.ensure()
        browser.ensure_wkhtmltopdf()
        with databases.scratch("test", databases.for_tests()) as name:
            config = server.command(databases)[-1]
            ours = [f"--odoo-database={name}", f"--odoo-config={config}", "--odoo-http"]
            env = server.environment(databases)
            env["PATH"] = f"{browser.for_odoo()}{os.pathsep}{env['PATH']}"
            return _pytest("odoo", ["-oaddopts=", *ours, *options, *targets], env)


def _run_system(targets, options):
    with setup.ready() as databases:
        browser.ensure()
        browser.ensure_wkhtmltopdf()
        databases.installed()
        return _pytest("system", [*options, *targets], venv.environment(_scripts()))


RUNNERS = {"rules": _run_rules, "odoo": _run_odoo, "system": _run_system}


def _scripts():
    return paths.ROOT / "scripts"


def _pytest(part, arguments, env):
    say.line(f"\n── {part} " + "─" * (76 - len(part)))
    report = paths.LOGS / f"part-{part}-{os.getpid()}.json"
    report.parent.mkdir(parents=True, exist_ok=True)
    debugging = any(word.startswith("--pdb") for word in arguments)
    status = proc.wait(
        [venv.BIN / "pytest", "-p", "troc_dev.pytest_part", *arguments],
        cwd=paths.ROOT,
        env=env | {"TROC_PART_REPORT": str(report)} | _caches(),
        stdin=sys.stdin if debugging else subprocess.DEVNULL,
        start_new_session=not debugging,
        first=signal.SIGINT,
    )
    counts = json.loads(paths.read(report) or "{}")
    report.unlink(missing_ok=True)
    return {"part": part, "status": status, **counts}


def _caches():
    hypothesis = os.environ.get("HYPOTHESIS_STORAGE_DIRECTORY")
    return {"HYPOTHESIS_STORAGE_DIRECTORY": hypothesis or f"{paths.LOCAL}/hypothesis"}


def _total(results, strict, seconds):
    """Print one total of all parts, as pytest does; return the exit status."""
    print()
    counts = {kind: sum(r.get(kind, 0) for r in results) for kind in ORDER}
    failed = [r["part"] for r in results if r["status"] not in (0, NOTHING_COLLECTED)]
    reasons = {(r["part"], why) for r in results for why in r.get("reasons", [])}
    not_run = sorted(f"{part}: {why}" for part, why in reasons if EXCUSED not in why)
    for line in not_run:
        print(f"NOT RUN  {line}")
    if failed:
        print(f"FAILED   {', '.join(failed)}")
    if strict and not_run:
        print("FAILED   some tests could not run, which counts as a failure here")
    ran = ", ".join(f"{n} {kind}" for kind, n in counts.items() if n)
    print(f" {ran or 'no tests ran'} in {seconds:.2f}s ".center(80, "="), flush=True)
    if failed or (strict and not_run):
        return 1
    nothing = all(r["status"] == NOTHING_COLLECTED for r in results)
    return NOTHING_COLLECTED if results and nothing else 0
