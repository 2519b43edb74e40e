"""Frozen forecasts against what came: every score by origin and step, then the figures by horizon.

A series is judged by one baseline that was declared before anything was scored; the best of the others, chosen in hindsight, stands beside
it. From the forecasts of each origin a pool is made besides, with weights learned from earlier ones (`stack`).
"""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.case import Case
from foedus.case.series import read_series
from foedus.constructs import tree as t
from foedus.history.baselines import DECLARED
from foedus.history.forecaster import MODEL
from foedus.history.scores import brier, crps_sample, log_of_sample, pit, skill, twcrps_sample
from foedus.history.stack import LEVELS, StackedPool, no_pool, pooled_of

__all__ = ["POOL", "SCORES", "STACKED", "Scored", "held", "horizon_figures", "independent", "score_frozen"]

SCORES = ("crps", "log", "upper", "lower", "rise", "peak")
"""CRPS; log score; CRPS beyond the 90 % and below the 10 % point of the history; Brier of "above persistence" and "above that 90 % point"."""
STACKED = "stacked"
POOL = (MODEL, "persistence", "damped trend")
"""What is pooled, beside the declared baseline of the series: settled before any of it was scored."""
RESAMPLES = 2000
FEWEST_INDEPENDENT = 3


@dataclass(frozen=True)
class Scored:
    """One series over all origins.

    Attributes:
        origins: those from which it was forecast and at least one step has come.
        scores: method -> score -> (origin, step); NaN where a step has not come or a method had no forecast.
        pit: (origin, step), of the model.
        observed: (origin, step), what came.
        bands: (origin, step, 5): the model's quantiles at LEVELS.
        dates: per origin, of the steps.
        declared: the baseline that was declared in advance; pooled: the pool of methods; its CRPS stands under STACKED.
    """

    name: str
    unit: str
    measure: str
    origins: tuple[str, ...]
    scores: dict[str, dict[str, Array]]
    pit: Array
    observed: Array
    bands: Array
    dates: tuple[tuple[str, ...], ...]
    declared: str
    pooled: StackedPool

    @property
    def inside(self) -> dict[float, Array]:
        """0.5 and 0.9 -> (origin, step), 1 where the model's interval held what came, NaN where nothing has come."""
        ends = {0.5: (1, 3), 0.9: (0, 4)}
        return {share: held(self.bands[..., low], self.bands[..., high], self.observed) for share, (low, high) in ends.items()}


def held(low: Array, high: Array, observed: Array) -> Array:
    """1 where what came lies between two ends, else 0; NaN where nothing has come."""
    return np.where(np.isnan(observed), np.nan, ((observed >= low) & (observed <= high)).astype(np.float64))


def score_frozen(
    case: Case, documents: Sequence[dict[str, Any]], steps: int, before: datetime.date | None = None
) -> tuple[Scored, ...]:
    """Score frozen forecasts; here, and only here, what came later is read.

    Args:
        steps: how many of each forecast.
        before: nothing of this day or later is read; None for all.
    """
    names = list(dict.fromkeys(name for document in documents for name in document["series"]))
    return tuple(_score_series(case, name, [one for one in documents if name in one["series"]], steps, before) for name in names)


def _score_series(case: Case, name: str, documents: Sequence[dict[str, Any]], steps: int, before: datetime.date | None) -> Scored:
    first = documents[0]["series"][name]
    came = {day: value for day, value in _observed(case, first["of"]).items() if before is None or day < before.isoformat()}
    methods = list(dict.fromkeys(method for one in documents for method in one["series"][name]["methods"]))
    aims = {one["name"]: one for one in documents[0].get("plan", {}).get("aims", ())}
    declared = aims.get(name, {}).get("baseline", DECLARED)
    declared = declared if declared in methods else "persistence"
    pool = tuple(dict.fromkeys(one for one in (MODEL, declared, *POOL) if one in methods))
    shape = (len(documents), steps)
    scores = {method: {score: np.full(shape, np.nan) for score in SCORES} for method in (*methods, STACKED)}
    found = Scored(
        name,
        first["unit"],
        first["measure"],
        tuple(one["origin"] for one in documents),
        scores,
        np.full(shape, np.nan),
        np.full(shape, np.nan),
        np.full((*shape, len(LEVELS)), np.nan),
        tuple(tuple(one["series"][name]["dates"][:steps]) for one in documents),
        declared,
        no_pool(shape),
    )
    samples = [document["series"][name]["methods"] for document in documents]
    for row, methods_of in enumerate(samples):
        _score_origin(found, row, methods_of, came)
    pooled, scores[STACKED]["crps"] = pooled_of(pool, samples, found.dates, found.origins, found.observed)
    return replace(found, pooled=pooled)


