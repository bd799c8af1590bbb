from . import troc_reading
from . import troc_inbox
from . import troc_collection
from . import troc_draft_bill
from . import troc_draft_bill_taxes
from . import troc_incoming_mail
from . import troc_bill_match
