"""What changed between two versions of a case, ready to be shown: claims, statements, priors, answers."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.finding import Answer

__all__ = ["AnswerChange", "ClaimChange", "Diff", "PriorChange", "StatementChange"]

Ends = tuple[float, float, float]


@dataclass(frozen=True)
class ClaimChange:
    """A claim that is new, gone or changed.

    Attributes:
        kind: "new", "gone" or "changed".
        keys: of a changed claim, what is different.
        words: the claim in our own words, with its source.
        group: of the ledger.
    """

    claim: str
    kind: str
    keys: tuple[str, ...]
    words: str
    group: str


@dataclass(frozen=True)
class StatementChange:
    """A statement of the model that is new, gone or changed; `before`, `after` as they are printed, "" where there is none."""

    keyword: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class PriorChange:
    """A parameter whose prior moved; 5, 50 and 95 % in `unit`, None where there is no such parameter."""

    parameter: str
    label: str
    unit: str
    group: str
    before: Ends | None
    after: Ends | None


@dataclass(frozen=True)
class AnswerChange:
    """An answer in the baseline before and after; None where there is no such question.

    Attributes:
        after: with its paired difference from `before`, on the same futures and streams by name.
        is_moved: beyond two errors and by enough to matter.
    """

    question: str
    called: str
    kind: str
    unit: str
    before: Answer | None
    after: Answer | None
    is_moved: bool

    @property
    def is_of_other_days(self) -> bool:
        """Do both versions ask it, of other days or under another condition? Their answers are no two of one thing then."""
        return self.before is not None and self.after is not None and self.after.difference is None


@dataclass(frozen=True)
class Diff:
    """Two versions of a case, `before` and `after` by their names.

    Attributes:
        claims, statements, priors: only what changed.
        answers: to every question of either.
        futures, seed: of both runs.
    """

    before: str
    after: str
    claims: tuple[ClaimChange, ...]
    statements: tuple[StatementChange, ...]
    priors: tuple[PriorChange, ...]
    answers: tuple[AnswerChange, ...]
    futures: int
    seed: int

    @property
    def moved(self) -> tuple[AnswerChange, ...]:
        """The answers that moved, those that are there in one version only, and those that are of other days in each."""
        return tuple(
            one for one in self.answers if one.is_moved or one.before is None or one.after is None or one.is_of_other_days
        )
