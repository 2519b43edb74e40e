"""Claims of lists and tables: every figure with its item or row, counted in what its column or label names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.attributions import attributions
from foedus.evidence.reading.blocks import BlockRow, TextBlock
from foedus.evidence.reading.classify import relevance_of
from foedus.evidence.reading.dates import TimeMention, times
from foedus.evidence.reading.digits import with_scale
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.hedges import made_hedge
from foedus.evidence.reading.numbers import numbers
from foedus.evidence.reading.parse import parse
from foedus.evidence.reading.proposal import NARRATOR, Proposal
from foedus.evidence.reading.qualifiers import qualifier_before
from foedus.evidence.reading.quantities import quantities, quantities_in
from foedus.evidence.reading.speaker import Speaker
from foedus.evidence.reading.subject import Subject
from foedus.evidence.reading.units import is_counted_noun, singular
from foedus.evidence.reading.when import DocumentClock

__all__ = ["listed_claims", "said_by_lead"]

_SOURCE = re.compile(r"\s*(?:Sources?|Data|Figures)(?: from)?: ?(?P<who>[^.;|\n]{2,80})")
_SCALES = (
    (re.compile(r"\bbillions?\b|\bbn\b", re.IGNORECASE), 1e9),
    (re.compile(r"\bmillions?\b|\bmn\b|\bm\b", re.IGNORECASE), 1e6),
    (re.compile(r"\bthousands?\b|['’]000|\b000s\b", re.IGNORECASE), 1e3),
)
_BRACKETS = re.compile(r"[()\[\]]")
_PERIOD = re.compile(
    r"(?:(?:1[89]|20)\d\d|.*\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b.*\d|Q[1-4] (?:19|20)\d\d)$"
)
_SIGNS = {"~": "about", "≈": "about", ">": "more_than", "<": "less_than", "≥": "at_least", "≤": "up_to"}
_PAIR_END = re.compile(r"\s*(?::|[–—=]|\s-|\.{2,}|…)\s*(?=[~≈<>≥≤$€£a-z]*\s?(?:[a-z]+ )*[$€£]?\d)")
_MEASURE = re.compile(
    r"(?:[,(]|\bin )\s*(?:in )?(?:['’]?000 |thousands? (?:of )?|m(?:illio)?ns? (?:of )?|bn |billions? (?:of )?)?"
    r"(?P<unit>[$€£%]|[a-zA-Z]{1,12}\b)"
)
_NO_COUNT = re.compile(
    r"\s*(?:ages?|born|ids?|no\.?|nr\.?|#|rank|position|place|year|date|code|phone|tel|zip|postcode|row|page|line|chapter|time|kick-?off)\b",
    re.IGNORECASE,
)
"""Columns whose numbers count nothing."""
_TOTAL_LINE = re.compile(r"\s*(?:in )?totals?\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Context:
    """What all lines of a block share: the claim or line that leads to them, and when that is."""

    base: Proposal
    time: TimeMention | None
    lead: str


def listed_claims(
    text: str, blocks: Sequence[TextBlock], read: Sequence[Proposal], clock: DocumentClock, actors: Actors, subject: Subject
) -> Iterator[Proposal]:
    """The claims of lists and tables; who says them, and how sure he is, as in the sentence that leads to them.

    Args:
        read: the claims of the document's sentences, in order.
    """
    for block in blocks:
        context = _context(text, block, read, clock)
        names = _Names()
        for row in block.rows:
            made = (
                _of_table_row(text, block, row, context, clock, names)
                if block.kind == "table"
                else _of_item(text, block, row, context)
            )
            for claim in made:
                yield _with_actor(text, claim, row, actors, subject)


def said_by_lead(text: str, blocks: Sequence[TextBlock], read: Sequence[Proposal]) -> Iterator[Proposal]:
    """The claims of sentences; those in items of a list that somebody's words lead to are his, where they name nobody else."""
    held = [
        (block.rows[0].start, block.rows[-1].end, voice) for block in blocks if (voice := _voice(text, block, read)) is not None
    ]
    starts = [low for low, _, _ in held]
    for claim in read:
        at = bisect_right(starts, claim.start) - 1
        is_held = at >= 0 and claim.start < held[at][1] and claim.attribution is None and claim.speaker == NARRATOR
        yield (
            replace(claim, speaker=held[at][2].speaker, attribution=held[at][2].attribution, rules=held[at][2].rules)
            if is_held
            else claim
        )


