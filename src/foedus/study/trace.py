"""One question, from its answers down to the claims below them."""

from __future__ import annotations

from foedus.analysis.finding import QuestionFinding
from foedus.case import Case
from foedus.study.asked import asked_slots
from foedus.study.run import run

__all__ = ["trace"]


def trace(case: Case, question: str, *, futures: int = 10_000, seed: int = 0) -> QuestionFinding:
    """One question: its answers, what drives them, and the claims below.

    Raises:
        InputError: there is no such question.
    """
    (slot,) = asked_slots(case, [question])
    return next(one for one in run(case, futures, seed).questions if one.name == slot.name)
