from . import test_company_setup
from . import test_due
from . import test_facturx_written
from . import test_kept
from . import test_payments
from . import test_printed
from . import test_share
