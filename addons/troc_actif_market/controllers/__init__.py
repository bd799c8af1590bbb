from . import listings
from . import market
from . import introductions
from . import invoices
