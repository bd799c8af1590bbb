from . import troc_period_mixin
from . import account_move_reversal
from . import account_payment_register
from . import troc_limits
from . import troc_payment_data
from . import troc_reason
from . import troc_reason_part
