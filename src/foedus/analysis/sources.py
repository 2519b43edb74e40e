"""Who stands behind the claims of a case, ready to be shown; `foedus.history.sources` finds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from foedus.analysis.finding import Answer
from foedus.evidence.defaults import ChangedDefault
from foedus.evidence.dependence import Dependence
from foedus.evidence.groups import GroupReport
from foedus.evidence.sources import LeftOut, OriginRow, SourceRow
from foedus.evidence.store.earned import Earned

__all__ = ["SourceMove", "SourcesFound"]


@dataclass(frozen=True)
class SourceMove:
    """What one question answers without one origin.

    Attributes:
        before, after: the answer with all sources, and without (with the paired difference).
        parameters: whose prior changed; `orphans` those of them for which no claim is left.
        on_priors: both answers are drawn from the priors: too few members of the posterior stand for what is left.
    """

    question: str
    origin: str
    before: Answer
    after: Answer
    parameters: tuple[str, ...]
    orphans: tuple[str, ...]
    on_priors: bool = False


@dataclass(frozen=True)
class SourcesFound:
    """The sources of a case.

    Attributes:
        case: its name.
        origins: who stands behind the claims; parameters: for which each of them has a say.
        sources: who says them.
        dependence: who repeats whom.
        pools: how the pools of some groups came about; left_out: the same without each origin in turn.
        overrides: of the rules of evidence, by the case.
        questions, moves: what was asked for, and what each answer is without each origin in turn.
        futures, seed: of each run behind the moves.
        earned: what became of the claims of each source.
        letters: sources that were graded with two letters.
        titles: what questions and parameters are called, by name; units: of the questions that were asked for.
    """

    case: str
    origins: tuple[OriginRow, ...]
    parameters: Mapping[str, tuple[str, ...]]
    sources: tuple[SourceRow, ...]
    dependence: tuple[Dependence, ...]
    pools: Mapping[str, GroupReport]
    left_out: Mapping[str, tuple[LeftOut, ...]]
    overrides: tuple[ChangedDefault, ...]
    questions: tuple[str, ...]
    moves: tuple[SourceMove, ...]
    futures: int
    seed: int
    earned: tuple[Earned, ...]
    letters: Mapping[str, Mapping[str, tuple[str, ...]]]
    titles: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
