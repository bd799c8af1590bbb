"""Files of members, contacts, listings and balances: taken in, and given out.

`files.kind_of` says what a file is, `files.py` makes tables of it (the addon does so of
spreadsheets), `rows.read` makes rows of the tables, each with what is wrong with it.
What a row may hold is one table for imports, exports and the template: `columns.py` and
`members.py`, made of what `sheet.py` defines, `values.py` reads and `words.py` names.

Import the modules, not this package: it stays empty.
"""
