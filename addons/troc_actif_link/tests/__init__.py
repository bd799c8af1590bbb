from . import test_link
from . import test_link_concurrency
from . import test_neutralize
from . import test_portal_link
