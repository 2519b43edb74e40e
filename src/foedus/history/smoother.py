"""Ensemble smoother with multiple data assimilation, over parameters and shocks, never over stocks.

Each pass runs all members, compares them with the observations as if their errors were `passes` times as large, and moves every score
along its correlation with the predictions. After all passes the observations have been used exactly once. Correlations within the
sampling noise of the ensemble are dropped, and what cannot touch an observation is left at its prior.

Source: Emerick & Reynolds 2013 (multiple data assimilation); Luo, Bhakta & Nævdal 2018 (localisation by correlation).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import numerics

if TYPE_CHECKING:
    from foedus.arrays import Array
    from foedus.history.past import Past, Prediction

__all__ = ["ONCE", "Pass", "error_variance", "held_parameters", "informed_rows", "luck_rows", "perturbations", "smooth_step"]

ONCE = 10_000
"""The number of the streams that address the one set of perturbed observations which a member keeps once its passes are done."""
_TRIALS, _LUCKS = 16, 64
_SEEN = 1.0  # squared deviations of the errors, over all observations, below which an effect is not seen
_SCALING = 0.5  # share of a parameter's effect that may depend on luck
_DROPPED = 2.0  # correlations below this many standard errors are taken to be noise


@dataclass(frozen=True)
class Pass:
    """What one pass found, before it moved the scores.

    Attributes:
        misfit: mean squared distance of the members from the observations, in standard deviations of the error.
        outliers: how many observations count as outliers, in expectation.
        failed: members that did not end well and were left as they are.
    """

    misfit: float
    outliers: float
    failed: int


def informed_rows(past: Past, seed: int = 0) -> NDArray[np.int64]:
    """Rows of the scores that may be updated: those that can touch an observation, without what only scales luck.

    A row can touch an observation if drawing it anew changes the prediction of any of 16 members; draws are tried stream by stream. The
    default seed makes it a matter of the case, not of the seed that a calibration has.
    """
    groups = [[row] for row in range(past.uncertain) if row not in past.scales]
    groups += [rows for rows in (_known_draws(past, number) for number in range(len(past.program.given))) if rows]
    found = [row for rows in _touching(past, groups, seed) for row in rows]
    scales = _scaling_rows(past, [row for row in found if row < past.uncertain], seed)
    return np.array([row for row in found if row not in scales], dtype=np.int64)


def luck_rows(past: Past, seed: int = 0) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Rows of the parameters that scale luck, or act through it, and can touch an observation; and the streams that can touch one."""
    rows = [row for (row,) in _touching(past, [[row] for row in range(past.uncertain)], seed)]
    others = [row for row in rows if row not in past.scales]
    scales = _scaling_rows(past, others, seed, least=_SEEN) if others else set()
    drawn = [(slot.stream, draws) for number, slot in enumerate(past.program.given) if (draws := _known_draws(past, number))]
    known = {draws[0]: stream for stream, draws in drawn}
    streams = [known[draws[0]] for draws in _touching(past, [draws for _, draws in drawn], seed)]
    return tuple(row for row in rows if row in past.scales or row in scales), tuple(streams)


def held_parameters(past: Past, informed: NDArray[np.int64], seed: int = 0) -> tuple[str, ...]:
    """The parameters that are left at their priors, and have to be drawn with the members all the same.

    They can touch an observation, but scale luck; or they are correlated with one that can.
    """
    moved = {int(row) for row in informed}
    rows = [[row] for row in range(past.uncertain) if row not in moved]
    touching = moved | {row for (row,) in _touching(past, rows, seed)}
    groups = [{past.sampler.uncertain.index(index) for index in members} for members, _ in past.sampler.groups]
    partners = {row for group in groups if not touching.isdisjoint(group) for row in group}
    return tuple(past.names()[row] for row in sorted((touching | partners) - moved) if row < past.uncertain)


def _touching(past: Past, groups: list[list[int]], seed: int) -> list[list[int]]:
    """The groups of rows that can touch an observation: drawn anew they change the prediction of one of a few members."""
    scores = past.prior_scores(2 * _TRIALS, seed)
    base, other = scores[:, :_TRIALS], scores[:, _TRIALS:]
    trials = [base]
    for rows in groups:
        trial = base.copy()
        trial[rows] = other[rows]
        trials.append(trial)
    predicted = past.predicted(np.concatenate(trials, axis=1)).values.reshape(-1, len(trials), _TRIALS)
    first = predicted[:, :1]
    same = (predicted == first) | (np.isnan(predicted) & np.isnan(first))
    touches = ~same.all(axis=(0, 2))
    return [rows for rows, is_touching in zip(groups, touches[1:], strict=True) if is_touching]


