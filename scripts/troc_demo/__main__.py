"""The story of the demonstration, told to a running Odoo over RPC."""

import os
from urllib.parse import urlsplit

import odoorpc


def main():
    """Log in as the administrator and print the version of the server."""
    address = urlsplit(os.environ["TROC_URL"])
    odoo = odoorpc.ODOO(address.hostname, port=address.port)
    odoo.login(os.environ["TROC_DB"], "admin", os.environ["TROC_ADMIN_PASSWORD"])
    print(f"Odoo {odoo.version}, database {odoo.env.db}")


main()
