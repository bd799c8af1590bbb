from . import troc_limits
from . import troc_reason
