from . import troc_balance_confirmation
from . import troc_member
from . import troc_compensation
from . import account_move
from . import res_company
from . import troc_verification
