"""Scales of noise, learned: which sizes of luck make what was observed most likely, with everything else integrated out.

A scale and the shocks that it scales cannot be moved together by an update: the scale goes to where luck is cheap, whatever it is. So the
scales are learned first and by themselves. Given them, the past is a function of standard normal scores and close to linear, and the
likelihood of the scales is that of the innovations,

    log p(y | scales) = - |z|² / 2 + log p(y | z) - 1/2 log det(1 + G' W G),

at the most likely scores z, with the sensitivities G = dy/dz there and the weights W of the observations (Laplace's approximation; for a
linear past with normal errors it is exact, and is what a Kalman filter would say). The posterior of one scale is followed point by point.
Several stand in for each other, so that theirs may be bent: points are drawn around the most likely ones along the axes of the curvature,
with long tails, and weighted by what the likelihood says of each. Each member draws its scales from that. Everything else is then moved
given them: each member starts from the posterior of its own linearised past (with a draw of the prior and a perturbed copy of the
observations), and is refined from there.

Source: Tierney & Kadane 1986 (Laplace); Rue, Martino & Chopin 2009 and Martins, Simpson, Lindgren & Rue 2013 (scales explored along the
axes of the curvature); Geweke 1989 (points of a Student law with weights).
"""

from __future__ import annotations

from collections.abc import Callable
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

__all__ = [
    "MOST_ROWS",
    "MOST_WIDTHS",
    "WidthsPosterior",
    "followed_rows",
    "jumps_of",
    "learned_widths",
    "linear_start",
    "most_likely",
    "uphill",
    "width_rows",
]

MOST_WIDTHS = 8
"""So many scales can be learned at once: the work grows with the square of their number."""
MOST_ROWS = 600
"""With more parameters and draws than that scales are learned only where it is asked for: it takes more than a few minutes."""
_STEP = 0.1  # of the differences that give sensitivities, in standard deviations of the scores
_LENGTHS = (1.0, 0.5, 0.2, 0.05)  # of a step towards the most likely scores, tried together
_FITS, _ENOUGH = 12, 0.01  # steps at most, and the gain of the log density below which they end
_LINEAR = 0.1  # so many deviations of an error may a prediction be off after a step for the past to count as linear there
_SPACING, _SEARCHES, _FARTHEST, _EDGE = 0.4, 30, 1.5, 4.5  # of the search for the most likely scales, in standard deviations
_FIRST, _AGAIN, _HIGHER = 8, 4, 1.0
"""Points per scale that are looked at first; searches at most, each from a point that is so much higher than where the last one ended."""
_POINTS, _MORE, _FREEDOM, _WIDER = 50, 100, 5, 1.2
"""Points per scale that carry the posterior (more where luck alone is left: a point is cheap then), and of the Student law that they are
drawn from: its freedom, and by how much it is wider."""
_AXIS = np.array([-4.0, -2.75, -1.75, -0.9, 0.0, 0.9, 1.75, 2.75, 4.0])
_FINE = np.linspace(-5.0, 5.0, 2001)
_BATCH = 6000  # members that are run at once
_NARROW = 1.0  # least curvature of the log posterior: that of the prior

Tell = Callable[[float], None]


def _unheard(share: float) -> None:
    """Where nobody asks how far it is."""


@dataclass(frozen=True, eq=False)
class WidthsPosterior:
    """What is known of the scales.

    Attributes:
        rows: of the scores that hold them.
        names: of the parameters.
        scores: (row, 1), the most likely scores of all else, at the most likely scales.
        points: (scale, point), scores of the scales.
        below: (point,), the chance of a point and of all before it.
        likely: (row, point), the most likely scores of all else at each point; (row, 0) where points are interpolated.
    """

    rows: tuple[int, ...]
    names: tuple[str, ...]
    scores: Array
    points: Array
    below: Array
    likely: Array

    @property
    def carriers(self) -> float:
        """By how many equal points the posterior is carried."""
        shares = np.diff(self.below, prepend=0.0)
        return float(1 / (shares**2).sum())

    def draw(self, members: int, seed: int) -> Array:
        """(scale, member): scores drawn from it, from a stream addressed by the seed; of one scale, between its points too."""
        chance = numerics.uniform(seed, "widths", np.arange(members))
        if len(self.rows) == 1:
            return np.asarray(np.interp(chance, self.below, self.points[0])[None, :])
        return np.asarray(self.points[:, self._places(chance)])

    def likely_of(self, members: int, seed: int) -> Array:
        """(row, member): the most likely scores of all else at the points that `draw` gives these members; (row, 1) of one scale."""
        if not self.likely.shape[1]:
            return self.scores
        return np.asarray(self.likely[:, self._places(numerics.uniform(seed, "widths", np.arange(members)))])

    def _places(self, chance: Array) -> NDArray[np.int64]:
        return np.asarray(np.searchsorted(self.below, chance), dtype=np.int64)


