"""./scripts/read-invoice: `inside.py` runs where the libraries are at hand."""
