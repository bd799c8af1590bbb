from . import troc_trade
from . import troc_member_activity
from . import troc_territory
from . import troc_compensation
