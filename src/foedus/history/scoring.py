"""A frozen forecast scored against what came: by itself, or of a case, with what experts in its ledger said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case import Case, load
from foedus.history.earlier import FORECAST
from foedus.history.freeze import freeze, read_frozen
from foedus.history.outcomes import read_outcomes
from foedus.history.scorecard import Experts, Scorecard, card_document, experts_document, score, score_experts, score_forecast
from foedus.study.simulate import Progress

__all__ = ["ScoredTarget", "score_target", "scored_document"]


@dataclass(frozen=True)
class ScoredTarget:
    """How good a forecast was; `experts` of a case: what the predictions in its ledger were worth on the same questions."""

    card: Scorecard
    experts: Experts | None = None


def score_target(
    target: str, outcomes: str | Path, *, forecast: str | None = None, scenario: str = "", progress: Progress | None = None
) -> ScoredTarget:
    """Score a frozen forecast, or a case.

    Args:
        target: a frozen forecast (.json), or a case.
        outcomes: a file with how questions came out.
        forecast: of a case: which one; None takes that in its folder, or makes one.
        scenario: whose answers are scored; "" for the baseline.
        progress: called with (futures done, futures in all), where a forecast is made.
    Raises:
        InputError: the forecast was changed, the outcomes are wrong, or there is no such scenario.
    """
    if Path(target).suffix == ".json":
        return ScoredTarget(score(read_frozen(target), outcomes, scenario))
    case = load(target)
    frozen = _forecast(case, forecast, progress)
    found = read_outcomes(outcomes, frozen["questions"])
    card = score_forecast(frozen, found, scenario)
    return ScoredTarget(card, score_experts(case.ledger.predictions() if case.ledger else (), frozen, found))


def _forecast(case: Case, forecast: str | None, progress: Progress | None) -> dict[str, Any]:
    """The frozen answers of a case: from the file named, from its folder, or made now."""
    path = Path(forecast) if forecast else case.folder.folder / FORECAST
    if forecast or path.is_file():
        return read_frozen(path)
    return freeze(case, short=False, progress=progress)


def scored_document(found: ScoredTarget) -> dict[str, Any]:
    """What `foedus score --json` prints."""
    experts = {} if found.experts is None else {"experts": experts_document(found.experts)}
    return {**card_document(found.card), **experts}
