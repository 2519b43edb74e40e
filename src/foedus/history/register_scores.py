"""How good the forecasts of a register have been: scores, what they should have been by the forecasts' own word, and rivals.

A forecast that means what it says expects a score of itself: p (1 - p) for a chance, half the mean distance between two of its members
for a number. What came scored worse than that was too sure, better was not sure enough. Nothing that was settled before the day of a
forecast is scored, and errors of means know which questions hang together (`clusters`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.evidence import Claim
from foedus.history.clusters import clusters_of, mean_interval, ratio_interval
from foedus.history.hub import RivalForecast, read_rival, weighted_interval_score
from foedus.history.outcomes import Outcome
from foedus.history.register import Register, RegisterEntry
from foedus.history.scorecard import QuestionScore, Saying, score_experts, score_forecast
from foedus.history.scores import brier, crps_sample, expected_crps, is_covered, mean_difference

__all__ = ["register_document", "score_register"]


@dataclass(frozen=True)
class _Scored:
    """One question of one forecast with what came of it."""

    entry: RegisterEntry
    frozen: Mapping[str, Any]
    score: QuestionScore
    cluster: int

    @property
    def question(self) -> Mapping[str, Any]:
        return self.frozen["questions"][self.score.name]  # type: ignore[no-any-return]

    @property
    def sample(self) -> Array:
        """The frozen quantiles, an even sample."""
        return np.array(self.question["answers"][_baseline(self.frozen)]["quantiles"], dtype=np.float64)


def score_register(register: Register, case: str, claims: Iterable[Claim] = ()) -> dict[str, Any]:
    """Every forecast of a case in a register against what came.

    Args:
        claims: predictions of experts, of the case's ledger; each is set beside the forecast of the last day before it was published, so
            that the expert knew at least as much as the model.
    Returns:
        A document: per forecast and over all of them `chances` and `amounts`, `rivals`, `experts`, and what is open.
    Raises:
        InputError: an outcome does not fit its question, or a file was changed.
    """
    outcomes = register.outcomes(case)
    forecasts = [(entry, register.forecast(entry)) for entry in register.of("forecast", case)]
    cluster = clusters_of({name: one.get("about", ()) for _, frozen in forecasts for name, one in frozen["questions"].items()})
    found, told = [], []
    for entry, frozen in forecasts:
        fitting = _of_forecast(outcomes, frozen)
        card = score_forecast(frozen, fitting)
        scored = [_Scored(entry, frozen, one, cluster[one.name]) for one in card.questions if not one.contested]
        found += scored
        told.append({**_entry_document(register, entry, frozen), **_summary(scored), "counts": card.counts})
    return {
        "case": case,
        "forecasts": told,
        "all": _summary(found),
        "rivals": [_rival_document(register, one, forecasts, outcomes) for one in register.of("rival", case)],
        "experts": _experts(forecasts, outcomes, list(claims)),
        "outcomes": len(outcomes),
        "questions": len(register.questions(case)),
    }


def register_document(register: Register) -> dict[str, Any]:
    """What a register holds."""
    return {
        "folder": str(register.folder),
        "forecasts": [_entry_document(register, one, register.forecast(one)) for one in register.of("forecast")],
        "rivals": [{"day": one.day, **one.told} for one in register.of("rival")],
        "outcomes": [{"day": one.day, "file": one.file, **one.told} for one in register.of("outcomes")],
        "last_line": register.entries[-1].digest if register.entries else None,
    }


def _entry_document(register: Register, entry: RegisterEntry, frozen: Mapping[str, Any]) -> dict[str, Any]:
    stamps = [one for one in register.of("stamp") if one.told["digest"] == entry.told["digest"]]
    return {
        **entry.told,
        "case": entry.case,
        "edition": frozen["as_of"],
        "registered": entry.day,
        "stamps": [{key: one.told.get(key) for key in ("time", "authority", "verified")} for one in stamps],
    }


def _of_forecast(outcomes: Sequence[Outcome], frozen: Mapping[str, Any]) -> list[Outcome]:
    """The outcomes of questions that this forecast answers and that were not settled before its day."""
    return [
        one
        for one in outcomes
        if one.question in frozen["questions"] and not (one.date and one.date < str(frozen["as_of"] or ""))
    ]


def _baseline(frozen: Mapping[str, Any]) -> str:
    return str(next(iter(frozen["scenarios"])))


def _summary(scored: Sequence[_Scored]) -> dict[str, Any]:
    chances = [one for one in scored if one.score.brier is not None]
    amounts = [one for one in scored if one.question["kind"] == "quantity" and one.score.crps is not None]
    return {"chances": _chances(chances), "amounts": _amounts(amounts)}


def _chances(scored: Sequence[_Scored]) -> dict[str, Any] | None:
    """Yes-no questions: the mean Brier score, and that which the forecasts themselves expected."""
    if not scored:
        return None
    said = np.array([one.score.probability for one in scored], dtype=np.float64)
    came = np.array([one.score.outcome is True for one in scored], dtype=np.float64)
    cluster = np.array([one.cluster for one in scored])
    actual, expected = (said - came) ** 2, said * (1 - said)
    return {
        "n": len(scored),
        "clusters": len(set(cluster.tolist())),
        "brier": float(actual.mean()),
        "brier_interval": mean_interval(actual, cluster),
        "expected_brier": float(expected.mean()),
        "excess": float((actual - expected).mean()),
        "excess_interval": mean_interval(actual - expected, cluster),
        "spiegelhalter_z": _spiegelhalter(said, came),
        "said": float(said.mean()),
        "came": float(came.mean()),
        "even_chance": 0.25,
        "climatology": float(came.mean() * (1 - came.mean())),
    }


def _spiegelhalter(said: Array, came: Array) -> float | None:
    """The test of Spiegelhalter (1986): standard normal if the chances are right and the questions independent; None where all are 0 or 1."""
    spread = float((((1 - 2 * said) ** 2) * said * (1 - said)).sum())
    return float(((came - said) * (1 - 2 * said)).sum() / math.sqrt(spread)) if spread > 0 else None


def _amounts(scored: Sequence[_Scored]) -> dict[str, Any] | None:
    """Numbers: CRPS over what the forecasts expected of themselves, coverage, and by series the skill against the naive forecast."""
    if not scored:
        return None
    cluster = np.array([one.cluster for one in scored])
    actual = np.array([one.score.crps for one in scored], dtype=np.float64)
    expected = np.array([expected_crps(one.sample) for one in scored])
    sharp = np.where(expected > 0, actual / np.where(expected > 0, expected, 1.0), np.nan)
    kept = np.isfinite(sharp)
    within = {share: np.array([_is_within(one, share) for one in scored], dtype=np.float64) for share in (0.5, 0.9)}
    return {
        "n": len(scored),
        "clusters": len(set(cluster.tolist())),
        "crps_over_expected": float(sharp[kept].mean()) if kept.any() else None,
        "crps_over_expected_interval": mean_interval(sharp[kept], cluster[kept]),
        **{f"coverage_{share:.0%}".rstrip("%"): float(one.mean()) for share, one in within.items()},
        "coverage_90_interval": mean_interval(within[0.9], cluster),
        "mean_pit": float(np.mean([one.score.pit for one in scored])),
        "by_series": _by_series(scored),
    }


def _is_within(one: _Scored, share: float) -> bool:
    """Did it come within the middle share of the forecast? Of a range that came, by where it falls on average."""
    came = one.score.outcome
    if isinstance(came, float | int):
        return is_covered(one.sample, float(came), share)
    return one.score.pit is not None and abs(one.score.pit - 0.5) <= share / 2


def _by_series(scored: Sequence[_Scored]) -> dict[str, dict[str, Any]]:
    """Series and measure -> CRPS beside that of the naive forecast that was frozen with it."""
    found: dict[str, list[tuple[float, float, str]]] = {}
    for one in scored:
        naive, series = one.question.get("naive"), one.question.get("series")
        if naive and series and isinstance(one.score.outcome, float | int):
            theirs = crps_sample(np.array(naive["quantiles"], dtype=np.float64), float(one.score.outcome))
            key = f"{series['name']} ({series['measure']})"
            found.setdefault(key, []).append((float(one.score.crps or 0.0), theirs, naive["method"]))
    return {
        key: {
            "n": len(pairs),
            "crps": float(np.mean([own for own, _, _ in pairs])),
            "crps_naive": float(np.mean([theirs for _, theirs, _ in pairs])),
            "naive": pairs[0][2],
            "skill": 1 - sum(own for own, _, _ in pairs) / total if (total := sum(theirs for _, theirs, _ in pairs)) else None,
        }
        for key, pairs in found.items()
    }


def _rival_document(
    register: Register,
    entry: RegisterEntry,
    forecasts: Sequence[tuple[RegisterEntry, dict[str, Any]]],
    outcomes: Sequence[Outcome],
) -> dict[str, Any]:
    """A rival beside the forecast of the same day, on the questions that both answered: chances by Brier, numbers by interval scores."""
    frozen = next(frozen for _, frozen in forecasts if frozen["as_of"] == entry.told["as_of"])
    theirs = {one.question: one for one in read_rival(register.folder / entry.file, frozen)}
    card = score_forecast(frozen, [one for one in _of_forecast(outcomes, frozen) if one.question in theirs])
    cluster = clusters_of({name: one.get("about", ()) for name, one in frozen["questions"].items()})
    pairs: dict[str, list[tuple[float, float, int]]] = {"chances": [], "amounts": []}
    for score in (one for one in card.questions if not one.contested):
        if scores := _rival_scores(frozen, score, theirs[score.name]):
            pairs["chances" if score.brier is not None else "amounts"].append((*scores, cluster[score.name]))
    return {
        "team": entry.told["team"],
        "as_of": entry.told["as_of"],
        "chances": _paired(pairs["chances"], "brier"),
        "amounts": _paired(pairs["amounts"], "wis"),
    }


def _rival_scores(frozen: Mapping[str, Any], score: QuestionScore, theirs: RivalForecast) -> tuple[float, float] | None:
    if score.brier is not None:
        return None if theirs.probability is None else (score.brier, brier(theirs.probability, score.outcome is True))
    answer = frozen["questions"][score.name]["answers"][_baseline(frozen)]
    if theirs.quantiles is None or not isinstance(score.outcome, float | int) or answer["quantiles"] is None:
        return None
    sample, levels = np.array(answer["quantiles"], dtype=np.float64), np.array(sorted(theirs.quantiles))
    own = weighted_interval_score(levels, np.quantile(sample, levels), float(score.outcome))
    return own, weighted_interval_score(levels, np.array([theirs.quantiles[one] for one in levels]), float(score.outcome))


def _paired(pairs: Sequence[tuple[float, float, int]], name: str) -> dict[str, Any] | None:
    if not pairs:
        return None
    own, theirs, cluster = (np.array(column) for column in zip(*pairs, strict=True))
    return {
        "n": len(pairs),
        name: float(own.mean()),
        f"{name}_theirs": float(theirs.mean()),
        "ratio": float(own.sum() / theirs.sum()) if theirs.sum() > 0 else None,
        "ratio_interval": ratio_interval(own, theirs, cluster),
    }


def _experts(
    forecasts: Sequence[tuple[RegisterEntry, dict[str, Any]]], outcomes: Sequence[Outcome], claims: list[Claim]
) -> dict[str, Any] | None:
    """Predictions beside the model of the last day before each: what the expert could know, the model could not have known better."""
    if not claims:
        return None
    by_day = sorted((str(frozen["as_of"] or ""), place) for place, (_, frozen) in enumerate(forecasts))
    groups: dict[int, list[Claim]] = {}
    early = 0
    for claim in claims:
        earlier = [place for day, place in by_day if day <= claim.day]
        if earlier:
            groups.setdefault(earlier[-1], []).append(claim)
        else:
            early += 1
    sayings: list[Saying] = []
    for place, own in groups.items():
        frozen = forecasts[place][1]
        known = [claim for claim in own if claim.question in frozen["questions"]]
        sayings += [one for one in score_experts(known, frozen, _of_forecast(outcomes, frozen)).sayings if not one.contested]
    names = list(dict.fromkeys(one.question for one in sayings))
    theirs = np.array([np.mean([one.brier for one in sayings if one.question == name]) for name in names])
    ours = np.array([np.mean([one.model_brier for one in sayings if one.question == name]) for name in names])
    difference, error = mean_difference(theirs, ours)
    return {
        "n": len(sayings),
        "questions": len(names),
        "brier": float(np.mean([one.brier for one in sayings])) if sayings else None,
        "model_brier": float(np.mean([one.model_brier for one in sayings])) if sayings else None,
        "difference": difference,
        "difference_error": error,
        "before_the_first_forecast": early,
        "open": len(claims) - early - len(sayings),
    }
