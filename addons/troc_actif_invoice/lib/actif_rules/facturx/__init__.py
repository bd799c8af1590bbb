"""What stands in an invoice as a file: read from strangers, written into our own.

Source: FACTURX.md. An upload is read in three steps, and `reader.read_document` takes
the first two of them:

1. extract (`extract.py`): from the bytes received to the XML of one invoice, by a
   child process that can hurt nobody. `child.py` is its parent's side, `worker.py` the
   script that it runs, `protocol.py` what they say to each other, `pool.py` keeps it
   warm; `received.py`, `pdf.py` and `schema.py` do the work in it.
2. read (`reader.py`): from that XML (`cii.py`) to the values in `parsed.py`, the claim
   of a part in Actifs among them (`claim.py`).
3. judge (`judge.py`): all that stands against compensating it.

Beside them: `facts.py` compares what the XML says with what the pages show (`page.py`),
and `write.py` makes an Actif invoice of what Odoo exports.

Import the modules, not this package: it stays empty, so that the child loads only what
it needs.
"""
