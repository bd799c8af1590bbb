from . import kept
from . import troc_thread_mixin
from . import troc_portal_page
from . import troc_act_mixin
from . import troc_rate_limit
from . import locks
from . import managers
