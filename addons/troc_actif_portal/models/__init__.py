from . import troc_member
from . import troc_member_home
from . import troc_compensation
from . import troc_listing
from . import troc_listing_calendar
from . import troc_introduction
from . import troc_member_life
