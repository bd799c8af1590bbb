"""The rules are tested as a package of their own, without Odoo."""

import sys

import pytest
from rules_samples import FIXTURES, LIB, SHARED

if str(LIB) not in sys.path:
    sys.path.insert(0, str(LIB))


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
