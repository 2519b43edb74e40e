"""Who says what: source, cue and content of every attribution in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.letters import letters
from foedus.evidence.reading.parse import Paragraph, parse
from foedus.evidence.reading.quoted import lead_in, quote_attributions
from foedus.evidence.reading.quotes import quotes
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.speech import clause_attributions

__all__ = ["Attribution", "TextSpan", "attributions", "attributions_in"]


@dataclass(frozen=True)
class TextSpan:
    """A stretch of a text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Attribution:
    """A statement handed to a source.

    Attributes:
        source, cue: where they stand; None where the text leaves them out (a quotation that goes on).
        content: the stretches that are attributed, in order.
        mode: direct (all of it quoted), partial (some of it), indirect.
        link: same_sentence, pronoun, same_quote, adjacent_sentence or continued_quote_new_paragraph.
        verb: base form of the cue's verb, or the phrase; "" without a cue.
        is_nested: it stands inside the content of another attribution.
        form: of the content: clause, infinitive, noun, phrase ("according to"), quote or letter (a statement in full).
        antecedent: whom the source "who" or "which" stands for.
    """

    source: TextSpan | None
    cue: TextSpan | None
    content: tuple[TextSpan, ...]
    mode: str
    link: str
    verb: str
    is_nested: bool = False
    form: str = "clause"
    antecedent: TextSpan | None = None

    @property
    def start(self) -> int:
        return min(span.start for span in self.content)

    @property
    def end(self) -> int:
        return max(span.end for span in self.content)


def attributions(text: str) -> list[Attribution]:
    """The attributions of a text in the order of their contents; offsets are indices into it.

    Raises:
        EvidenceError: the libraries of the extra `read` are not installed.
    """
    return attributions_in(text, parse(text))


def attributions_in(text: str, paragraphs: Iterable[Paragraph]) -> list[Attribution]:
    """The attributions of a parsed text."""
    found: list[Said] = []
    previous: Said | None = None
    goes_on = False
    paragraphs = list(paragraphs)
    for paragraph in paragraphs:
        inside = quotes(text, paragraph.start, paragraph.end)
        clauses = list(clause_attributions(text, paragraph, inside))
        quoted = quote_attributions(text, paragraph, inside, previous, goes_on, clauses)
        quoted, clauses = _joined(quoted, clauses)
        found += sorted([*quoted, *clauses], key=lambda said: said.content[0][0])
        lead = lead_in(text, paragraph)
        if lead is not None:
            previous, goes_on = lead, True
        elif quoted:
            previous, goes_on = quoted[-1], bool(inside and inside[-1].is_open)
        elif not _is_furniture(paragraph):
            speaking = [
                said for said in clauses if said.form == "clause" and lemma(said.verb, "speech") and said.antecedent is None
            ]
            previous, goes_on = (speaking[-1] if speaking else previous), False
    found += letters(text, paragraphs, found)
    return list(_finished(text, found))


def _joined(quoted: list[Said], clauses: list[Said]) -> tuple[list[Said], list[Said]]:
    """A cue that has a quotation and a clause around it hands on both: one attribution."""
    by_cue = {said.cue_start: place for place, said in enumerate(quoted) if said.cue_start is not None}
    kept = []
    for said in clauses:
        place = by_cue.get(said.cue_start) if said.cue_start is not None else None
        if place is None:
            kept.append(said)
            continue
        quote = quoted[place]
        if said.form not in ("clause", "infinitive", "phrase"):
            continue
        outside = [span for span in said.content if not _covers(quote.content[0], (span,))]
        if not outside:
            continue
        inner = [span for span in quote.content if not any(_covers(each, (span,)) for each in outside)]
        content = tuple(sorted([*outside, *inner]))
        form = "phrase" if said.form == "phrase" else "clause"
        quoted[place] = replace(quote, content=content, mode="partial", form=form, antecedent=said.antecedent)
    return quoted, kept


def _covers(span: tuple[int, int], inner: tuple[tuple[int, int], ...]) -> bool:
    """Whether a stretch holds the others but for their marks."""
    return all(span[0] <= low + 1 and high - 1 <= span[1] for low, high in inner)


def _is_furniture(paragraph: Paragraph) -> bool:
    """A line too short to break off a quotation: a heading, a credit."""
    return paragraph.end - paragraph.start < 40


def _finished(text: str, found: list[Said]) -> Iterator[Attribution]:
    """Offsets with their words; contents inside other contents are marked."""
    outer, reach = (-1, -1), -1
    for said in sorted(found, key=lambda each: (each.content[0][0], -each.content[-1][1])):
        start, end = said.content[0][0], said.content[-1][1]
        is_nested = end <= reach and (start, end) != outer
        if end > reach:
            outer, reach = (start, end), end
        source = _span(text, said.source)
        cue = _span(text, (said.cue_start, said.cue_end) if said.cue_start is not None and said.cue_end is not None else None)
        content = tuple(TextSpan(low, high, text[low:high]) for low, high in said.content)
        yield Attribution(
            source, cue, content, said.mode, said.link, said.verb, is_nested, said.form, _span(text, said.antecedent)
        )


def _span(text: str, place: tuple[int, int] | None) -> TextSpan | None:
    return TextSpan(place[0], place[1], text[place[0] : place[1]]) if place is not None else None
