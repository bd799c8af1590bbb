from . import common
from . import odoo
from . import accounts
from . import members
from . import compensation
from . import documents
from . import books
