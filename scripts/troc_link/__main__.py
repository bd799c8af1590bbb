"""python -m troc_link: as ./scripts/troc-link, where its packages are at hand."""

import sys

from troc_link.cli import main

sys.exit(main(sys.argv[1:]))
