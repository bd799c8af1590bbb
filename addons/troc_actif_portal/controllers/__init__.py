from . import back
from . import address
from . import base
from . import account
from . import invoices
from . import limits
from . import colleagues
from . import joining
