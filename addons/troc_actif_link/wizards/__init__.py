from . import troc_reason
