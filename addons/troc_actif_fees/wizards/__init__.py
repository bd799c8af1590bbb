from . import troc_fee_run
from . import troc_reason
