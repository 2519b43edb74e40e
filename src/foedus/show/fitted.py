"""Tables whose figures stay whole: columns take what their numbers need, and words give way."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from foedus.wording import MONTHS

__all__ = ["FittedTable"]

_LEAST = 8  # places that a column of words keeps
_DAY = rf"\d{{1,2}} (?:{'|'.join(month[:3] for month in MONTHS)})\w* \d{{4}}"
_PIECE = re.compile(rf"{_DAY}|" r"(?:[→±] ?)?\S+(?: × 10\S+)?(?: (?:M|bn|million|billion|%)(?=[\s,;:.)]|$)[,;:.)]*)?")
"""What stays whole: a day, and a word or a number, with the arrow or sign before it and what counts it behind it."""
_FIGURE = re.compile(r"[+−<>±~]?\d")
_SLASH = re.compile(r"(?<=[^\W\d]/)(?=\w)")  # of a unit: people/week


class FittedTable(Table):
    """A table no number of which is folded inside, at whatever width it is printed.

    A column that stands to the right holds figures: it is at least as wide as the longest piece in it, which is what stands between two
    spaces, `5.2 M` and `→ 12 %` being one. Other columns keep the figures among their words whole. Where that takes more than the line has,
    units are broken behind a slash, and columns of words become narrower, the widest first.
    """

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from Table.__rich_console__(_fit(self, console, options.max_width), console, options)


def _fit(table: Table, console: Console, width: int) -> Table:
    """The same table with the width of every column settled, and its cells folded between pieces."""
    if not table.columns:
        return table
    made = copy.copy(table)
    cells = [[_text(console, cell) for cell in (column.header, *column.cells)] for column in table.columns]
    gaps = len(cells) - (not table.pad_edge)
    widths = _widths(table.columns, cells, width - gaps * (table.padding[1] + table.padding[3]))
    made.columns = []
    for column, texts, given in zip(table.columns, cells, widths, strict=True):
        head, *rest = [text if column.no_wrap else _folded(text, given) for text in texts]
        made.columns.append(replace(column, header=head, width=given, max_width=None, _cells=[*rest]))
    return made


def _text(console: Console, cell: object) -> Text:
    return cell if isinstance(cell, Text) else console.render_str(str(cell), highlight=False)


def _widths(columns: list[Column], cells: list[list[Text]], room: int) -> list[int]:
    """The width of each column: what it asks for, but never less than its figures need."""
    for breaks_units in (False, True):
        least = [_least(column, texts, breaks_units) for column, texts in zip(columns, cells, strict=True)]
        widths = [max(_natural(column, texts), need) for column, texts, need in zip(columns, cells, least, strict=True)]
        if _narrowed(widths, least, room):
            break
    return widths


def _natural(column: Column, texts: list[Text]) -> int:
    """What a column asks for: its width, or its longest line."""
    longest = max(cell_len(line) for text in texts for line in text.plain.split("\n"))
    return column.width or min(longest, column.max_width or longest)


def _narrowed(widths: list[int], least: list[int], room: int) -> bool:
    """Take from the columns that have most to spare, until the line holds them; false where it cannot."""
    while sum(widths) > room:
        spare = [have - need for have, need in zip(widths, least, strict=True)]
        if max(spare) <= 0:
            return False
        widths[spare.index(max(spare))] -= 1
    return True


def _least(column: Column, texts: list[Text], breaks_units: bool) -> int:
    """The longest piece of a column that must stay whole."""
    if column.no_wrap:
        return _natural(column, texts)
    pieces = [piece for text in texts for line in text.plain.split("\n") for piece in _pieces(line, breaks_units)]
    if column.justify == "right":
        return max(map(cell_len, pieces), default=1)
    return max([min(_LEAST, _natural(column, texts)), *(cell_len(piece) for piece in pieces if _FIGURE.match(piece))])


def _pieces(line: str, breaks_units: bool) -> list[str]:
    """What must not be folded inside, from left to right."""
    pieces = _PIECE.findall(line)
    return [part for piece in pieces for part in (_SLASH.split(piece) if breaks_units else [piece])]


def _folded(text: Text, width: int) -> Text:
    """A cell whose lines end between pieces; what is longer than the column by itself is left to the screen."""
    plain, begin, end, cuts = text.plain, 0, 0, []
    for first, last in _places(plain, width):
        if "\n" in plain[end:first]:
            begin = plain.rindex("\n", end, first) + 1
        if cell_len(plain[begin:last]) > width and first > begin:
            cuts.append(first)
            begin = first
        end = last
    if not cuts:
        return text
    lines = text.divide(cuts)
    for line in lines:
        line.rstrip()
    return Text("\n").join(lines)


def _places(plain: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each piece begins and ends; a unit that is longer than a line is parted behind its slash."""
    for match in _PIECE.finditer(plain):
        start, end = match.span()
        inner = [one.start() for one in _SLASH.finditer(plain, start, end)] if cell_len(match[0]) > width else []
        yield from pairwise((start, *inner, end))
