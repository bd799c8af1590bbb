"""The eight invariants of the books, a file each: its sentence, then its query."""
