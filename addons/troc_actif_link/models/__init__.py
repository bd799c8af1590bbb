from . import troc_network
from . import troc_member
from . import troc_link
from . import troc_link_entry
from . import troc_compensation
from . import account_move
