from . import troc_department
from . import troc_territory
from . import troc_network
from . import troc_member
from . import troc_member_state_change
from . import troc_member_schedule
from . import troc_member_schedule_line
