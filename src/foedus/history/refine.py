"""Each member refined towards its own posterior mode: Gauss-Newton with the ensemble's sensitivities and the member's own corrections.

A smoother with a few passes sees the curvature of a model as if it were noise, and leaves members that fit less well than they could. Here
each member has a draw of the prior and a perturbed copy of the observations, and goes downhill on its own objective

    |z - z_prior|² + sum (y(z) - d)² / r

with the sensitivities dy/dz averaged over the ensemble, corrected along the member's own last steps by Broyden's rule. A step that does not
lower the member's objective is not taken, and the next one is shorter. For a linear model with normal errors the result is exact.

Source: Oliver, He & Reynolds 1996 (randomised maximum likelihood); Chen & Oliver 2013 (ensemble sensitivities); Broyden 1965.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.history.smoother import ONCE, error_variance, perturbations

if TYPE_CHECKING:
    from foedus.arrays import Array
    from foedus.history.past import Past

__all__ = ["STEPS", "Refinement", "refine"]

STEPS = 4  # between two estimates of the sensitivities
_DROPPED = 2.0  # sensitivities below this many standard errors are taken to be noise
_TRIALS_PER_ROW, _MOST_TRIALS = 3, 8


@dataclass(frozen=True)
class Refinement:
    """What one refinement found.

    Attributes:
        objective: mean of the members' objectives at its end, per observation.
        accepted: share of the steps that were taken.
    """

    objective: float
    accepted: float


@dataclass(frozen=True, eq=False)
class _Problem:
    """What stays the same during one refinement.

    Attributes:
        prior: (row, member), the members' draws of the prior; only rows that may be updated.
        wanted: (observation, member), the perturbed observations on the transformed scale.
        variance: (observation,), of the errors.
        sensitivity: (observation, row), averaged over the ensemble.
    """

    prior: Array
    wanted: Array
    variance: Array
    sensitivity: Array

    def objective(self, scores: Array, predicted: Array) -> Array:
        """(member,): infinite where a member failed."""
        gaps = ((self.wanted - predicted) ** 2 / self.variance[:, None]).sum(axis=0)
        total = ((scores - self.prior) ** 2).sum(axis=0) + gaps
        return np.where(np.isfinite(total), total, np.inf)


@dataclass(frozen=True, eq=False)
class _Corrections:
    """Broyden's corrections: member i has the sensitivities G + sum over k of changes[i, :, k] directions[i, :, k]'."""

    changes: Array
    directions: Array

    def applied(self, moves: Array) -> Array:
        """(observation, member): what the corrections add to the predicted change of some moves (row, member)."""
        return np.asarray(np.einsum("nmk,nk->mn", self.changes, np.einsum("nrk,rn->nk", self.directions, moves)))

    def with_step(self, moves: Array, missed: Array) -> _Corrections:
        """One more correction: after these moves the predictions were off by `missed`."""
        length = np.maximum((moves**2).sum(axis=0), 1e-12)
        change, direction = missed.T[:, :, None], (moves / length).T[:, :, None]
        return _Corrections(np.concatenate([self.changes, change], 2), np.concatenate([self.directions, direction], 2))


def refine(past: Past, scores: Array, rows: NDArray[np.int64], number: int, seed: int) -> tuple[Array, Refinement]:
    """New sensitivities, then a few steps of every member.

    Args:
        scores: (row, member).
        rows: which of them are updated.
        number: of this refinement; addresses the streams of the trial moves.
        seed: of these streams and of the members' draws of the prior.
    """
    scores = scores.copy()
    members = np.arange(scores.shape[1])
    predicted = past.transformed(past.predicted(scores).values)
    is_ok = np.isfinite(predicted).all(axis=0)
    variance, _ = error_variance(past, predicted[:, is_ok])
    noise = perturbations(past, seed, ONCE, members)
    wanted = past.transformed(past.values)[:, None] + np.sqrt(variance)[:, None] * noise
    prior = past.prior_scores(scores.shape[1], seed)[rows]
    problem = _Problem(prior, wanted, variance, _sensitivity(past, scores, rows, number, seed))
    corrections = _Corrections(np.empty((len(members), len(variance), 0)), np.empty((len(members), len(rows), 0)))
    best, length, taken = problem.objective(scores[rows], predicted), np.ones(len(members)), []
    for _ in range(STEPS):
        moves = length * _full_step(problem, corrections, scores[rows], predicted)
        trial = scores.copy()
        trial[rows] += moves
        found = past.transformed(past.predicted(trial).values)
        expected = problem.sensitivity @ moves + corrections.applied(moves)
        missed = np.where(np.isfinite(found), found - predicted - expected, 0.0)
        corrections = corrections.with_step(moves, np.nan_to_num(missed))
        reached = problem.objective(trial[rows], found)
        is_better = reached < best
        scores, predicted = np.where(is_better, trial, scores), np.where(is_better, found, predicted)
        best = np.where(is_better, reached, best)
        length = np.where(is_better, np.minimum(1.0, 1.5 * length), 0.4 * length)
        taken.append(float(is_better.mean()))
    finite = best[np.isfinite(best)]
    return scores, Refinement(float(finite.mean() / len(variance)), float(np.mean(taken)))


def _full_step(problem: _Problem, corrections: _Corrections, scores: Array, predicted: Array) -> Array:
    """(row, member): the move to the minimum of the linearised objective.

    With G the member's sensitivities: z_prior + G' (G G' + R)^-1 (d - y + G (z - z_prior)) - z. The corrections have low rank, so that one
    inverse serves all members (Woodbury).
    """
    shared = problem.sensitivity
    inverse = np.linalg.inv(shared @ shared.T + np.diag(problem.variance))
    away = scores - problem.prior
    gap = np.where(np.isfinite(predicted), problem.wanted - predicted, 0.0) + shared @ away + corrections.applied(away)
    weights = inverse @ gap
    count = corrections.changes.shape[2]
    if count:
        crossed = np.einsum("mr,nrk->nmk", shared, corrections.directions, optimize=True)
        inner = np.einsum("nrk,nrl->nkl", corrections.directions, corrections.directions, optimize=True)
        low = np.concatenate([crossed, corrections.changes], axis=2)
        unit = np.broadcast_to(np.eye(count), inner.shape)
        middle = np.concatenate([np.concatenate([-inner, unit], 2), np.concatenate([unit, np.zeros_like(inner)], 2)], 1)
        spread = np.einsum("ml,nlk->nmk", inverse, low, optimize=True)
        middle = middle + np.einsum("nmk,nml->nkl", low, spread, optimize=True)
        part = np.linalg.solve(middle, np.einsum("nmk,mn->nk", low, weights)[:, :, None])[:, :, 0]
        weights = weights - np.einsum("nmk,nk->mn", spread, part)
    step = shared.T @ weights
    if count:
        step += np.einsum("nrk,nk->rn", corrections.directions, np.einsum("nmk,mn->nk", corrections.changes, weights))
    return np.asarray(step - away)


def _sensitivity(past: Past, scores: Array, rows: NDArray[np.int64], number: int, seed: int) -> Array:
    """(observation, row): mean sensitivities around the members, by regression on trial moves there and back of all rows at once.

    What lies within its standard error is dropped, and so is what a draw would do to observations before it was made.
    """
    members, changes, trials = np.arange(scores.shape[1]), [], []
    for place in range(min(_MOST_TRIALS, -(-_TRIALS_PER_ROW * len(rows) // len(members)))):
        index = np.arange(len(rows))[:, None] + place * len(rows)
        moves = numerics.normal_quantile(numerics.uniform(seed, f"trial:{number}", members[None, :], index))
        found = []
        for sign in (1.0, -1.0):
            trial = scores.copy()
            trial[rows] += sign * moves
            found.append(past.transformed(past.predicted(trial).values))
        change = (found[0] - found[1]) / 2
        is_ok = np.isfinite(change).all(axis=0)
        changes.append(change[:, is_ok])
        trials.append(moves[:, is_ok])
    change, moves = np.concatenate(changes, axis=1), np.concatenate(trials, axis=1)
    count = moves.shape[1]
    inverse = np.linalg.inv(moves @ moves.T + np.eye(len(rows)))
    slopes = change @ moves.T @ inverse
    freedom = max(1, count - len(rows))
    error = np.sqrt(((change - slopes @ moves) ** 2).sum(axis=1)[:, None] / freedom * np.diag(inverse)[None, :])
    return np.where((np.abs(slopes) > _DROPPED * error) & _is_causal(past, rows), slopes, 0.0)


def _is_causal(past: Past, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(observation, row): may a draw move an observation? Not one that was made before the draw."""
    times = np.concatenate([one.times for one in past.observed])
    made = np.full(past.rows, -np.inf)
    for slot in past.program.given:
        if slot.every:
            made[list(past.rows_of(slot))] = np.array(slot.steps()) * past.program.step
    return np.asarray(made[rows][None, :] < times[:, None] + 1e-9)
