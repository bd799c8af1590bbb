"""Texts told by the lines that they share with another text, which is at hand."""

MARK = b"\x01"  # begins a line that says: so many lines from there on


def against(base, text):
    """Return `text` with marks for the lines of `base`; ValueError if it has any."""
    lines = base.splitlines(keepends=True)
    places = {line: place for place, line in enumerate(lines)}
    told, start, end = [], 0, 0
    for line in text.splitlines(keepends=True):
        if line.startswith(MARK):
            raise ValueError(f"a line that begins like a mark: {line[:80]!r}")
        if start < end and lines[end : end + 1] == [line]:
            end += 1
            continue
        told.append(_mark(start, end))
        start = end = places.get(line, 0)
        if line in places:
            end += 1
        else:
            told.append(line)
    return b"".join([*told, _mark(start, end)])


def _mark(start, end):
    return b"%b%d %d\n" % (MARK, start, end) if start < end else b""


def restored(base, delta):
    """Return the text that `against` was given with `base`."""
    lines = base.splitlines(keepends=True)
    told = []
    for line in delta.splitlines(keepends=True):
        if line.startswith(MARK):
            start, end = map(int, line[1:].split())
            told += lines[start:end]
        else:
            told.append(line)
    return b"".join(told)
