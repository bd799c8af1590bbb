from . import common
from . import odoo
from . import members
from . import limits
from . import compensation
from . import documents
from . import books
