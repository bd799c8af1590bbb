from . import troc_dashboard
from . import troc_dashboard_line
