"""For all tests outside the addons, which run without Odoo in the process."""

import os

from hypothesis import settings

# The machines differ in speed: time is no verdict. In CI the examples are the same
# at each run, so that a failure is the fault of the change at hand.
settings.register_profile(
    "troc", deadline=None, print_blob=True, derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("troc")
