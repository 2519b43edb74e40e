"""Scales of noise, learned: which sizes of luck make what was observed most likely, with everything else integrated out.

A scale and the shocks that it scales cannot be moved together by an update: the scale goes to where luck is cheap, whatever it is. So the
scales are learned first and by themselves. Given them, the past is a function of standard normal scores and close to linear, and the
likelihood of the scales is that of the innovations,

    log p(y | scales) = - |z|² / 2 + log p(y | z) - 1/2 log det(1 + G' W G),

at the most likely scores z, with the sensitivities G = dy/dz there and the weights W of the observations (Laplace's approximation; for a
linear past with normal errors it is exact, and is what a Kalman filter would say). The posterior of the scales is followed along the
axes of its own curvature, and each member draws its scales from it. Everything else is then moved given them: each member starts from the
posterior of its own linearised past (with a draw of the prior and a perturbed copy of the observations), and is refined from there.

With one scale the ranks of made-up truths are uniform; of several at once each may come out too narrow (docs/calibration.md), while
forecasts do not.

Source: Tierney & Kadane 1986 (Laplace); Rue, Martino & Chopin 2009 and Martins, Simpson, Lindgren & Rue 2013 (scales explored along the
axes of the curvature, each axis with its own skewness).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.errors import InputError, Problem
from foedus.history.smoother import ONCE, luck_rows, perturbations
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.arrays import Array
    from foedus.history.past import Past

__all__ = ["MOST_WIDTHS", "WidthsPosterior", "learned_widths", "linear_start", "width_rows"]

MOST_WIDTHS = 8
"""So many scales can be learned at once: the work grows with the square of their number."""
_STEP = 0.1  # of the differences that give sensitivities, in standard deviations of the scores
_LENGTHS = (1.0, 0.5, 0.2, 0.05)  # of a step towards the most likely scores, tried together
_FITS, _ENOUGH = 12, 0.01  # steps at most, and the gain of the log density below which they end
_LINEAR = 0.1  # so many deviations of an error may a prediction be off after a step for the past to count as linear there
_SPACING, _SEARCHES, _FARTHEST = 0.4, 10, 1.5  # of the search for the most likely scales
_AXIS = np.array([-4.0, -2.75, -1.75, -0.9, 0.0, 0.9, 1.75, 2.75, 4.0])
_FINE = np.linspace(-5.0, 5.0, 2001)
_BATCH = 6000  # members that are run at once
_NARROW = 1.0  # least curvature of the log posterior: that of the prior


@dataclass(frozen=True, eq=False)
class WidthsPosterior:
    """What is known of the scales.

    Attributes:
        rows: of the scores that hold them.
        names: of the parameters.
        centre: (scale,), the most likely scores.
        scores: (row, 1), the most likely scores of all else there.
        axes: (scale, axis): one standard deviation along each axis of the curvature.
        levels: (axis, place): the distribution function along each axis at `_FINE`, in standard deviations from the centre.
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    centre: Array
    scores: Array
    axes: Array
    levels: Array

    def draw(self, members: int, seed: int) -> Array:
        """(scale, member): scores drawn from it, from streams addressed by the seed."""
        numbers = np.arange(members)
        along = [np.interp(numerics.uniform(seed, f"widths:{axis}", numbers), row, _FINE) for axis, row in enumerate(self.levels)]
        return np.asarray(self.centre[:, None] + self.axes @ np.array(along))


