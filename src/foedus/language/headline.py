"""`headline`: what the case was asked, and which scenarios and questions answer it.

    headline "What could the troops mean?" compare no_troops with as_reported on kursk_apr, seoul_lethal
"""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.language.cursor import Cursor
from foedus.language.source import Span

__all__ = ["Headline", "parse_headline", "spell_headline"]


@dataclass(frozen=True)
class Headline:
    """What the case was asked.

    Attributes:
        ask: in words.
        without, as_is: the two scenarios that are compared; one of them is the baseline. `as_is` is what is reported, or decided.
        questions: that answer it, the most important first.
    """

    ask: str
    without: str
    as_is: str
    questions: tuple[str, ...]
    at: Span = field(default=Span(), compare=False, repr=False)


def parse_headline(cursor: Cursor) -> Headline:
    at = cursor.advance().at
    ask = cursor.needs_string("with what the case was asked")
    cursor.needs("compare", "and a scenario")
    without = cursor.needs_name("of a scenario").text
    cursor.needs("with", "and the scenario to compare it with")
    as_is = cursor.needs_name("of a scenario").text
    cursor.needs("on", "and the questions that answer it")
    questions = [cursor.needs_name("of a question").text]
    while cursor.takes(","):
        questions.append(cursor.needs_name("of a question").text)
    return Headline(ask, without, as_is, tuple(questions), at.to(cursor.last))


def spell_headline(headline: Headline, ask: str) -> str:
    """As it is printed; `ask` is the text in quotes."""
    return f"headline {ask} compare {headline.without} with {headline.as_is} on {', '.join(headline.questions)}"
