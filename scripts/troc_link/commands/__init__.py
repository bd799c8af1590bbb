"""One module a command: `run(options, ends)` returns the exit status.

`opened.py` is what those that book begin with; `push_shown.py` is a part of push.
"""
