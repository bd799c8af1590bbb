from . import test_portal_access
from . import test_portal_account
from . import test_portal_invoices
from . import test_portal_listings
from . import test_portal_market
from . import test_portal_introductions
from . import test_portal_people
