"""One answer with all that it rests on, ready to be shown; `foedus.study.trace` finds it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.finding import Assumption, Finding, QuestionFinding

__all__ = ["Traced"]


@dataclass(frozen=True)
class Traced:
    """One question, from its answers down to the claims.

    Attributes:
        case: its name.
        question: with its answers in the baseline and in the scenario that was asked for, and what drives them.
        scenario: whose answer is traced.
        finding: of the run, with all its assumptions and with what failed.
        futures, seed: of the run.
    """

    case: str
    question: QuestionFinding
    scenario: str
    finding: Finding
    futures: int
    seed: int

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """Every uncertain parameter, with the claims below it."""
        return self.finding.assumptions