def _scaling_rows(past: Past, rows: list[int], seed: int, least: float = 0.0) -> set[int]:
    """Parameters that act through the size of luck: their effect differs between lucks by half of their mean effect, or more.

    Like the scale of a noise they would be drawn to where luck is cheap, whatever their true value is. What differs in all by less than
    `least` squared deviations of the errors counts for nothing.
    """
    if not rows:
        return set()
    base = past.prior_scores(_LUCKS, seed)
    base[: past.uncertain] = 0.0
    trials = []
    for row in rows:
        for score in (1.0, -1.0):
            trial = base.copy()
            trial[row] = score
            trials.append(trial)
    spreads = np.concatenate([np.full(len(one.values), law.spread) for one, law in zip(past.observed, past.laws, strict=True)])
    predicted = past.transformed(past.predicted(np.concatenate(trials, axis=1)).values) / spreads[:, None]
    apart = np.diff(predicted.reshape(len(spreads), len(rows), 2, _LUCKS), axis=2)[:, :, 0]
    with np.errstate(all="ignore"):
        direct = (np.nanmean(apart, axis=2) ** 2).sum(axis=0)
        through_luck = np.nanvar(apart, axis=2, ddof=1).sum(axis=0)
    return {row for row, own, other in zip(rows, direct, through_luck, strict=True) if other > max(_SCALING**2 * own, least)}


def _known_draws(past: Past, number: int) -> list[int]:
    """The rows of a stream's draws that were made before the last observation."""
    slot, last = past.program.given[number], max(float(one.times.max()) for one in past.observed if len(one.times))
    rows = [row for row in past.rows_of(slot) if row not in past.silent]
    if not rows or not slot.every:
        return rows
    return [row for row, step in zip(past.rows_of(slot), slot.steps(), strict=True) if step * past.program.step <= last + 1e-9]


def smooth_step(
    past: Past, scores: Array, prediction: Prediction, rows: NDArray[np.int64], passes: int, number: int, seed: int
) -> tuple[Array, Pass]:
    """One pass.

    Args:
        scores: (row, member).
        prediction: of these scores.
        rows: which of them are updated.
        passes: how many passes there are in all.
        number: of this pass; addresses the streams of the perturbations.
        seed: of the perturbations.
    Returns:
        The new scores, and what was found.
    """
    is_ok = prediction.is_ok
    predicted = past.transformed(prediction.values[:, is_ok])
    observed = past.transformed(past.values)
    variance, outliers = error_variance(past, predicted)
    gaps = observed[:, None] - predicted
    found = Pass(float(np.mean(gaps**2 / variance[:, None])), float(outliers.sum()), int((~is_ok).sum()))
    count = predicted.shape[1]
    around = predicted - predicted.mean(axis=1, keepdims=True)
    own = scores[np.ix_(rows, np.flatnonzero(is_ok))]
    centred = own - own.mean(axis=1, keepdims=True)
    crossed = centred @ around.T / (count - 1)
    spreads = centred.std(axis=1, ddof=1)[:, None] * around.std(axis=1, ddof=1)[None, :]
    crossed[np.abs(crossed) < _DROPPED / np.sqrt(count) * spreads] = 0.0
    inflated = passes * variance
    total = around @ around.T / (count - 1) + np.diag(inflated)
    noise = perturbations(past, seed, number, np.flatnonzero(is_ok))
    moved = own + crossed @ np.linalg.solve(total, gaps + np.sqrt(inflated)[:, None] * noise)
    new = scores.copy()
    new[np.ix_(rows, np.flatnonzero(is_ok))] = moved
    return new, found


def error_variance(past: Past, predicted: Array) -> tuple[Array, Array]:
    """(observation,): the variance of each error, outliers weighed by their chance; and that chance."""
    variances, chances = [], []
    middles, spreads = past.split(predicted.mean(axis=1)), past.split(predicted.var(axis=1, ddof=1))
    for law, one, middle, spread in zip(past.laws, past.observed, middles, spreads, strict=True):
        chance = law.outlier_chance(one.values, middle, spread)
        chances.append(chance)
        variances.append(law.spread**2 / ((1 - chance) + chance / law.times**2))
    return np.concatenate(variances), np.concatenate(chances)


def perturbations(past: Past, seed: int, number: int, members: NDArray[np.int64]) -> Array:
    """(observation, member): standard normal numbers, addressed by what was observed when."""
    parts = []
    for one in past.observed:
        index = np.round(one.times * 1024).astype(np.int64) % 2**32
        stream = f"perturbation:{one.slot.name}:{number}"
        parts.append(numerics.uniform(seed, stream, members[None, :], index[:, None]))
    return numerics.normal_quantile(np.concatenate(parts))
