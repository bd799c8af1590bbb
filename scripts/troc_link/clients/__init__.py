"""How an end is reached: settings and keys, clients of two kinds, what is logged.

`odoo.connect` gives the client of one end, `both.Ends` those of both; `network.py`
holds the methods that the network's end has.
"""
