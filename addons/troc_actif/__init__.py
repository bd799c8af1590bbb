from . import refusals
from . import models
from . import wizards
