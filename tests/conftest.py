"""For all tests outside the addons, which run without Odoo in the process."""

import os

import pytest
from hypothesis import settings
from rules_samples import FIXTURES, SHARED

# The machines differ in speed: time is no verdict. In CI the examples are the same
# at each run, so that a failure is the fault of the change at hand.
settings.register_profile(
    "troc", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("troc")


@pytest.fixture(scope="session")
def sample():
    """Half in Actifs, half by bank transfer: 1,200.00 including VAT (EN 16931)."""
    return (FIXTURES / "D_50_one_30_iban_bt20__en16931.xml").read_bytes()


@pytest.fixture(scope="session")
def shared_files():
    """The public and hostile files beside the repository, where there are any."""
    if not SHARED.exists():
        pytest.skip("../shared/facturx is not there: sample files not read")
    return SHARED
