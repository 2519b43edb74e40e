"""Frozen forecasts against what came: every score by origin and step, then the figures by horizon."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.case import Case
from foedus.case.series import read_series
from foedus.constructs import tree as t
from foedus.history.forecaster import MODEL
from foedus.history.scores import brier, crps_sample, is_covered, log_of_sample, pit, skill, twcrps_sample

__all__ = ["SCORES", "Scored", "horizon_figures", "score_frozen"]

SCORES = ("crps", "log", "upper", "lower", "rise", "peak")
"""CRPS; log score; CRPS beyond the 90 % and below the 10 % point of the history; Brier of "above persistence" and "above that 90 % point"."""
RESAMPLES = 2000
WEEKS_A_MONTH = 365.25 / 12 / 7


@dataclass(frozen=True)
class Scored:
    """One series over all origins.

    Attributes:
        origins: those from which it was forecast and at least one step has come.
        scores: method -> score -> (origin, step); NaN where a step has not come or a method had no forecast.
        pit: (origin, step), of the model; inside: 0.5 and 0.9 -> (origin, step), 1 where the interval held what came.
        observed: (origin, step), what came.
        bands: (origin, step, 5): the model's 5, 25, 50, 75, 95 %.
        dates: per origin, of the steps.
    """

    name: str
    unit: str
    measure: str
    origins: tuple[str, ...]
    scores: dict[str, dict[str, Array]]
    pit: Array
    inside: dict[float, Array]
    observed: Array
    bands: Array
    dates: tuple[tuple[str, ...], ...]


def score_frozen(case: Case, documents: Sequence[dict[str, Any]], steps: int) -> tuple[Scored, ...]:
    """Score frozen forecasts; here, and only here, what came later is read."""
    names = list(dict.fromkeys(name for document in documents for name in document["series"]))
    return tuple(_score_series(case, name, [one for one in documents if name in one["series"]], steps) for name in names)


def _score_series(case: Case, name: str, documents: Sequence[dict[str, Any]], steps: int) -> Scored:
    first = documents[0]["series"][name]
    came = _observed(case, first["of"])
    methods = list(dict.fromkeys(method for one in documents for method in one["series"][name]["methods"]))
    shape = (len(documents), steps)
    scores = {method: {score: np.full(shape, np.nan) for score in SCORES} for method in methods}
    found = Scored(
        name,
        first["unit"],
        first["measure"],
        tuple(one["origin"] for one in documents),
        scores,
        np.full(shape, np.nan),
        {share: np.full(shape, np.nan) for share in (0.5, 0.9)},
        np.full(shape, np.nan),
        np.full((*shape, 5), np.nan),
        tuple(tuple(one["series"][name]["dates"][:steps]) for one in documents),
    )
    for row, document in enumerate(documents):
        _score_origin(found, row, document["series"][name]["methods"], came)
    return found


def _observed(case: Case, series: str) -> dict[str, float]:
    statement = next(one for one in case.tree.all(t.Series) if one.name == series)
    _, dates, values = read_series(case, statement)
    return dict(zip(dates, values, strict=True))


def _score_origin(found: Scored, row: int, methods: dict[str, list[list[float]]], came: dict[str, float]) -> None:
    """Fill one origin's row, step by step, as long as every step has come."""
    total = 0.0
    for step, date in enumerate(found.dates[row]):
        model = np.array(methods[MODEL][step])
        found.bands[row, step] = np.quantile(model, (0.05, 0.25, 0.5, 0.75, 0.95))
        if date not in came or math.isnan(total):
            total = math.nan
            continue
        total += came[date]
        value = total if found.measure == "sum" else came[date]
        found.observed[row, step] = value
        found.pit[row, step] = pit(model, value)
        for share, inside in found.inside.items():
            inside[row, step] = is_covered(model, value, share)
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


def horizon_figures(found: Scored, horizon: int) -> dict[str, Any] | None:
    """The figures of one series at one horizon; None where no origin lies far enough back.

    `crps_skill` is about step `horizon` itself; everything that ends in `_over` is the mean over steps 1 to `horizon`. Coverage is
    counted over steps 1 to `horizon`, because at one step there are only as many forecasts as origins. The best baseline is the one
    with the lowest mean CRPS over these very origins, chosen in hindsight: the hardest to beat.
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
    rivals = [name for name in at if name != MODEL and not np.isnan(at[name]).any()]
    best, best_over = min(rivals, key=lambda name: at[name].mean()), min(rivals, key=lambda name: over[name].mean())
    block = max(1, math.ceil(horizon / WEEKS_A_MONTH))
    inside = {share: table[rows, :horizon] for share, table in found.inside.items()}
    places = found.pit[rows, :horizon].ravel()
    return {
        "crps_skill": skill(float(at[MODEL].mean()), float(at[best].mean())),
        "skill_interval": _skill_interval(at[MODEL], at[best], block, f"{found.name}:{horizon}:at"),
        "coverage_90": float(inside[0.9].mean()),
        "baseline": best,
        "n": len(rows),
        "crps": float(at[MODEL].mean()),
        "crps_baseline": float(at[best].mean()),
        "skills": {name: skill(float(at[MODEL].mean()), float(at[name].mean())) for name in rivals},
        "crps_skill_over": skill(float(over[MODEL].mean()), float(over[best_over].mean())),
        "skill_interval_over": _skill_interval(over[MODEL], over[best_over], block, f"{found.name}:{horizon}:over"),
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


def _pair(found: Scored, rows: NDArray[np.int64], horizon: int, score: str, best: str) -> dict[str, float | None]:
    """The mean of a score at the horizon, of the model and of the best baseline, over the forecasts for which both have it."""
    ours, theirs = (found.scores[name][score][rows, horizon - 1] for name in (MODEL, best))
    both = ~np.isnan(ours) & ~np.isnan(theirs)
    if not both.any():
        return {"model": None, "baseline": None}
    return {"model": float(ours[both].mean()), "baseline": float(theirs[both].mean())}


def _skill_interval(ours: Array, theirs: Array, block: int, address: str) -> list[float] | None:
    """90 % of the skill over resampled origins, in moving blocks, because neighbouring origins share most of what came.

    A block is as long as the horizon, at most half of the origins. None for fewer than four origins. Source: Künsch 1989.
    """
    count = len(ours)
    if count < 4:
        return None
    block = min(block, count // 2)
    draws = np.random.default_rng(int.from_bytes(hashlib.sha256(address.encode()).digest()[:8], "little"))
    starts = draws.integers(0, count - block + 1, (RESAMPLES, math.ceil(count / block)))
    picked = (starts[:, :, None] + np.arange(block)).reshape(RESAMPLES, -1)[:, :count]
    skills = 1 - ours[picked].mean(axis=1) / theirs[picked].mean(axis=1)
    return [float(value) for value in np.quantile(skills, (0.05, 0.95))]