def width_rows(past: Past) -> tuple[int, ...]:
    """The rows of the parameters that set or pass on the size of luck, and can touch an observation.

    Raises:
        InputError: there is none, there are too many, or the past has draws that are no noise (events, decisions), of which no
            derivative says anything.
    """
    rows, streams = luck_rows(past)
    jumps = jumps_of(streams)

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


def followed_rows(past: Past, rows: NDArray[np.int64], widths: tuple[int, ...]) -> tuple[int, ...]:
    """The rows that points carry: the scales, and where they are few enough together, all parameters that may be moved.

    What multiplies luck and moves the mean as well (the rate at which a stock drains, where its outflow scatters) is a scale where little is
    known of it: at the most likely value alone the likelihood of the scales is off. With all parameters followed, what is left is luck, and
    given them the past is as linear in it as it can be.

    Args:
        rows: of the scores that a smoother may update.
        widths: as `width_rows` gives them.
    """
    every = (*widths, *(int(row) for row in rows if row < past.uncertain and int(row) not in widths))
    return every if len(every) <= MOST_WIDTHS else widths


def jumps_of(streams: tuple[str, ...]) -> list[str]:
    """Those of some streams that are no noise: events and decisions, by whose draws nothing can be differentiated."""
    return sorted({name for name in streams if not name.startswith("noise:")})


def learned_widths(past: Past, rows: NDArray[np.int64], widths: tuple[int, ...], tell: Tell = _unheard) -> WidthsPosterior:
    """The posterior of the scales.

    Args:
        rows: of the scores that the smoother may update; integrated out here.
        widths: rows of the scales, as `width_rows` gives them.
        tell: called with the share of the work that is done.
    """
    likelihood = _Likelihood(past, rows, np.array(widths, dtype=np.int64))
    count, names = len(widths), past.names()
    first = likelihood.around(np.zeros(count), _prior_points(count), np.zeros((len(rows), 1)))
    best = int(first.values.argmax())
    centre, scores = _prior_points(count)[:, best], first.scores[:, best : best + 1]
    for number in range(_AGAIN):
        searched, looked = (_part(tell, number, *ends) for ends in ((0.0, 0.5), (0.5, 1.0)))
        centre, scores, slopes, axes = _summit(likelihood, centre, scores, searched)
        if count == 1:
            along = likelihood.around(centre, axes * _AXIS[None, :], scores, tell=looked)
            points, below, likely = centre[:, None] + axes * _FINE[None, :], _distribution(along.values), scores[:, :0]
            break
        steps, log_density = _student(count, is_even=bool((rows >= past.uncertain).all()))
        drawn = likelihood.around(centre, np.column_stack([np.zeros(count), axes @ steps]), scores, slopes, looked)
        points, below, likely = (
            centre[:, None] + axes @ steps,
            np.cumsum(_shares(drawn.values[1:] - log_density)),
            drawn.scores[:, 1:],
        )
        best = int(drawn.values.argmax())
        if drawn.values[best] <= drawn.values[0] + _HIGHER:
            break
        centre, scores = points[:, best - 1], drawn.scores[:, best : best + 1]
    below[-1] = 1.0
    return WidthsPosterior(widths, tuple(names[row] for row in widths), scores, points, below, likely)


def _part(tell: Tell, number: int, begin: float, end: float) -> Tell:
    """Tells of a part of one search: the first is half of the work as far as anybody knows, the next half of what is left, and so on."""
    return lambda share: tell(1 - 0.5**number + 0.5 ** (number + 1) * (begin + (end - begin) * share))


def _shares(log_weights: Array) -> Array:
    """(point,): weights that add up to one, none of them so large that it carries the rest.

    Where the past has kinks the likelihood is only known to a few units, and the largest weight may be one of its errors. Source: Ionides
    2008 (truncated at the mean weight times the root of their number).
    """
    weights = np.exp(log_weights - log_weights.max())
    weights = np.minimum(weights, weights.mean() * np.sqrt(len(weights)))
    return np.asarray(weights / weights.sum())


