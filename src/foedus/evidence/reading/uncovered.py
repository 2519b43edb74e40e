"""Figures that stand in no statement of their sentence: what the grammar left out is proposed with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.speaker import Speaker
from foedus.evidence.reading.statements import CONTENT_FORMS, Near

__all__ = ["uncovered"]

Spans = Sequence[tuple[int, int]]
_KINDS = ("numeric", "ratio", "vague")
_LINKS = frozenset("and or but , ; : - – — that which who as".split())


def uncovered(
    sentence: Sentence, amounts: Iterable[FoundQuantity], covered: Spans, near: Near, spoken: dict[int, Speaker]
) -> Iterator[tuple[Clause, int | None]]:
    """A clause for each run of words that holds such figures, with the attribution that owns it.

    Args:
        covered: stretches that have their claim. near: attributions of the paragraph; spoken: their speakers that are known.
    """
    if sentence.words[-1].text[-1] not in ".!?”\"'’)":
        return  # a heading, a byline, a line of a table
    figures = [each for each in amounts if _counts(each) and sentence.start <= each.number_start < sentence.end]
    taken = [*covered, *_handing(near)]
    for run in _runs(sentence, taken):
        if any(run[0].start <= each.number_start < run[-1].end for each in figures):
            yield Clause(sentence, _head(run), tuple(run), None), _owner(run, near, spoken)


def _counts(quantity: FoundQuantity) -> bool:
    is_one = quantity.value == 1 and quantity.dimension == "count"  # "in one tweet"
    is_of_nothing = quantity.dimension in ("time", "") and not quantity.rivals
    return not is_one and quantity.kind in _KINDS and not is_of_nothing and not quantity.loose


def _handing(near: Near) -> list[tuple[int, int]]:
    """Where it is told who speaks: "three officials said"."""
    parts = (part for _, each in near if each.form in CONTENT_FORMS for part in (each.source, each.cue))
    return [(part.start, part.end) for part in parts if part is not None]


def _runs(sentence: Sentence, taken: Spans) -> Iterator[list[Word]]:
    """The stretches of a sentence that nothing covers, without the marks and small words at their ends."""
    run: list[Word] = []
    for word in (*sentence.words, None):
        if word is not None and not any(low < word.end and word.start < high for low, high in taken):
            run.append(word)
            continue
        while run and (run[0].lower in _LINKS or (not run[0].text[0].isalnum() and run[0].text[0] not in "$€£")):
            run = run[1:]
        while run and (run[-1].lower in _LINKS or (not run[-1].text[-1].isalnum() and run[-1].text[-1] not in "%)")):
            run = run[:-1]
        if run:
            yield run
        run = []


def _head(run: list[Word]) -> Word:
    """The verb on which the words hang, else the word that hangs on none of them."""
    inside = {word.index for word in run}
    tops = [word for word in run if word.head not in inside or word.head == word.index]
    return next((word for word in tops if word.tag.startswith("VB")), tops[0] if tops else run[0])


def _owner(run: list[Word], near: Near, spoken: dict[int, Speaker]) -> int | None:
    """The attribution whose content holds all of the words."""
    for place, each in near:
        holds = any(span.start <= run[0].start and run[-1].end <= span.end for span in each.content)
        if place in spoken and each.form in CONTENT_FORMS and holds:
            return place
    return None
