"""./scripts/test: all tests, or those named, and one total of them all.

  ./scripts/test                      all parts
  ./scripts/test rules|odoo|system    one part (rules: all tests without Odoo)
  ./scripts/test PATH[::NAME] …       a folder, a file or a test, as with pytest
  ./scripts/test --changed            what can be touched by what differs from main
Options go to pytest (-k, -x, -v, --lf, --pdb…).  --strict, or CI=true, also fails
when a test could not run because a tool is missing.  The tests of an addon run where
that addon is installed with what it needs and nothing else; --whole runs them where
all addons are.
"""

import contextlib
import functools
import os
import re
import time
from pathlib import Path

from troc_dev import paths, say, setup
from troc_dev.errors import Stop
from troc_dev.needs import browser, printing, server, venv
from troc_dev.testing import changed, runs

PARTS = ("rules", "odoo", "system")
TESTS = paths.ROOT / "tests"
SYSTEM = TESTS / "system"
HOUSE = TESTS / "house"  # all addons together
TAKES_A_VALUE = re.compile(r"-[kmopWnc]$|--(deselect|ignore|tb|maxfail|log-level)$")
EXCUSED = "../shared"  # material that may be absent anywhere but here
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "error")
NOTHING_COLLECTED = 5


def main(arguments):
    """Run the tests; return an exit status as pytest does."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    if "--changed" in arguments:
        words = [word for word in arguments if word != "--changed"]
        named = changed.targets()
        if not named:
            say.line("· Nothing differs from main: no tests to run.")
            return 0
        arguments = [*named, *words]
    chosen, options = choose(arguments)
    strict = "--strict" in options or os.environ.get("CI", "").lower() in ("true", "1")
    options = [word for word in options if word != "--strict"]
    started = time.monotonic()
    results = [
        RUNNERS[part](targets, options, strict)
        for part, targets in chosen.items()
        if targets
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
        "rules": sorted(set(TESTS.glob("*/")) - {HOUSE, SYSTEM}),
        "odoo": [*sorted(paths.ADDONS.glob("*/tests/")), HOUSE],
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
        return [(part, target) for part in PARTS for target in _files_of(part)]
    name = separator + name
    if path.is_relative_to(paths.ADDONS) or path.is_relative_to(HOUSE):
        return [("odoo", f"{path}{name}")]
    return [("system" if path.is_relative_to(SYSTEM) else "rules", f"{path}{name}")]


def _run_rules(targets, options, strict):
    venv.ensure()
    call = ([*options, *targets], _plain_environment())
    return runs.run("rules", [[call] for _ in range(runs.jobs(targets, options))])


def _run_odoo(targets, options, strict):
    """Run the tests of each addon where nothing but what it needs is installed."""
    whole = "--whole" in options
    options = [word for word in options if word != "--whole"]
    with _ready(strict) as databases, contextlib.ExitStack() as stack:
        env = server.environment(databases)
        env["PATH"] = f"{browser.for_odoo()}{os.pathsep}{env['PATH']}"
        ours = ["-oaddopts=", f"--odoo-config={server.command(databases)[-1]}"]
        ours += ["--odoo-http", *options]
        workers = [[] for _ in range(runs.jobs(targets, options))]
        for addon, named in _by_addon(targets, whole).items():
            make = functools.partial(databases.for_tests, addon)
            for number, calls in enumerate(workers):
                scratch = databases.scratch(f"test{number}{addon or ''}", make)
                name = stack.enter_context(scratch)
                own = env | {"TROC_SCRATCH_DATABASE": name}
                calls.append(([f"--odoo-database={name}", *ours, *named], own))
        return runs.run("odoo", workers)


def _by_addon(targets, whole):
    """Return {addon: its targets}; None where all addons are installed."""
    found = {}
    for target in targets:
        path = Path(target.partition("::")[0])
        inside = path.is_relative_to(paths.ADDONS) and not whole
        addon = path.relative_to(paths.ADDONS).parts[0] if inside else None
        found.setdefault(addon, []).append(target)
    return found


def _run_system(targets, options, strict):
    with _ready(strict) as databases:
        databases.installed()
        call = ([*options, *targets], _plain_environment())
        return runs.run("system", [[call] for _ in range(runs.jobs(targets, options))])


@contextlib.contextmanager
def _ready(strict):
    with setup.ready() as databases:
        browser.ensure(strict)
        printing.ensure(strict)
        yield databases


RUNNERS = {"rules": _run_rules, "odoo": _run_odoo, "system": _run_system}


def _plain_environment():
    return venv.environment(paths.ROOT / "scripts")


def _total(results, strict, seconds):
    """Print one total of all parts, as pytest does; return the exit status."""
    print()
    counts = {kind: sum(r.get(kind, 0) for r in results) for kind in ORDER}
    failed = [r["part"] for r in results if _failed(r)]
    reasons = {(r["part"], why) for r in results for why in r.get("reasons", [])}
    not_run = sorted(f"{part}: {why}" for part, why in reasons if EXCUSED not in why)
    for line in not_run:
        print(f"NOT RUN  {line}")
    if failed:
        print(f"FAILED   {', '.join(failed)}")
    if strict and not_run:
        print("FAILED   some tests could not run, which counts as a failure here")
    errors = counts.pop("error")
    counts["errors" if errors > 1 else "error"] = errors
    ran = ", ".join(f"{n} {kind}" for kind, n in counts.items() if n)
    print(f" {ran or 'no tests ran'} in {seconds:.2f}s ".center(80, "="), flush=True)
    if failed or (strict and not_run):
        return 1
    statuses = {status for r in results for status in r["statuses"]}
    return NOTHING_COLLECTED if statuses == {NOTHING_COLLECTED} else 0


def _failed(result):
    return result["crashed"] or set(result["statuses"]) - {0, NOTHING_COLLECTED}