def _voice(text: str, block: TextBlock, read: Sequence[Proposal]) -> Proposal | None:
    """The last claim of the line that leads on with a colon; where it only says who speaks ("The union said:"), a claim of his."""
    if block.lead is None or not text[slice(*block.lead)].rstrip().endswith(":"):
        return None
    low, high = block.lead
    at = bisect_right(read, high, key=attrgetter("start"))
    inside = [claim for claim in read[max(0, at - 20) : at] if low <= claim.start and claim.end <= high]
    ruling = max(inside, key=attrgetter("end"), default=None)
    if ruling is not None and ruling.attribution is not None:
        return ruling
    lead = text[max(low, high - 400) : high]
    found = [
        each for each in attributions(f"{lead} {_ANY_STATEMENT}") if each.source is not None and each.source.end <= len(lead)
    ]
    if not found or found[-1].source is None:
        return ruling
    who = re.sub(r"^(?:the|a|an) ", "", found[-1].source.text, flags=re.IGNORECASE)
    return replace(_plain(text), speaker=Speaker(who, source_type(who), "caption_credit", who), rules=("said-by-verb",))


_ANY_STATEMENT = "It has sent 40 men."


def _plain(text: str) -> Proposal:
    """A figure that the narrator tells."""
    return Proposal(
        "",
        0,
        0,
        "quantity",
        "actual",
        "+",
        "body",
        1,
        None,
        None,
        None,
        NARRATOR,
        None,
        made_hedge(text, "asserted", []),
        None,
        rules=("narrator",),
    )


def _context(text: str, block: TextBlock, read: Sequence[Proposal], clock: DocumentClock) -> _Context:
    """The last claim of a line that leads on with a colon hands on its speaker and its hedge; a heading hands on its time."""
    lead = text[slice(*block.lead)] if block.lead else ""
    if lead.rstrip().endswith((".", "!", "?", "”", '"')):
        lead = ""  # a sentence that happens to stand before it
    ruling = _voice(text, block, read)
    base = replace(ruling, ctype="quantity", quantity=None, related=()) if ruling is not None else _plain(text)
    told = _SOURCE.match(text, *block.after) if block.after else None
    if told is not None and base.speaker == NARRATOR:
        who = told["who"].strip()
        base = replace(base, speaker=Speaker(who, source_type(who), "caption_credit", who), rules=("credit-line",))
    dated = times(text, clock.at(block.lead[0]), *block.lead) if block.lead and lead else []
    return _Context(base, base.time or next(iter(dated), None), lead)


def _of_item(text: str, block: TextBlock, row: BlockRow, context: _Context) -> Iterator[Proposal]:
    """The figures of an item, read as any others; of "trucks: 31" the label says what is counted."""
    if block.kind == "pairs":
        border = _PAIR_END.search(text, row.start, row.end)
        if border is None:
            return
        names, label = _Names(), text[row.start : border.start()]
        read = names.of(label)
        name = label if read is not None and (read.dimension != "count" or _is_of_things(read)) else context.lead.rstrip(" :")
        found = _figure(text, (border.end(), row.end), name, "", context.lead, names)
        if found is not None:
            yield replace(context.base, start=row.start, end=row.end, quantity=found, time=context.time)
        return
    if row.is_sentence:
        return  # read with the other sentences
    found_all = [
        each for each in quantities_in(text, parse(text, [(row.start, row.end)])) if each.kind in ("numeric", "vague", "ratio")
    ]
    counted = [each for each in found_all if each.dimension != "time"]
    for number, each in enumerate(counted):
        start, end = (row.start, row.end) if not number else (each.start, each.end)
        yield replace(context.base, start=start, end=end, quantity=each, time=context.time)


