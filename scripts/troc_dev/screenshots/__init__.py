"""./scripts/screenshots: `inside.py` opens the pages in the browser."""
