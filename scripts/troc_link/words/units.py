"""Dates and durations as they are typed."""

import argparse
import datetime
import re

SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "j": 86400, "d": 86400}


def date(text):
    """Return an ISO date, refused in words where it is none."""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une date comme 2026-01-31"
        ) from None


def duration(text):
    """Return the seconds of a duration.

    >>> duration("15m")
    900
    """
    found = re.fullmatch(r"(\d+)([smhjd]?)", text)
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(
            f"« {text} » n'est pas une durée comme 90s, 15m ou 2h"
        )
    return int(found[1]) * SECONDS[found[2]]
