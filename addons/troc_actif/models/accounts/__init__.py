from . import troc_account
from . import troc_limit_change
from . import troc_limit_request
