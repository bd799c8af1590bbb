from . import account
from . import invoices
