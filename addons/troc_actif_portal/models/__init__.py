from . import troc_member
from . import troc_compensation