def width_rows(past: Past) -> tuple[int, ...]:
    """The rows of the parameters that set or pass on the size of luck, and can touch an observation.

    Raises:
        InputError: there is none, there are too many, or the past has draws that are no noise (events, decisions), of which no
            derivative says anything.
    """
    rows, streams = luck_rows(past)
    jumps = sorted({name for name in streams if not name.startswith("noise:")})

    def refuse(message: str, help: str) -> InputError:
        return InputError(Problem(past.case.name, 0, 0, "no-widths", message, help))

    if jumps:
        message = f"widths cannot be learned from a past in which something happens by chance ({', '.join(jumps[:3])})."
        raise refuse(message, "Leave them at their priors (--widths assumed), or give the past what happened in it.")
    if not rows:
        raise refuse(
            "no parameter sets the size of a noise that an observation can see.", "Make the scale of a noise a parameter."
        )
    if len(rows) > MOST_WIDTHS:
        message = f"{counted(len(rows), 'parameter')} set the size of luck; {MOST_WIDTHS} can be learned at once."
        raise refuse(message, "Let elements of an index share one, or fix some of them.")
    return rows


def learned_widths(past: Past, rows: NDArray[np.int64], widths: tuple[int, ...]) -> WidthsPosterior:
    """The posterior of the scales.

    Args:
        rows: of the scores that the smoother may update; integrated out here.
        widths: rows of the scales, as `width_rows` gives them.
    """
    likelihood = _Likelihood(past, rows, np.array(widths, dtype=np.int64))
    count = len(widths)
    centre, scores = np.zeros(count), np.zeros((len(rows), 1))
    for _ in range(_SEARCHES):
        found = likelihood.around(centre, _SPACING * _stencil(count), scores)
        slope, curvature = _quadratic(found.values, count)
        size = np.maximum(-np.diag(curvature), 0.5)
        move = np.clip(slope / size, -_FARTHEST, _FARTHEST)
        scores = found.scores[:, :1]
        if np.abs(move).max() < 0.05:
            break
        centre = np.clip(centre + move, -4.0, 4.0)
    found = likelihood.around(centre, _SPACING * _stencil(count, crossed=True), scores)
    slope, curvature = _quadratic(found.values, count)
    weights, directions = np.linalg.eigh(-(curvature + curvature.T) / 2)
    axes = directions / np.sqrt(np.maximum(weights, _NARROW / 4))[None, :]
    levels = []
    for axis in range(count):
        along = likelihood.around(centre, axes[:, axis][:, None] * _AXIS[None, :], found.scores[:, :1])
        levels.append(_distribution(along.values))
    names = past.names()
    return WidthsPosterior(widths, tuple(names[row] for row in widths), centre, found.scores[:, :1], axes, np.array(levels))


