"""The morning note: what new reports would change in a case, ready to be shown; `foedus.draft.today` finds it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.changes import Diff
from foedus.analysis.finding import Answer

__all__ = ["MovedBy", "NewClaim", "Today"]


@dataclass(frozen=True)
class NewClaim:
    """A claim that the reports make and the ledger does not have.

    Attributes:
        words: as the report has them; source: who says it; document: its title or file.
        group: of the ledger, "" where it fits none: then it moves nothing.
        figure: in words, "" where it has none; commitment: how the speaker stands to it.
        grade: taken for this note, `graded_because` says from where.
        moves: does it count in a pool or a belief, for this note? `why_not` says why, where it does not.
        is_left_out: is it on a group that the model rests on, with a figure in a unit that is none of the group's?
        looks_like: which group of the model it looks like, where it counts in none; `unsure` says why it is not placed there.
    """

    claim: str
    words: str
    source: str
    document: str
    published: str
    group: str
    figure: str
    commitment: str
    grade: str
    graded_because: str
    moves: bool
    why_not: str = ""
    is_left_out: bool = False
    looks_like: str = ""
    unsure: str = ""


@dataclass(frozen=True)
class MovedBy:
    """What moved an answer: the new claims on one group, taken alone.

    Attributes:
        group: of the ledger; claims: ids of the new ones on it.
        answer: with them alone, and its paired difference from the answer without any.
    """

    question: str
    group: str
    claims: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True)
class Today:
    """What some reports would change, if their claims were accepted as they were read.

    Attributes:
        case: its name; documents: titles of the reports.
        claims: new ones, those that move something first.
        known: how many the ledger has already, in the same figure of the same origin.
        diff: the case before, and with the new claims.
        moved_by: for each answer that moved the groups of claims that move it by themselves, the largest move first.
        by_parts: were figures placed by the rules of the case's parts, as `foedus read --into` places them?
        grounds: what was done to the members of a posterior, in a sentence; "" where nothing was.
    """

    case: str
    documents: tuple[str, ...]
    claims: tuple[NewClaim, ...]
    known: int
    diff: Diff
    moved_by: tuple[MovedBy, ...] = ()
    grounds: str = ""
    by_parts: bool = False

    def movers(self, question: str) -> tuple[MovedBy, ...]:
        """What moved an answer."""
        return tuple(one for one in self.moved_by if one.question == question)
