from . import troc_draft_bill
from . import troc_incoming_mail
