from . import test_accounting_screens
from . import test_balance_confirmation
from . import test_booking
from . import test_justification
from . import test_vat_report
from . import test_year_end
from . import test_fec
from . import test_portal_invoice
