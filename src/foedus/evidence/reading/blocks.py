"""Lists and tables of a document: which lines are items and rows, what leads to them, where their cells stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from foedus.evidence.reading.zones import Zone

__all__ = ["BlockRow", "TextBlock", "blocks_apart", "is_row"]

Place = tuple[int, int]


@dataclass(frozen=True)
class BlockRow:
    """A line of a block: where it stands without its sign, and its cells; of an item, one cell, and whether it is a whole sentence."""

    start: int
    end: int
    cells: tuple[Place, ...]
    is_sentence: bool = False


@dataclass(frozen=True)
class TextBlock:
    """Lines that belong together.

    Attributes:
        kind: list, pairs ("trucks: 31") or table.
        lead: the line that leads to them. heading: of a table, the row with the names of its columns.
        after: the line behind it, which may tell its source.
    """

    kind: str
    rows: tuple[BlockRow, ...]
    lead: Place | None = None
    heading: BlockRow | None = None
    after: Place | None = None


_SIGN = re.compile(r"\s*(?:[-*•–—·▪◦‣●○■☐✓]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_PAIR = re.compile(
    r"(?P<label>[A-Za-zÀ-ž][\w /&'’.,()-]{0,58}?)\s*(?::|[–—=]|\s-|\.{2,}|…)\s*"
    r"(?P<value>(?:~|≈|>|<|≥|≤|about |around |some |over |more than |at least |up to |nearly |under )?[$€£]?\d[\d.,\s]*"
    r"(?:\s?%|(?:\s?[A-Za-z]+){0,3}?)?)\s*(?:\(?[+−-]\s?[\d.,]+\)?)?[.;,]?\s*$"
)
_OTHER_PAIR = re.compile(
    r"(?:published|posted|updated|date|time|page|chapter|section|phone|tel|fax|isbn|issn|age|aged|duration|length|read|tags?|comments?|views|"
    r"shares|likes|photo|image|source|score|born|room|no|vol|article|day|https?|version|step|question|part|figure|table|copyright)\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_RULE = re.compile(r"[\s|:+=_-]*-{2,}[\s|:+=_-]*$")
_NUMBER_CELL = re.compile(r"[~≈<>≥≤$€£+−-]?\s?\d[\d.,\s]*\s?(?:%|[a-zA-Z.]{1,12}|\(.{1,12}\))?$")
_GAP = re.compile(r"\t+| {2,}")
_TAIL_NUMBERS = re.compile(r"(?:\s+[~<>+−-]?\d[\d.,]*%?)+$")
_ROW = re.compile(r"(?:(?: {2,}|\t)\S[^\s]*(?: \S+)*){2,}\s*$|(?:\s[~<>+−-]?\d[\d.,]*%?){2,}\s*$")
_SENTENCE_END = re.compile(r"[.!?…][”\"’')\]]*\s*$")
_WORDS_OF_SENTENCE = 9
_LONGEST_ITEM = 400
_READ = ("body", "title", "menu", "caption")
_NEAR = 3


def blocks_apart(text: str, zones: Sequence[Zone], marked: Sequence[bool]) -> tuple[list[Zone], list[TextBlock]]:
    """The zones with items and rows set apart as `item` and `row`, and the blocks that they make.

    Args:
        marked: for each zone, whether the form of the document says that it is an item of a list.
    """
    kinds = [zone.kind for zone in zones]
    found: list[TextBlock] = []
    for first, last, kind in _runs(text, zones, marked):
        block = _block(text, zones, kind, first, last)
        if block is None:
            continue
        found.append(block)
        for place in range(first, last):
            is_sentence = block.kind == "list" and block.rows[place - first].is_sentence
            kinds[place] = "body" if is_sentence else "row" if block.kind == "table" else "item"
    return [replace(zone, kind=kind) if kind != zone.kind else zone for zone, kind in zip(zones, kinds, strict=True)], found


def _runs(text: str, zones: Sequence[Zone], marked: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Stretches of zones that look alike: (first, behind the last, kind)."""
    both = zip(zones, marked, strict=True)
    looks = [_look(text[zone.start : zone.end], is_item) if zone.kind in _READ else "" for zone, is_item in both]
    place = 0
    while place < len(zones):
        last = place + 1
        while last < len(zones) and looks[last] and looks[last] == looks[place]:
            last += 1
        if looks[place]:
            yield place, last, looks[place]
        place = last


def _look(line: str, is_marked: bool) -> str:
    """What a line looks like by itself."""
    if line.count("|") >= 2 or (line.count("|") == 1 and line.strip().startswith("|")) or "\t" in line.strip():
        return "table"
    if len(line) > _LONGEST_ITEM:
        return ""
    bare = line[sign.end() :] if (sign := _SIGN.match(line)) else line
    pair = _PAIR.match(bare)
    if pair is not None and not _OTHER_PAIR.match(pair["label"]) and len(pair["label"].split()) <= 7:
        return "pairs"
    if sign or is_marked:
        return "list"
    if (
        _DIGIT.search(line)
        and (len(_GAP.split(line.strip())) >= 2 or _TAIL_NUMBERS.search(line))
        and not _SENTENCE_END.search(line)
    ):
        return "columns"
    return ""


