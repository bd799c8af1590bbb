"""A sheet of an import and of an export: its columns, in their order.

A column has a technical name, the French header that people read, other headers that
are understood, and the reader of its cells.  Exports write them, imports read them,
the template shows them: one table for all three.
"""

from collections.abc import Callable
from dataclasses import dataclass

from . import values


@dataclass(frozen=True)
class Column:
    """`read` turns a cell into a plain text; `note` is shown in the template."""

    name: str
    header: str
    read: Callable
    required: bool = False
    aliases: tuple[str, ...] = ()
    note: str = ""
    example: str = ""


@dataclass(frozen=True)
class Sheet:
    """A kind of rows: its technical name, and the French one that files carry."""

    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.columns)


def _words(words):
    return "Au choix : " + ", ".join(all_words[0] for all_words in words.values()) + "."


def choice(name, header, words, example, **more):
    return Column(
        name, header, values.choice(words), note=_words(words), example=example, **more
    )
