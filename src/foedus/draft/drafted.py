"""Everything that the text of a drafted model is made of, and the questions in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from foedus.draft.binding import Bound
from foedus.draft.choosing import MechanismChoice
from foedus.draft.foretold import PredictedEvent, Target
from foedus.draft.predictions import ReportedPrediction
from foedus.draft.sides import side_word
from foedus.evidence.claim import Claim

__all__ = ["Drafted", "DraftedQuestion"]


@dataclass(frozen=True)
class DraftedQuestion:
    """A question of the model. `claims` are ids of the claims that predict it; `quote` is what they say, where the text says it otherwise."""

    name: str
    text: str
    claims: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True)
class Drafted:
    """Everything that the text is made of.

    Attributes:
        bounds: by alias. triggers: (alias, trigger) -> name of what says whether it holds. starts: those that hold at the start
            already. lasting: what reports say of their going on.
        announced: (alias, trigger) -> the last day for which what holds at the start was announced, where reports tell it.
        titles: of the documents.
    """

    name: str
    title: str
    as_of: date
    weeks: int
    step: str
    parts: tuple[MechanismChoice, ...]
    bounds: Mapping[str, list[Bound]]
    happenings: tuple[PredictedEvent, ...]
    targets: tuple[Target, ...]
    starts: Mapping[tuple[str, str], Claim]
    titles: tuple[str, ...]
    chances: Mapping[str, str] = field(default_factory=dict)
    lasting: Mapping[tuple[str, str], tuple[ReportedPrediction, ...]] = field(default_factory=dict)
    announced: Mapping[tuple[str, str], date] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, str]:
        """The elements of the index of those between whom a part is."""
        told = next(part.filled.sides for part in self.parts if part.filled.sides)
        return side_word(told[0]), side_word(told[1])

    @property
    def end(self) -> date:
        return self.as_of + timedelta(weeks=self.weeks)
