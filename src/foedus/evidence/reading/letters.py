"""Statements that are given in full behind "issued the following statement:": paragraphs in the first person, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.sources import noun_phrase, source_before, subject_span
from foedus.evidence.reading.units import singular

__all__ = ["letters"]

_FIRST_PERSON = re.compile(r"\b(?:we|us|our|ours|ourselves|I|me|my|mine|myself)\b|\bWe\b|\bOur\b|\bMy\b")
_MARKS = re.compile(r"^\s*[“\"‘«„]")
_LONGEST = 40
_GAP = 2
_INSIDE = ("we", "i", "who", "which", "it")
_GIVING = frozenset(
    "issued issues published publishes released releases sent sends wrote writes posted posts circulated made gave put read reads "
    "shared distributed printed delivered replied broadcast said says tweeted answered announced announces stated states handed adopted "
    "signed".split()
)


def letters(text: str, paragraphs: Sequence[Paragraph], taken: Sequence[Said]) -> Iterator[Said]:
    """The paragraphs of statements in full, each handed to who gives it.

    Args:
        taken: attributions that are known; a paragraph with a speaker of its own ends the statement.
    """
    spoken = [said for said in taken if said.source is not None and text[slice(*said.source)].lower() not in _INSIDE]
    for place, paragraph in enumerate(paragraphs):
        lead = _lead(text, paragraph)
        if lead is None:
            continue
        source, cue = lead
        for follower in _body(text, paragraphs[place + 1 : place + 1 + _LONGEST], spoken):
            content = ((follower.start, follower.end),)
            yield Said(source, cue.start, cue.end, content, "direct", "continued_quote_new_paragraph", cue.lower, "letter")


def _lead(text: str, paragraph: Paragraph) -> tuple[tuple[int, int], Word] | None:
    """Who gives a statement in full in the next paragraphs, and the verb."""
    if not text[paragraph.start : paragraph.end].rstrip().endswith(":") or not paragraph.sentences:
        return None
    sentence = paragraph.sentences[-1]
    names = phrases("cues", "letters")
    if not any(singular(word.lower) in names or word.lower == "following" for word in sentence.words):
        return None
    for verb in sentence.words:
        if verb.tag.startswith("VB") and verb.lower in _GIVING:
            source = _giver(sentence, verb)
            if source is not None:
                return source, verb
    return None


def _giver(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    agent = sentence.child(verb, "agent")
    by = sentence.child(agent, "pobj") if agent is not None else None
    if by is not None:
        return noun_phrase(sentence, by)
    if sentence.child(verb, "auxpass") is not None:
        return None
    return subject_span(sentence, verb) or source_before(sentence.words, verb.index, sentence.start)


def _body(text: str, followers: Sequence[Paragraph], spoken: Sequence[Said]) -> list[Paragraph]:
    """The paragraphs up to the last one in the first person; nothing where the first has marks, or a speaker of its own."""
    last = gap = 0
    for number, paragraph in enumerate(followers, 1):
        written = text[paragraph.start : paragraph.end]
        has_speaker = any(
            said.content[0][0] < paragraph.end and paragraph.start < said.content[-1][1] and said.form != "noun"
            for said in spoken
        )
        if _MARKS.match(written) or has_speaker:
            break
        if _FIRST_PERSON.search(written):
            last, gap = number, 0
        else:
            gap += 1
        if gap > _GAP:
            break
    return list(followers[:last])
