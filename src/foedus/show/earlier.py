"""An answer and what earlier editions of the case answered to the same question."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from foedus.analysis.finding import Answer, EarlierAnswer, QuestionFinding
from foedus.show.words import number, people_date, percent

__all__ = ["earlier_document", "history_rows", "history_words"]


def history_words(question: QuestionFinding, answer: Answer | None, as_of: str) -> str:
    """`20 June 2024: 47 %; 25 October 2024: 84 %.`; nothing where no earlier edition asked the same."""
    rows = history_rows(question, answer, as_of)
    return f"{'; '.join(f'{day}: {told}' for day, told in rows)}." if rows else ""


def history_rows(question: QuestionFinding, answer: Answer | None, as_of: str) -> list[tuple[str, str]]:
    """Day and answer of each edition, the oldest first and this one last; none where no earlier edition asked the same."""
    if not question.earlier or answer is None:
        return []
    chance = answer.probability if question.kind == "probability" else answer.chance
    now = _amount(answer) if chance is None else percent(chance)
    return [*((people_date(one.as_of), _earlier(one)) for one in question.earlier), (people_date(as_of), now)]


def _earlier(one: EarlierAnswer) -> str:
    if one.quantiles is None:
        return percent(one.probability)
    low, median, high = one.quantiles
    scale = max(abs(low), abs(high))
    return f"{number(median, scale)} ({number(low, scale)} to {number(high, scale)})"


def _amount(answer: Answer) -> str:
    if answer.quantiles is None:
        return "no answer"
    low, median, high = (answer.quantiles[place] for place in (0, 2, 4))
    scale = max(abs(low), abs(high))
    return f"{number(median, scale)} ({number(low, scale)} to {number(high, scale)})"


def earlier_document(question: QuestionFinding) -> list[dict[str, Any]]:
    """The same for `--json`, the oldest first."""
    return [
        {
            **asdict(one),
            "quantiles": None if one.quantiles is None else dict(zip(("p05", "p50", "p95"), one.quantiles, strict=True)),
        }
        for one in question.earlier
    ]
