from . import troc_dispute
from . import troc_compensation
