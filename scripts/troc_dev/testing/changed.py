"""./scripts/test --changed: the tests that what is changed here can touch.

Changed is what differs from the branch `main`, committed or not.  A table says which
tests read which folder; what no row is about runs everything.
"""

import subprocess

from troc_dev import paths
from troc_dev.errors import Stop
from troc_dev.needs import database

BASE = "main"
EVERYTHING = ("rules", "odoo", "system")
WORDS = ["tests/setup/test_documents.py", "tests/setup/test_addons.py"]
BROWSER = [
    f"tests/system/test_{name}.py" for name in ("back_office", "market", "portal")
]
STORY = [f"tests/system/test_{name}.py" for name in ("demo", "update", "uninstall")]
LINK = "tests/system/test_link_*.py"
# The first prefix that a file begins with tells its tests; {addon}: those of the addon
# and of every addon that needs it.
TOUCHES = (
    ("tests/house/", ["tests/house"]),
    ("tests/system/test_", ["{file}"]),
    ("tests/system/link_", [LINK]),
    ("tests/system/", ["system"]),
    ("tests/releases/", ["tests/system/test_update.py", "tests/setup"]),
    ("tests/rules/", ["tests/rules"]),
    ("tests/fixtures/", ["rules"]),
    ("tests/", ["{folder}"]),
    ("addons/troc_actif_invoice/lib/", ["rules", "odoo", "system"]),
    ("addons/troc_actif_invoice/", ["{addon}", "tests/house", "tests/setup", "system"]),
    ("addons/troc_actif/", ["{addon}", "tests/house", "tests/setup", "system"]),
    (
        "addons/troc_actif_link/",
        ["{addon}", "tests/house", "tests/setup", LINK, *STORY],
    ),
    ("addons/", ["{addon}", "tests/house", "tests/setup", *STORY, *BROWSER]),
    ("scripts/troc_link/", ["tests/link", "tests/setup", LINK]),
    ("scripts/troc_demo/", ["tests/setup", *STORY, *BROWSER]),
    ("scripts/troc_dev/bench/", ["tests/setup", "tests/system/test_benchmarks.py"]),
    ("scripts/troc_dev/", ["tests/setup", "tests/rules", "tests/i18n", *STORY]),
    ("benchmarks/", ["tests/setup", "tests/system/test_benchmarks.py"]),
    ("docs/", WORDS),
    ("README.md", WORDS),
    ("CONTRIBUTING.md", WORDS),
)


def targets(files=None):
    """Return what ./scripts/test is given for the changed files, empty for none."""
    found = {}
    for file in files if files is not None else changed():
        found.update(dict.fromkeys(tests_of(file)))
    named = [place for target in found for place in _places(target)]
    return list(dict.fromkeys(named))


def tests_of(file):
    """Return the tests of one file: parts, folders, files, or patterns of files."""
    tests = next(
        (row for prefix, row in TOUCHES if file.startswith(prefix)), EVERYTHING
    )
    parts = file.split("/")
    if parts[0] == "addons" and parts[2:3] == ["tests"]:
        own_file = parts[-1].startswith("test_")
        return [file] if own_file else [f"addons/{parts[1]}/tests", "tests/house"]
    return [one for test in tests for one in _filled(test, file, parts)]


def _filled(test, file, parts):
    if test == "{file}":
        return [file]
    if test == "{folder}":
        return ["/".join(parts[:2])] if len(parts) > 2 else list(EVERYTHING)
    if test == "{addon}":
        needing = [a for a in database.our_addons() if parts[1] in database.needs(a)]
        return [f"addons/{addon}/tests" for addon in needing]
    return [test]


def _places(target):
    if "*" not in target:
        there = target in EVERYTHING or (paths.ROOT / target).exists()
        return [target] if there else []
    found = sorted(paths.ROOT.glob(target))
    return [path.relative_to(paths.ROOT).as_posix() for path in found]


def changed():
    """Return the files that differ from `main`, new ones too."""
    since = _git("merge-base", BASE, "HEAD") or ["HEAD"]
    tracked = _git("diff", "--name-only", since[0])
    return sorted({*tracked, *_git("ls-files", "--others", "--exclude-standard")})


def _git(*arguments):
    done = subprocess.run(
        ["git", *arguments], cwd=paths.ROOT, capture_output=True, text=True
    )
    if done.returncode and arguments[0] != "merge-base":
        raise Stop(
            f"git {arguments[0]}: {done.stderr.strip()}",
            "--changed asks git what is changed: run it in a clone.",
        )
    return done.stdout.split("\n")[:-1] if not done.returncode else []