def _observed(case: Case, series: str) -> dict[str, float]:
    statement = next(one for one in case.tree.all(t.Series) if one.name == series)
    _, dates, values = read_series(case, statement)
    return dict(zip(dates, values, strict=True))


def _score_origin(found: Scored, row: int, methods: dict[str, list[list[float]]], came: dict[str, float]) -> None:
    """Fill one origin's row, step by step, as long as every step has come."""
    total = 0.0
    for step, date in enumerate(found.dates[row]):
        model = np.array(methods[MODEL][step])
        found.bands[row, step] = np.quantile(model, LEVELS)
        if date not in came or math.isnan(total):
            total = math.nan
            continue
        total += came[date]
        value = total if found.measure == "sum" else came[date]
        found.observed[row, step] = value
        found.pit[row, step] = pit(model, value)
        usual, (low, high) = float(np.median(methods["persistence"][step])), np.quantile(methods["climatology"][step], (0.1, 0.9))
        for name, rows in methods.items():
            sample = np.array(rows[step])
            density = log_of_sample(sample, value)
            figures = (
                crps_sample(sample, value),
                math.nan if density is None else density,
                twcrps_sample(sample, value, float(high)),
                twcrps_sample(sample, value, float(low), is_upper=False),
                brier(float((sample > usual).mean()), value > usual),
                brier(float((sample > high).mean()), value > float(high)),
            )
            for score, figure in zip(SCORES, figures, strict=True):
                found.scores[name][score][row, step] = figure


