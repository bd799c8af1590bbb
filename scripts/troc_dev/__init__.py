"""Set-up and commands of the project: Python standard library only.

This file alone must also be understood by Pythons that are too old, so that they
get a sentence instead of a syntax error.
"""

import os
import subprocess
import sys

SUPPORTED = [(3, minor) for minor in range(10, 14)]


def run(command):
    """Run one of the commands with a supported Python; return its exit status."""
    if sys.version_info[:2] not in SUPPORTED:
        return _run_with_another_python()
    from troc_dev.cli import main

    return main(command)


def _run_with_another_python():
    for version in reversed(SUPPORTED):
        name = "python%d.%d" % version  # noqa: UP031
        try:
            subprocess.check_output([name, "-c", ""], stderr=subprocess.STDOUT)
        except (OSError, subprocess.CalledProcessError):
            continue
        os.execvp(name, [name] + sys.argv)
    sys.stderr.write(
        "Python %d.%d cannot run Odoo 19, which takes Python 3.10 to 3.13.\n"  # noqa: UP031
        "-> Install one of these (it is then found by itself on the PATH).\n"
        % sys.version_info[:2]
    )
    return 1