def _summit(likelihood: _Likelihood, centre: Array, scores: Array, tell: Tell) -> tuple[Array, Array, Array, Array]:
    """The most likely scales (scale,), the most likely scores of all else there (row, 1), how these move with each scale (row, scale), and
    the axes of the curvature (scale, axis)."""
    count = len(centre)
    for number in range(_SEARCHES):
        tell(1 - 0.7**number)  # few searches are usual, and nobody knows how many
        found = likelihood.around(centre, _SPACING * _stencil(count), scores)
        slope, curvature = _quadratic(found.values, count)
        move = uphill(slope, curvature)
        tries = np.clip(centre[:, None] + move[:, None] * np.array(_LENGTHS), -_EDGE, _EDGE) - centre[:, None]
        reached = likelihood.around(centre, tries, found.scores[:, :1])
        best = int(reached.values.argmax())
        gain = reached.values[best] - found.values[0]
        scores = found.scores[:, :1]
        if gain > 0:
            centre, scores = centre + tries[:, best], reached.scores[:, best : best + 1]
        if gain < _ENOUGH:
            break
    found = likelihood.around(centre, _SPACING * _stencil(count), scores)
    curvature = _quadratic(found.values, count)[1]
    weights, directions = np.linalg.eigh(-(curvature + curvature.T) / 2)
    slopes = (found.scores[:, 1 : 2 * count + 1 : 2] - found.scores[:, 2 : 2 * count + 1 : 2]) / (2 * _SPACING)
    return centre, found.scores[:, :1], slopes, directions / np.sqrt(np.maximum(weights, _NARROW / 4))[None, :]


def _prior_points(count: int) -> Array:
    """(scale, point): where the search looks first: the middle of the prior, and draws of it."""
    numbers = np.arange(_FIRST * count)
    draws = [numerics.normal_quantile(numerics.uniform(0, f"widths:first:{axis}", numbers)) for axis in range(count)]
    return np.column_stack([np.zeros(count), np.array(draws)])


def _student(count: int, is_even: bool) -> tuple[Array, Array]:
    """(axis, point): points of a Student law, always the same ones; and (point,): its log density there.

    Args:
        is_even: more of them, and spread evenly (Sobol), which halves what luck adds to a quantile of the posterior.
    """
    from scipy import stats  # half a second that most commands need not wait

    if is_even:
        points = stats.qmc.Sobol(count + 1, seed=np.random.default_rng(0)).random_base2(int(np.ceil(np.log2(_MORE * count))))
        levels = np.clip(points, 1e-9, 1 - 1e-9).T
        normal, tail = numerics.normal_quantile(levels[:-1]), levels[-1]
    else:
        numbers = np.arange(_POINTS * count)
        normal = np.array([numerics.normal_quantile(numerics.uniform(0, f"widths:{axis}", numbers)) for axis in range(count)])
        tail = numerics.uniform(0, "widths:tail", numbers)
    steps = _WIDER * normal * np.sqrt(_FREEDOM / stats.chi2.ppf(tail, _FREEDOM))
    law = stats.multivariate_t(np.zeros(count), _WIDER**2 * np.eye(count), df=_FREEDOM)
    return steps, np.asarray(law.logpdf(steps.T))


def most_likely(past: Past, rows: NDArray[np.int64], held: tuple[int, ...]) -> Array:
    """(row, 1): the most likely scores of some rows where those of others, `held`, are at the middle of their priors."""
    likelihood = _Likelihood(past, rows, np.array(held, dtype=np.int64))
    return likelihood.around(np.zeros(len(held)), np.zeros((len(held), 1)), np.zeros((len(rows), 1))).scores


