from . import test_portal_access
from . import test_portal_account
from . import test_portal_invoices
