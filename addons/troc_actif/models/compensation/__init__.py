from . import troc_compensation