class _Names:
    """What the words of headings and labels count, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, FoundQuantity | None] = {}

    def of(self, name: str) -> FoundQuantity | None:
        """A dozen of it, read as in a sentence; None where the words name nothing that is counted."""
        key = " ".join(_BRACKETS.sub(" ", name).split())
        if key not in self._known:
            written = key if key.isupper() and len(key) < 4 else key[:1].lower() + key[1:]
            found = [each for each in quantities(f"12 {written}") if each.number_start == 0 and not each.loose]
            self._known[key] = found[0] if found and found[0].unit else None
        return self._known[key]


def _of_table_row(
    text: str, block: TextBlock, row: BlockRow, context: _Context, clock: DocumentClock, names: _Names
) -> Iterator[Proposal]:
    """The figures of a row; a year or month in its label or above the column is its time, no figure."""
    heading = [text[slice(*cell)] for cell in block.heading.cells] if block.heading is not None else []
    if len(heading) == len(row.cells) - 1:
        heading = ["", *heading]
    label = text[slice(*row.cells[0])]
    own_time = _period(text, row.cells[0], clock)
    for column, cell in enumerate(row.cells):
        if column == 0 and (own_time is not None or not re.match(r"[~<>≈]?\s?\d", label)):
            continue
        name = heading[column] if column < len(heading) else ""
        if _NO_COUNT.match(name):
            continue
        above = (
            block.heading.cells[column - (len(row.cells) - len(block.heading.cells))]
            if name and block.heading is not None
            else None
        )
        time = (_period(text, above, clock) if above is not None else None) or own_time or context.time
        lead = f"{context.lead} {heading[0] if _PERIOD.match(name) else ''}"
        found = _figure(text, cell, "" if _PERIOD.match(name) else name, "" if own_time else label, lead, names)
        if found is not None:
            yield replace(context.base, start=row.start, end=row.end, quantity=found, time=time)


def _period(text: str, cell: tuple[int, int], clock: DocumentClock) -> TimeMention | None:
    """The time that a cell names, if it names nothing else."""
    words = text[slice(*cell)]
    if re.fullmatch(r"(?:1[89]|20)\d\d", words):
        return TimeMention(*cell, words, "absolute", words)
    if not _PERIOD.match(words):
        return None
    found = [each for each in times(f"in {words}", clock.at(cell[0])) if each.value]
    return TimeMention(*cell, words, found[0].kind, found[0].value) if found else None


def _scale(words: str) -> float:
    """ "(thousands)" in a heading or the line above."""
    return next((scale for pattern, scale in _SCALES if pattern.search(words)), 1.0)


def _figure(text: str, cell: tuple[int, int], name: str, label: str, lead: str, names: _Names) -> FoundQuantity | None:
    """The number that a cell begins with, in the unit that the cell, the column, the row or the whole names; None where it has none."""
    words = text[slice(*cell)]
    read = [each for each in numbers(words) if each.start <= 12]
    if not read or read[0].value is None or read[0].is_loose or read[0].kind != "numeric":
        return None
    number = read[0]
    assert number.value is not None
    behind = words[number.end :].strip()
    own = names.of(re.sub(r"\(.*", "", behind)) if behind and not behind.startswith("(") else None
    of_what = own or _counted_in(name, "" if _TOTAL_LINE.match(label) else label, lead, names)
    value = with_scale(number.value, 1.0 if number.scale != 1.0 or "%" in words else _scale(f"{name} {lead}"))
    start, end = cell
    before = words[: number.start].strip()
    qualified = qualifier_before(words, number.start)
    qualifier = _SIGNS.get(before[:1]) or (qualified[0] if qualified is not None else "eq")
    low, high = {"up_to": (None, value), "less_than": (None, value), "at_least": (value, None), "more_than": (value, None)}.get(
        qualifier, (None, None) if qualifier == "about" else (value, value)
    )
    unit, unit_text, dimension = (of_what.unit, of_what.unit_text, of_what.dimension) if of_what else ("", "", "")
    return FoundQuantity(
        start,
        end,
        words,
        "numeric",
        qualifier,
        value,
        low,
        high,
        unit,
        unit_text,
        dimension,
        "",
        start + number.start,
        start + number.end,
    )


def _counted_in(name: str, label: str, lead: str, names: _Names) -> FoundQuantity | None:
    """What a figure counts: the measure of its column or of the whole, the things that the column or the row names, the column's word."""
    column = names.of("%" if "%" in name else name) if name else None
    if column is not None and column.dimension != "count":
        return column
    whole = _MEASURE.search(lead)
    measure = names.of(whole["unit"]) if whole is not None else None
    if measure is not None and measure.dimension != "count":
        return measure
    if column is not None and _is_of_things(column):
        return column
    row = names.of(label) if label else None
    return row if row is not None and _is_of_things(row) else column


def _is_of_things(found: FoundQuantity) -> bool:
    """Whether a noun names things that are counted: a plural, or one that the table knows."""
    word = found.unit_text.split()[-1].lower() if found.unit_text else ""
    return is_counted_noun(word) or singular(word) != word


def _with_actor(text: str, claim: Proposal, row: BlockRow, actors: Actors, subject: Subject) -> Proposal:
    """With the actor that the line names, else the one of its lead, and its weight."""
    named = actors.found(text, row.start, row.end)
    relevance = relevance_of(text[row.start : row.end], len({each.name for each in named}), claim.quantity, "quantity", subject)
    return replace(claim, actor=named[0].name if named else claim.actor, relevance=max(relevance, 1))
