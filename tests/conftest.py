"""For all tests outside the addons, which run without Odoo in the process."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The machines differ in speed: time is no verdict. In CI the examples are the same
# at each run, so that a failure is the fault of the change at hand.
settings.register_profile(
    "troc", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("troc")


@pytest.fixture(scope="session")
def shared():
    """The folder of sample files beside the repository, where there is one."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.exists():
        pytest.skip("../shared is not there")
    return folder
