from . import test_import
from . import test_import_listings
from . import test_export
from . import test_portal_data
from . import test_uninstall
