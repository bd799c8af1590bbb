from . import troc_dispute
from . import troc_notice
from . import troc_queue
from . import troc_reminder
from . import troc_situation
from . import troc_preview
from . import troc_facts
from . import troc_compensation
