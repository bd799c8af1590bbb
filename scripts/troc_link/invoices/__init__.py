"""The member's invoices, and the files of them that the network is sent.

`candidates.py` finds those with a part in Actifs, `invoice.py` reads them,
`documents.py` gets the file of each (`cii.py` writes it where there is none) and
`check.py` reads it as the network will. `files.py` and `sending.py` are for those who
have nothing but files.
"""
