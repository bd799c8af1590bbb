from . import troc_statement
