"""./scripts/test: all tests, or those named, and one total of them all.

  ./scripts/test                      all parts
  ./scripts/test rules|odoo|system    one part (rules: all tests without Odoo)
  ./scripts/test PATH[::NAME] …       a folder, a file or a test, as with pytest
  ./scripts/test --changed            what can be touched by what differs from main
  ./scripts/test --shuffle[=SEED] …   in an order drawn at random, or from that seed
  ./scripts/test --again              all parts, those too that passed as they are now
Options go to pytest (-k, -x, -v, --lf, --pdb…).  --strict, or CI=true, also fails
when a test could not run because a tool is missing.  The tests of an addon run where
that addon is installed with what it needs and nothing else; --whole runs them where
all addons are.  Without a path or an option, what passed with the same files before is
told and not run again, but for the part `rules`.
"""

import contextlib
import functools
import os
import random
import re
import time
from pathlib import Path

from troc_dev import paths, say, setup
from troc_dev.errors import Stop
from troc_dev.needs import browser, printing, server, venv
from troc_dev.testing import changed, passes, runs

PARTS = ("rules", "odoo", "system")
TESTS = paths.ROOT / "tests"
SYSTEM = TESTS / "system"
HOUSE = TESTS / "house"  # all addons together
TAKES_A_VALUE = re.compile(r"-[kmopWnc]$|--(deselect|ignore|tb|maxfail|log-level)$")
EXCUSED = "../shared"  # material that may be absent anywhere but here
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "error")
NOTHING_COLLECTED = 5
ON = ("true", "1")


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
    strict = _taken("--strict", options) or os.environ.get("CI", "").lower() in ON
    seed = _seed(options)
    again = _taken("--again", options) or strict or bool(arguments)
    started = time.monotonic()
    results, kept = _run(chosen, options, strict, again)
    if seed:
        say.line(f"The order was that of --shuffle={seed}.")
    if kept:
        say.line(f"{kept} tests passed before with the same files (--again runs them).")
    return _total(results, strict, time.monotonic() - started)


def _taken(word, options):
    """Take an option of ours away; tell whether it was there."""
    found = word in options
    options[:] = [one for one in options if one != word]
    return found


def _seed(options):
    """Take --shuffle away; return its seed, which pytest reads, or nothing."""
    found = [one for one in options if one.partition("=")[0] == "--shuffle"]
    options[:] = [one for one in options if one not in found]
    seed = "".join(one.partition("=")[2] or _drawn() for one in found[-1:])
    os.environ["TROC_PART_SHUFFLE"] = seed
    return seed


def _drawn():
    return str(random.randrange(1, 10**6))


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


def _run(chosen, options, strict, again):
    """Run what is chosen, all parts in one queue.

    Returns the counts of each part, and how many tests passed before and are not run.
    """
    targets = [target for named in chosen.values() for target in named]
    whole = _taken("--whole", options)
    venv.ensure()
    with contextlib.ExitStack() as stack:
        calls, known, kept = _rules(chosen["rules"], options), None, 0
        if chosen["odoo"] or chosen["system"]:
            databases = stack.enter_context(setup.ready())
            browser.ensure(strict)
            printing.ensure(strict)
            known = passes.Passes(databases.odoo.identity, browser.find())
            for part in ("odoo", "system"):
                chosen[part], count = known.left(chosen[part], again or options)
                kept += count
            for addon, named in _by_addon(chosen["odoo"], whole).items():
                calls.append(_odoo(databases, addon, named, options))
            calls += _system(databases, chosen["system"], options)
        found = runs.run(runs.in_order(calls), runs.jobs(targets, options))
        if known and not (options or whole) and not any(map(_cut_short, found)):
            known.remember(found)
        return found, kept


def _cut_short(result):
    return result["crashed"] or set(result["statuses"]) - set(runs.ENDED)


def _rules(targets, options):
    def place(worker):
        return contextlib.nullcontext(_plain_environment())

    return _call("rules", "rules", targets, options, place)


def _odoo(databases, addon, targets, options):
    """Return the call that tests an addon where nothing but what it needs is there."""

    @contextlib.contextmanager
    def place(worker):
        env = server.environment(databases) | server.NOT_DURABLE
        env["PATH"] = f"{browser.for_odoo()}{os.pathsep}{env['PATH']}"
        make = functools.partial(databases.for_tests, addon)
        with databases.scratch(f"test{worker}{addon or ''}", make) as name:
            yield env | {"TROC_SCRATCH_DATABASE": name}

    def arguments(env):
        config = f"--odoo-config={server.command(databases)[-1]}"
        own = ["-oaddopts=", config, f"--odoo-database={env['TROC_SCRATCH_DATABASE']}"]
        return [*own, "--odoo-http", *options, *targets]

    return runs.Call("odoo", addon or "house", tuple(targets), arguments, place)


def _system(databases, targets, options):
    @contextlib.contextmanager
    def place(worker):
        databases.installed()
        yield _plain_environment()

    return _call("system", "system", targets, options, place)


def _call(part, name, targets, options, place):
    """Return the call of a part, if it has any targets."""
    arguments = lambda env: [*options, *targets]  # noqa: E731
    return [runs.Call(part, name, tuple(targets), arguments, place)] if targets else []


def _by_addon(targets, whole):
    """Return {addon: its targets}; None where all addons are installed."""
    found = {}
    for target in targets:
        path = Path(target.partition("::")[0])
        inside = path.is_relative_to(paths.ADDONS) and not whole
        addon = path.relative_to(paths.ADDONS).parts[0] if inside else None
        found.setdefault(addon, []).append(target)
    return found


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
