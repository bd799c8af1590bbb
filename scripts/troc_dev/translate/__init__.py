"""./scripts/translate: `merge.py` runs where polib is at hand."""
