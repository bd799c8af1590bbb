from . import ir_module_module
from . import troc_import
from . import troc_import_row
from . import troc_export
from . import troc_member
