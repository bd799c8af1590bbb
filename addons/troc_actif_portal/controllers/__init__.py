from . import back
from . import account
from . import invoices
from . import listings
from . import market
from . import introductions
from . import colleagues
from . import joining
