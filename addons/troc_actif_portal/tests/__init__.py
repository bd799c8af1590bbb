from . import test_portal_access
from . import test_portal_account
from . import test_portal_invoices
from . import test_portal_member_life
from . import test_portal_people
from . import test_portal_limits