def linear_start(past: Past, rows: NDArray[np.int64], known: WidthsPosterior, scores: Array, seed: int) -> Array:
    """(row, member): draws of the prior, moved to the posterior of the past as it is linear around the most likely scores.

    Args:
        rows: of the scores that may be moved.
        known: what is known of the scales; `scores` hold the scales of each member already.
        scores: (row, member), draws of the prior.
        seed: of the perturbed observations, which are those of the refinements.
    """
    widths = np.array(known.rows, dtype=np.int64)
    likelihood = _Likelihood(past, rows, widths)
    members = np.arange(scores.shape[1])
    noise = perturbations(past, seed, ONCE, members)
    new, size = scores.copy(), max(1, _BATCH // (2 * len(rows) + 1))
    for first in range(0, len(members), size):
        own = members[first : first + size]
        new[np.ix_(rows, own)] = likelihood.drawn(
            scores[np.ix_(widths, own)], known.scores, scores[np.ix_(rows, own)], noise[:, own]
        )
    return new


def _stencil(count: int, *, crossed: bool = False) -> Array:
    """(scale, point): the centre, a step to both sides along each scale, and along both of each two."""
    unit = np.eye(count)
    points = [np.zeros(count)]
    for one in range(count):
        points += [unit[one], -unit[one]]
    if crossed:
        points += [unit[one] + unit[other] for one in range(count) for other in range(one)]
    return np.array(points).T


def _quadratic(values: Array, count: int) -> tuple[Array, Array]:
    """Slope (scale,) and curvature (scale, scale) of the log posterior at the centre of a stencil."""
    ahead, behind = values[1 : 2 * count + 1 : 2], values[2 : 2 * count + 1 : 2]
    slope = (ahead - behind) / (2 * _SPACING)
    curvature = np.diag((ahead + behind - 2 * values[0]) / _SPACING**2)
    place = 2 * count + 1
    if len(values) > place:
        for one in range(count):
            for other in range(one):
                mixed = (values[place] - ahead[one] - ahead[other] + values[0]) / _SPACING**2
                curvature[one, other] = curvature[other, one] = mixed
                place += 1
    return slope, curvature


def _distribution(values: Array) -> Array:
    """(place,): the distribution function at `_FINE` of a log density known at `_AXIS`; beyond its ends it falls as it did before them."""
    from scipy.interpolate import PchipInterpolator

    curve = PchipInterpolator(_AXIS, values)
    log = curve(np.clip(_FINE, _AXIS[0], _AXIS[-1]))
    beyond = np.maximum(np.abs(_FINE) - _AXIS[-1], 0.0)
    density = np.exp(log - log.max() - beyond * (_AXIS[-1] + beyond / 2))
    total = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return np.asarray(total / total[-1] + 1e-12 * np.arange(len(total)))


@dataclass(frozen=True, eq=False)
class _Found:
    """At some points: the log posterior of the scales (point,), and the most likely scores there (row, point)."""

    values: Array
    scores: Array


class _Likelihood:
    """The log posterior of the scales, at several points at once."""

    def __init__(self, past: Past, rows: NDArray[np.int64], widths: NDArray[np.int64]) -> None:
        self.past, self.rows, self.widths = past, rows, widths
        self.observed = past.transformed(past.values)

    def around(self, centre: Array, steps: Array, start: Array) -> _Found:
        """At `centre + steps` (scale, point), from scores (row, 1) that were most likely nearby."""
        points = centre[:, None] + steps
        size = max(1, _BATCH // (2 * len(self.rows) + 1))
        parts = [self._at(points[:, first : first + size], start) for first in range(0, points.shape[1], size)]
        return _Found(np.concatenate([one.values for one in parts]), np.concatenate([one.scores for one in parts], axis=1))

    def _at(self, points: Array, start: Array) -> _Found:
        scores = np.repeat(start, points.shape[1], axis=1)
        predicted = self._predicted(points, scores)
        best = self._density(scores, predicted)
        sensitivity = self._sensitivity(points, scores)
        for _ in range(_FITS):
            move = self._full_step(sensitivity, scores, predicted)
            tries = [scores + length * move for length in _LENGTHS]
            many = self._predicted(np.tile(points, len(tries)), np.concatenate(tries, axis=1))
            results = many.reshape(len(many), len(tries), -1)
            densities = np.array([self._density(one, results[:, place]) for place, one in enumerate(tries)])
            chosen, columns = densities.argmax(axis=0), np.arange(points.shape[1])
            gain = densities[chosen, columns] - best
            is_better, before = gain > 0, predicted
            scores = np.where(is_better, np.stack(tries)[chosen, :, columns].T, scores)
            predicted = np.where(is_better, results[:, chosen, columns], predicted)
            best = np.where(is_better, densities[chosen, columns], best)
            if gain.max() < _ENOUGH or (
                (chosen[is_better] == 0).all() and self._is_linear(sensitivity, move, results[:, 0], before)
            ):
                break
            sensitivity = self._sensitivity(points, scores)
        weights = self._weights(predicted)
        values = best - 0.5 * (points**2).sum(axis=0)
        for place in range(points.shape[1]):
            scaled = np.sqrt(weights[:, place])[:, None] * sensitivity[place]
            values[place] -= 0.5 * np.linalg.slogdet(np.eye(len(scaled)) + scaled @ scaled.T)[1]
        return _Found(np.where(np.isfinite(values), values, -1e6), scores)

    def _is_linear(self, sensitivity: Array, move: Array, reached: Array, before: Array) -> bool:
        """Did a full step lead where the sensitivities said? Then they are those of its end, too, and it is the last."""
        expected = before + np.einsum("pnr,rp->np", sensitivity, move)
        return bool((np.abs(reached - expected) * np.sqrt(self._weights(reached)) < _LINEAR).all())

    def drawn(self, points: Array, start: Array, prior: Array, noise: Array) -> Array:
        """(row, point): a draw of the prior moved to the posterior of the past as it is linear around `start` (row, 1).

        Args:
            points: (scale, point).
            prior: (row, point).
            noise: (observation, point), standard normal.
        """
        scores = np.repeat(start, points.shape[1], axis=1)
        predicted = self._predicted(points, scores)
        weights, moved = np.maximum(self._weights(predicted), 1e-12), []
        for place, slopes in enumerate(self._sensitivity(points, scores)):
            wanted = self.observed + noise[:, place] / np.sqrt(weights[:, place])
            gap = np.nan_to_num(wanted - predicted[:, place]) - slopes @ (prior[:, place] - scores[:, place])
            total = slopes @ slopes.T + np.diag(1 / weights[:, place])
            moved.append(prior[:, place] + slopes.T @ np.linalg.solve(total, gap))
        return np.array(moved).T

    def _predicted(self, points: Array, scores: Array) -> Array:
        """(observation, member), on the transformed scale."""
        every = np.zeros((self.past.rows, scores.shape[1]))
        every[self.rows], every[self.widths] = scores, points
        return self.past.transformed(self.past.predicted(every).values)

    def _sensitivity(self, points: Array, scores: Array) -> Array:
        """(point, observation, row), by differences to both sides."""
        count, rows = scores.shape[1], len(self.rows)
        steps = np.concatenate([_STEP * np.eye(rows), -_STEP * np.eye(rows)], axis=1)
        trials = (scores.T[:, :, None] + steps[None]).transpose(1, 0, 2).reshape(rows, -1)
        found = self._predicted(np.repeat(points, 2 * rows, axis=1), trials).reshape(-1, count, 2, rows)
        return np.asarray(np.nan_to_num((found[:, :, 0] - found[:, :, 1]) / (2 * _STEP)).transpose(1, 0, 2))

    def _weights(self, predicted: Array) -> Array:
        """(observation, point): one over the variance of each error, outliers weighed by their chance."""
        found = []
        parts = zip(self.past.laws, self.past.observed, self.past.split(predicted), strict=True)
        for law, one, middle in parts:
            chance = law.outlier_chance(np.repeat(one.values[:, None], middle.shape[1], axis=1), middle, np.zeros_like(middle))
            found.append(np.where(np.isfinite(middle), ((1 - chance) + chance / law.times**2) / law.spread**2, 0.0))
        return np.concatenate(found)

    def _full_step(self, sensitivity: Array, scores: Array, predicted: Array) -> Array:
        """(row, point): to the most likely scores of the linearised past, G' (G G' + W^-1)^-1 (d - y + G z) - z."""
        weights, moves = self._weights(predicted), []
        for place, slopes in enumerate(sensitivity):
            gap = np.nan_to_num(self.observed - predicted[:, place]) + slopes @ scores[:, place]
            total = slopes @ slopes.T + np.diag(1 / np.maximum(weights[:, place], 1e-12))
            moves.append(slopes.T @ np.linalg.solve(total, gap) - scores[:, place])
        return np.array(moves).T

    def _density(self, scores: Array, predicted: Array) -> Array:
        """(point,): the log density of scores and observations; -inf where a member failed."""
        total = -0.5 * (scores**2).sum(axis=0)
        parts = zip(self.past.laws, self.past.split(self.observed), self.past.split(predicted), strict=True)
        for law, observed, middle in parts:
            total = total + law.log_density_of_gap(observed[:, None] - middle).sum(axis=0)
        return np.where(np.isfinite(total), total, -np.inf)
