"""./scripts/test: `command.py` chooses, `runs.py` starts pytest, `part.py` is in it."""