def _block(text: str, zones: Sequence[Zone], kind: str, first: int, last: int) -> TextBlock | None:
    """The block of a run of lines; None where they only look like one."""
    lines = [(zone.start, zone.end) for zone in zones[first:last]]
    before = (zones[first - 1].start, zones[first - 1].end) if first and zones[first - 1].kind in _READ else None
    after = (zones[last].start, zones[last].end) if last < len(zones) else None
    is_led = before is not None and text[before[0] : before[1]].rstrip().endswith(":")
    if kind in ("list", "pairs"):
        if len(lines) < 2 and not is_led:
            return None
        return TextBlock(kind, tuple(_item(text, line) for line in lines), before, None, after)
    return _table(text, lines, before, after, is_loose=kind == "columns")


def _item(text: str, line: Place) -> BlockRow:
    """A line without the sign before it and the mark behind it."""
    sign = _SIGN.match(text, *line)
    start = sign.end() if sign else line[0]
    end = start + len(text[start : line[1]].rstrip(" ;,."))
    end = max(end, start + 1)
    return BlockRow(start, end, ((start, end),), _is_sentence(text[slice(*line)]))


def _table(text: str, lines: Iterable[Place], before: Place | None, after: Place | None, is_loose: bool) -> TextBlock | None:
    """Rows of as many cells, most of them with numbers; of a loose one, whose cells only blanks part, at least three."""
    rows = [BlockRow(*line, tuple(_cells(text, line, is_loose))) for line in lines if not _RULE.match(text[slice(*line)])]
    rows = [row for row in rows if len(row.cells) >= 2]
    if len(rows) < (3 if is_loose else 2) or len({len(row.cells) for row in rows}) > (1 if is_loose else 2):
        return None
    heading = rows[0] if not _has_numbers(text, rows[0]) or _names_years(text, rows) else None
    if heading is None and is_loose and before is not None:
        words = list(_words(text, before))
        size = len(rows[0].cells)
        heading = BlockRow(*before, (*[(before[0], words[-size + 1][0])], *words[-size + 1 :])) if len(words) >= size else None
    body = rows[1:] if heading is rows[0] else rows
    if not body or sum(_has_numbers(text, row) for row in body) < max(1, len(body) // 2):
        return None
    return TextBlock("table", tuple(body), before, heading, after)


def _words(text: str, line: Place) -> Iterator[Place]:
    for match in re.finditer(r"\S+", text[slice(*line)]):
        yield line[0] + match.start(), line[0] + match.end()


def _cells(text: str, line: Place, is_loose: bool) -> Iterator[Place]:
    """Where the cells of a row stand, without the blanks around them; empty ones too."""
    words = text[slice(*line)]
    if is_loose:
        yield from _loose_cells(words, line[0])
        return
    border = "|" if "|" in words else "\t"
    start = line[0]
    parts = words.split(border)
    if border == "|":
        skipped = words.lstrip().startswith("|")
        parts, start = (parts[1:], start + len(parts[0]) + 1) if skipped else (parts, start)
        parts = parts[:-1] if words.rstrip().endswith("|") else parts
    for part in parts:
        low = start + len(part) - len(part.lstrip())
        yield low, max(low, start + len(part.rstrip()))
        start += len(part) + 1


def _loose_cells(words: str, start: int) -> Iterator[Place]:
    """Cells that wide gaps part, or a label and the numbers behind it."""
    if _GAP.search(words.strip()):
        for match in re.finditer(r"\S+(?: \S+)*", words):
            yield start + match.start(), start + match.end()
        return
    tail = _TAIL_NUMBERS.search(words)
    cut = tail.start() if tail else len(words)
    yield start, start + cut
    for match in re.finditer(r"\S+", words[cut:]):
        yield start + cut + match.start(), start + cut + match.end()


def _has_numbers(text: str, row: BlockRow) -> bool:
    return any(_NUMBER_CELL.match(text[slice(*cell)]) for cell in row.cells[1:])


_YEAR = re.compile(r"(?:1[89]|20)\d\d$")


def _names_years(text: str, rows: Sequence[BlockRow]) -> bool:
    """Whether the first row names years above its columns: nothing in it but years, and the others have other numbers."""
    first = [text[slice(*cell)] for cell in rows[0].cells[1:]]
    return all(_YEAR.match(cell) for cell in first) and len(rows) > 1


def is_row(line: str) -> bool:
    """Whether a line of a printed text looks like a row of a table: cells behind wide gaps, or two figures at its end."""
    return _DIGIT.search(line) is not None and len(line) < _LONGEST_ITEM and _ROW.search(line.rstrip()) is not None


def _is_sentence(line: str) -> bool:
    """An item that is read as any other sentence of the article."""
    return bool(_SENTENCE_END.search(line)) and len(line.split()) >= _WORDS_OF_SENTENCE
