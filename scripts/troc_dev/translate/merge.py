"""Run in the Python environment by ./scripts/translate: merge templates into fr.po."""

import re
import sys
from pathlib import Path

import polib

# Terms that read the same in both languages, one a line.
TAGS = re.compile(r"(<[^>]*>|\{\{.*?\}\})")
SAME = Path(__file__).with_name("same_in_french.txt")


def spaced(text):
    """Return French with the spaces that no line break may take, outside of tags."""
    return "".join(
        part if part.startswith("<") else _spaced(part) for part in TAGS.split(text)
    )


def _spaced(text):
    text = re.sub(r"(?<=\S) (?=[:;?!»](?!=))", "\u00a0", text)
    return text.replace("« ", "«\u00a0")


def merge(folder):
    """Merge the addon's template into its fr.po; return the terms without French."""
    (template,) = folder.glob("*.pot")
    terms, path = polib.pofile(str(template)), folder / "fr.po"
    french = polib.pofile(str(path)) if path.exists() else polib.POFile()
    french.merge(terms)
    for entry in french.obsolete_entries():
        french.remove(entry)
    for entry in french:
        if entry.msgid == entry.msgstr:
            entry.msgstr = ""  # as the OCA wants it
        entry.msgstr = spaced(entry.msgstr)
    french.sort(key=lambda entry: entry.msgid)
    french.save(path)
    same = set(SAME.read_text().splitlines())
    return [e for e in french if not e.translated() and e.msgid not in same]


def main():
    """Merge each folder named; the exit status is 1 while a term needs French."""
    missing = [(Path(f), entry) for f in sys.argv[1:] for entry in merge(Path(f))]
    for folder, entry in missing:
        print(f"{folder.parent.name}: {entry.occurrences[0][0]}\n  {entry.msgid}")
    print(f"{len(missing)} terms need French." if missing else "All terms are French.")
    sys.exit(1 if missing else 0)


main()
