"""The rules of Troc Actif, in plain Python.

Frozen dataclasses go in; results come out, or a `RuleError` with a code and the
facts that made it. Nothing here imports Odoo, reads a database, knows a language or
asks for today's date: the caller hands everything in, so each rule can be read and
tested alone. Amounts are `Decimal`, in euros or in Actifs (one Actif stands for one
euro), with two decimals.

Two folders stand on these rules, which know neither: `facturx`, invoices as files, and
`imports`, files of members.

Import the modules, not this package: it stays empty so that a child process may load
one of them without loading the others.
"""
