"""The words of refusals of the network; all of them are in `troc_actif_invoice`."""

from odoo.addons.troc_actif_invoice.refusals import register

from .core import CORE_MESSAGES
from .corrections import CORRECTION_MESSAGES
from .files import FILE_MESSAGES
from .limits import LIMIT_MESSAGES
from .members_life import LIFE_MESSAGES
from .people import PEOPLE_MESSAGES
from .transfers import TRANSFER_MESSAGES

register(CORE_MESSAGES)
register(CORRECTION_MESSAGES)
register(FILE_MESSAGES)
register(LIFE_MESSAGES)
register(LIMIT_MESSAGES)
register(PEOPLE_MESSAGES)
register(TRANSFER_MESSAGES)
