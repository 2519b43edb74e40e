"""A question inside a sentence: what is spoken of where it has a short name, and where it is a question only."""

from __future__ import annotations

from foedus.analysis.finding import QuestionFinding
from foedus.show.words import plain, quoted, subject

__all__ = ["event_of", "heading_of", "name_of"]


def name_of(question: QuestionFinding) -> str:
    """A question inside a sentence: its short name, else the answer to it."""
    return plain(question.called) if question.called else subject(question.ask)


def event_of(question: QuestionFinding) -> str:
    """What is likely or not: the short name of a question, else that it is answered with yes, or that what it asks about comes."""
    if question.called or question.kind == "probability":
        return plain(question.called) if question.called else subject(question.ask, yes=True)
    named = subject(question.ask)
    return f"what {quoted(question.ask)} asks about" if named.startswith("the answer") else named


def heading_of(question: QuestionFinding) -> str:
    """A question in front of its answer."""
    return plain(question.called) if question.called else quoted(question.ask)