def linear_start(past: Past, rows: NDArray[np.int64], held: tuple[int, ...], around: Array, scores: Array, seed: int) -> Array:
    """(row, member): draws of the prior, moved to the posterior of the past as it is linear around the most likely scores.

    Args:
        rows: of the scores that may be moved.
        held: rows of the scales of luck, which each member keeps as `scores` hold them.
        around: (row, 1) or (row, member), the most likely scores.
        scores: (row, member), draws of the prior.
        seed: of the perturbed observations, which are those of the refinements.
    """
    widths = np.array(held, dtype=np.int64)
    likelihood = _Likelihood(past, rows, widths)
    members = np.arange(scores.shape[1])
    noise = perturbations(past, seed, ONCE, members)
    new, size = scores.copy(), max(1, _BATCH // (2 * len(rows) + 1))
    for first in range(0, len(members), size):
        own = members[first : first + size]
        middle = around if around.shape[1] == 1 else around[:, own]
        new[np.ix_(rows, own)] = likelihood.drawn(scores[np.ix_(widths, own)], middle, scores[np.ix_(rows, own)], noise[:, own])
    return new


def uphill(slope: Array, curvature: Array) -> Array:
    """(scale,): Newton's step, with the curvature bent so that it leads uphill, and no longer than `_FARTHEST` along any scale.

    Scales stand in for each other, so that the step needs the whole curvature: with that of each scale alone it goes to and fro.
    """
    weights, directions = np.linalg.eigh(-(curvature + curvature.T) / 2)
    move = directions @ ((directions.T @ slope) / np.maximum(np.abs(weights), _NARROW / 2))
    return np.asarray(move * min(1.0, _FARTHEST / max(float(np.abs(move).max()), 1e-12)))


def _stencil(count: int) -> Array:
    """(scale, point): the centre, a step to both sides along each scale, and along both of each two."""
    unit = np.eye(count)
    points = [np.zeros(count)]
    for one in range(count):
        points += [unit[one], -unit[one]]
    points += [unit[one] + unit[other] for one in range(count) for other in range(one)]
    return np.array(points).T


def _quadratic(values: Array, count: int) -> tuple[Array, Array]:
    """Slope (scale,) and curvature (scale, scale) of the log posterior at the centre of a stencil."""
    ahead, behind = values[1 : 2 * count + 1 : 2], values[2 : 2 * count + 1 : 2]
    slope = (ahead - behind) / (2 * _SPACING)
    curvature = np.diag((ahead + behind - 2 * values[0]) / _SPACING**2)
    place = 2 * count + 1
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

    def around(self, centre: Array, steps: Array, start: Array, slopes: Array | None = None, tell: Tell = _unheard) -> _Found:
        """At `centre + steps` (scale, point), from scores (row, 1) that are most likely nearby, or from where `slopes` (row, scale) lead."""
        size = max(1, _BATCH // (2 * len(self.rows) + 1))
        parts = []
        for first in range(0, steps.shape[1], size):
            some = steps[:, first : first + size]
            starts = [np.repeat(start, some.shape[1], axis=1)]
            if slopes is not None:
                starts.append(start + slopes @ some)
            parts.append(self._at(centre[:, None] + some, starts))
            tell((first + some.shape[1]) / steps.shape[1])
        return _Found(np.concatenate([one.values for one in parts]), np.concatenate([one.scores for one in parts], axis=1))

    def _at(self, points: Array, starts: list[Array]) -> _Found:
        scores, predicted = starts[0], self._predicted(points, starts[0])
        for other in starts[1:]:
            led = self._predicted(points, other)
            is_better = self._density(other, led) > self._density(scores, predicted)
            scores, predicted = np.where(is_better, other, scores), np.where(is_better, led, predicted)
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
            inner = scaled @ scaled.T if len(scaled) <= len(self.rows) else scaled.T @ scaled  # of the smaller side
            values[place] -= 0.5 * np.linalg.slogdet(np.eye(len(inner)) + inner)[1]
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
        scores = np.broadcast_to(start, (len(start), points.shape[1]))
        predicted = self._predicted(points, scores)
        weights, moved = np.maximum(self._weights(predicted), 1e-12), []
        for place, slopes in enumerate(self._sensitivity(points, scores)):
            wanted = self.observed + noise[:, place] / np.sqrt(weights[:, place])
            gap = np.nan_to_num(wanted - predicted[:, place]) - slopes @ (prior[:, place] - scores[:, place])
            moved.append(prior[:, place] + _explaining(slopes, weights[:, place], gap))
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
            moves.append(_explaining(slopes, np.maximum(weights[:, place], 1e-12), gap) - scores[:, place])
        return np.array(moves).T

    def _density(self, scores: Array, predicted: Array) -> Array:
        """(point,): the log density of scores and observations; -inf where a member failed."""
        total = -0.5 * (scores**2).sum(axis=0)
        parts = zip(self.past.laws, self.past.split(self.observed), self.past.split(predicted), strict=True)
        for law, observed, middle in parts:
            total = total + law.log_density_of_gap(observed[:, None] - middle).sum(axis=0)
        return np.where(np.isfinite(total), total, -np.inf)


def _explaining(slopes: Array, weights: Array, gap: Array) -> Array:
    """(row,): the most likely scores behind a gap, G' (G G' + W^-1)^-1 gap, solved on the smaller side of G (observation, row)."""
    if len(slopes) <= slopes.shape[1]:
        return np.asarray(slopes.T @ np.linalg.solve(slopes @ slopes.T + np.diag(1 / weights), gap))
    weighted = slopes.T * weights
    return np.asarray(np.linalg.solve(weighted @ slopes + np.eye(slopes.shape[1]), weighted @ gap))
