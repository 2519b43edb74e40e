"""What could be found out, what it would do to an answer or to a choice, and in which order."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.analysis.decision import Gain
from foedus.analysis.explain import Amount
from foedus.analysis.tails import CARRIERS
from foedus.analysis.worth import Learnt, Worth
from foedus.titles import name_words

__all__ = ["Choice", "ChoiceOption", "Choices", "CollectionItem", "CollectionPlan", "Gained", "Plans", "Step"]


@dataclass(frozen=True)
class CollectionItem:
    """One thing that could be found out.

    Attributes:
        kind: "parameter" (known exactly), "claim" (its source reports once more, as well as it did in this claim), or "source" (it
            reports once more on all that it has spoken of).
        name: of the parameter, the id of the claim, or the source.
        who: the origin that would be asked, whoever repeats it; "" for an assumption, on which nobody has spoken.
        about: in words, what it is about.
        said: what the claim says.
    """

    kind: str
    name: str
    who: str
    about: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True)
class Step:
    """What finding something out would do to an answer.

    Attributes:
        before, after: its doubt now, and as it is to be expected: of a chance the Brier score, of an amount the standard deviation.
    """

    item: CollectionItem
    learnt: Learnt
    before: float
    after: float


@dataclass(frozen=True)
class CollectionPlan:
    """What would narrow the answer to a question, most first.

    Attributes:
        answer: a chance or a mean; doubt: its Brier score or standard deviation; median, width: beside a
            mean the median and the width of the 90 % interval, NaN beside a chance.
        settle: groups of claims and assumptions, known exactly.
        steps: by parameter, claim and source.
        has_sources: has any source spoken of what the answer hangs on?
        carriers: by how many futures the variance is carried (`analysis.tails`); of few nothing is told.
    """

    question: str
    label: str
    kind: str
    unit: str
    answer: float
    doubt: float
    settle: tuple[Worth, ...]
    steps: tuple[Step, ...]
    futures: int
    seed: int
    median: float = math.nan
    width: float = math.nan
    has_sources: bool = True
    carriers: float = math.inf

    @property
    def is_carried(self) -> bool:
        """Do enough futures carry the variance, so that it can be told what would take off of it?"""
        return self.carriers >= CARRIERS

    def of(self, kind: str) -> tuple[Step, ...]:
        """The steps of one kind."""
        return tuple(step for step in self.steps if step.item.kind == kind)


@dataclass(frozen=True)
class ChoiceOption:
    """A scenario that could be chosen, and what it brings in the mean; `behind`: by how much it falls behind the best one.

    Attributes:
        median, width: of what it brings, where that is an amount: the median and how wide its 90 % interval is; NaN of a chance.
    """

    name: str
    label: str
    brings: Amount
    behind: Amount
    median: float = math.nan
    width: float = math.nan


@dataclass(frozen=True)
class Gained:
    """What it would be worth to find something out before choosing."""

    item: CollectionItem
    gain: Gain


@dataclass(frozen=True)
class Choice:
    """A choice between scenarios by the answer to a question, and what it would be worth to learn first.

    Attributes:
        want: "most" or "least" of it.
        best: the name of the option that does best as things stand.
        everything: what it would be worth to know all, luck too: nothing can be worth more.
        gained: by parameter, claim and source, most first.
        futures: in which the question applies whatever is chosen.
    """

    question: str
    label: str
    kind: str
    unit: str
    want: str
    options: tuple[ChoiceOption, ...]
    best: str
    everything: Gain
    gained: tuple[Gained, ...]
    futures: int
    seed: int

    def of(self, kind: str) -> tuple[Gained, ...]:
        """The rows of one kind."""
        return tuple(row for row in self.gained if row.item.kind == kind)


@dataclass(frozen=True)
class Plans:
    """What would narrow the answers of a case.

    Attributes:
        case: its name.
        worths: by question, what each assumption would take off if it were settled.
        plans: by question, of those that were asked for: what to find out, and whom to ask.
        left_out: questions of the whole table that too few futures have an answer to.
        futures, seed: of the run.
        called: the questions in words, by name.
    """

    case: str
    worths: Mapping[str, tuple[Worth, ...]]
    plans: Mapping[str, CollectionPlan]
    left_out: tuple[str, ...]
    futures: int
    seed: int
    called: Mapping[str, str] = field(default_factory=dict)

    def words(self, question: str) -> str:
        """A question in words."""
        return self.called.get(question) or name_words(question)


@dataclass(frozen=True)
class Choices:
    """What it would be worth to learn something before choosing: by each question of a case that was asked for."""

    case: str
    choices: Mapping[str, Choice]
    futures: int
    seed: int
