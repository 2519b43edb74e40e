"""A question inside a sentence: what is spoken of where it has a short name, and where it is a question only."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.analysis.finding import QuestionFinding
from foedus.show.words import listed, plain, quoted, subject

__all__ = ["event_of", "heading_of", "name_of", "names_of"]

_MOST, _MOST_LONG = 4, 2  # questions that one sentence names; of those with long names
_LONG = 40  # letters of all names, for each of them


def name_of(question: QuestionFinding) -> str:
    """A question inside a sentence: its short name, else the answer to it."""
    return plain(question.called) if question.called else subject(question.ask)


def names_of(questions: Sequence[QuestionFinding], most_long: int = _MOST_LONG) -> str:
    """Several questions inside a sentence: `this, that and 2 more`; no more than `most_long` where their names are long."""
    names = [name_of(question) for question in questions]
    shown = names[:_MOST]
    if len(shown) > most_long and sum(map(len, shown)) > _LONG * len(shown):
        shown = names[:most_long]
    rest = len(names) - len(shown)
    return f"{', '.join(shown)} and {rest} more" if rest else listed(shown)


def event_of(question: QuestionFinding) -> str:
    """What is likely or not: the short name of a question, else that it is answered with yes, or that what it asks about comes."""
    return plain(question.called) if question.called else subject(question.ask, yes=True)


def heading_of(question: QuestionFinding) -> str:
    """A question in front of its answer: as it is asked; what is put as one and is none, as the noun that it is."""
    if question.called:
        return plain(question.called)
    named = subject(question.ask)
    return quoted(question.ask) if named.startswith("the answer to ") else named
