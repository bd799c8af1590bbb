from . import accounting
