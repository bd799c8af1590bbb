"""Run as Odoo: passwords are hashed in few rounds, as in Odoo's own tests.

For the servers of tests alone.  A call over RPC checks its password anew whenever a
user was changed: with the 600,000 rounds of Odoo that is a third of all they do.
"""

import odoo.cli

from odoo.addons.base.models import res_users

res_users.MIN_ROUNDS = 1000

odoo.cli.main()
