from . import test_fees
from . import test_fees_members
from . import test_fees_concurrency
from . import test_fees_claim
