from . import troc_fee_policy
from . import troc_fee
from . import troc_network
from . import troc_member
from . import troc_territory
from . import troc_compensation
from . import troc_company_setup
from . import account_move