def independent(origins: Sequence[str], horizon: int) -> int:
    """How many of the origins lie so far apart that what came of one is not what came of the next: stretches of the horizon between them."""
    days = [datetime.date.fromisoformat(one) for one in origins]
    return min(len(days), (days[-1] - days[0]).days // (7 * horizon) + 1) if days else 0


def horizon_figures(found: Scored, horizon: int) -> dict[str, Any] | None:
    """The figures of one series at one horizon; None where no origin lies far enough back.

    `crps_skill` is about step `horizon` itself; everything that ends in `_over` is the mean over steps 1 to `horizon`. Coverage is
    counted over steps 1 to `horizon`, because at one step there are only as many forecasts as origins. The best baseline is the one
    with the lowest mean CRPS over these very origins, chosen in hindsight: the hardest to beat. The declared one was settled before.
    `independent` says how many origins share nothing of what came; with fewer than three of them no interval is given.
    """
    rows = (
        np.flatnonzero(~np.isnan(found.observed[:, horizon - 1]))
        if found.observed.shape[1] >= horizon
        else np.array([], dtype=int)
    )
    if not len(rows):
        return None
    at = {name: table["crps"][rows, horizon - 1] for name, table in found.scores.items()}
    over = {name: table["crps"][rows, :horizon].mean(axis=1) for name, table in found.scores.items()}
    rivals = [name for name in at if name not in (MODEL, STACKED) and not np.isnan(at[name]).any()]
    best, best_over = min(rivals, key=lambda name: at[name].mean()), min(rivals, key=lambda name: over[name].mean())
    origins = [found.origins[row] for row in rows]
    apart = independent(origins, horizon)
    block = max(1, math.ceil(len(rows) / apart))
    inside = {share: table[rows, :horizon] for share, table in found.inside.items()}
    places = found.pit[rows, :horizon].ravel()
    return {
        "crps_skill": skill(float(at[MODEL].mean()), float(at[best].mean())),
        "skill_interval": _skill_interval(at[MODEL], at[best], block, apart, f"{found.name}:{horizon}:at"),
        "coverage_90": float(inside[0.9].mean()),
        "baseline": best,
        "n": len(rows),
        "independent": apart,
        "declared": _against(found, rows, horizon, MODEL, block, apart),
        "stacked": _stacked(found, rows, horizon, block, apart),
        "crps": float(at[MODEL].mean()),
        "crps_baseline": float(at[best].mean()),
        "skills": {name: skill(float(at[MODEL].mean()), float(at[name].mean())) for name in rivals},
        "crps_skill_over": skill(float(over[MODEL].mean()), float(over[best_over].mean())),
        "skill_interval_over": _skill_interval(over[MODEL], over[best_over], block, apart, f"{found.name}:{horizon}:over"),
        "baseline_over": best_over,
        "crps_over": float(over[MODEL].mean()),
        "crps_baseline_over": float(over[best_over].mean()),
        "skills_over": {name: skill(float(over[MODEL].mean()), float(over[name].mean())) for name in rivals},
        "coverage_50": float(inside[0.5].mean()),
        "coverage_90_at": float(inside[0.9][:, -1].mean()),
        "width_90": float((found.bands[rows, horizon - 1, 4] - found.bands[rows, horizon - 1, 0]).mean()),
        "bias": float((found.bands[rows, horizon - 1, 2] - found.observed[rows, horizon - 1]).mean()),
        "pit": [int(count) for count in np.histogram(places, np.linspace(0, 1, 11))[0]],
        "scores": {score: _pair(found, rows, horizon, score, best) for score in SCORES[1:]},
    }


def _against(found: Scored, rows: NDArray[np.int64], horizon: int, method: str, block: int, apart: int) -> dict[str, Any] | None:
    """A method against the declared baseline at the horizon; None where one of them is missing somewhere."""
    ours, theirs = (found.scores[name]["crps"][rows, horizon - 1] for name in (method, found.declared))
    if np.isnan(ours).any() or np.isnan(theirs).any():
        return None
    return {
        "baseline": found.declared,
        "crps": float(ours.mean()),
        "crps_baseline": float(theirs.mean()),
        "skill": skill(float(ours.mean()), float(theirs.mean())),
        "skill_interval": _skill_interval(ours, theirs, block, apart, f"{found.name}:{horizon}:{method}:declared"),
    }


def _stacked(found: Scored, rows: NDArray[np.int64], horizon: int, block: int, apart: int) -> dict[str, Any] | None:
    """The pool at the horizon: against the declared baseline, its coverage, and the weights of the last origin, which knew most."""
    told = _against(found, rows, horizon, STACKED, block, apart)
    if told is None:
        return None
    pool, last = found.pooled, len(found.origins) - 1
    inside = held(pool.bands[rows, :horizon, 0], pool.bands[rows, :horizon, 4], found.observed[rows, :horizon])
    weights = pool.weights[last, horizon - 1]
    return {
        **told,
        "coverage_90": float(np.nanmean(inside)),
        "weights": {name: float(weight) for name, weight in zip(pool.methods, weights, strict=True)},
    }


def _pair(found: Scored, rows: NDArray[np.int64], horizon: int, score: str, best: str) -> dict[str, float | None]:
    """The mean of a score at the horizon, of the model and of the best baseline, over the forecasts for which both have it."""
    ours, theirs = (found.scores[name][score][rows, horizon - 1] for name in (MODEL, best))
    both = ~np.isnan(ours) & ~np.isnan(theirs)
    if not both.any():
        return {"model": None, "baseline": None}
    return {"model": float(ours[both].mean()), "baseline": float(theirs[both].mean())}


def _skill_interval(ours: Array, theirs: Array, block: int, apart: int, address: str) -> list[float] | None:
    """90 % of the skill over resampled origins, in moving blocks, because neighbouring origins share most of what came.

    A block is as long as the horizon, at most half of the origins. None where fewer than three origins are independent: what they would
    be drawn from is one stretch of history, or two. Source: Künsch 1989.
    """
    count = len(ours)
    if count < 4 or apart < FEWEST_INDEPENDENT:
        return None
    block = min(block, count // 2)
    draws = np.random.default_rng(int.from_bytes(hashlib.sha256(address.encode()).digest()[:8], "little"))
    starts = draws.integers(0, count - block + 1, (RESAMPLES, math.ceil(count / block)))
    picked = (starts[:, :, None] + np.arange(block)).reshape(RESAMPLES, -1)[:, :count]
    skills = 1 - ours[picked].mean(axis=1) / theirs[picked].mean(axis=1)
    return [float(value) for value in np.quantile(skills, (0.05, 0.95))]
