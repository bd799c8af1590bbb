from . import troc_posting
from . import troc_transfer
from . import troc_loss
from . import troc_loss_share
from . import troc_register_item
from . import troc_balance
from . import troc_verification
from . import troc_company_setup
