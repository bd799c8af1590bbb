from . import test_entries
from . import test_entries_later
from . import test_entries_parties
from . import test_rules_of_submission
from . import test_rules_of_validation
from . import test_limits
