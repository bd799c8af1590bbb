"""What became of one row of an import."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """What a row did: `result`, what to look at, what to know."""

    result: str = "unchanged"
    warnings: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    record: object = None
