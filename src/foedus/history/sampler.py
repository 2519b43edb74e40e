"""Affine-invariant ensemble sampling for models whose past has no luck in it: every walker's log posterior is evaluated at once.

Source: Goodman & Weare 2010; Foreman-Mackey, Hogg, Lang & Goodman 2013 (emcee).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from foedus import extras, numerics
from foedus.arrays import Array
from foedus.errors import InputError, Problem
from foedus.history.convergence import convergence
from foedus.history.past import Past
from foedus.history.posterior import Posterior, Setup
from foedus.history.smoother import informed_rows

__all__ = ["ENSEMBLES", "diagnosis", "sampled"]

ENSEMBLES = 4
_STEPS_PER_PASS = 250
Progress = Callable[[int, int], None]


def sampled(past: Past, setup: Setup, progress: Progress | None = None) -> Posterior:
    """Sample the posterior of the parameters that can touch an observation.

    Four ensembles of walkers with streams of their own run side by side; each pass is 250 steps, and the second half of the steps is kept.
    The members are evenly spaced states of all walkers, ordered by ensemble.

    Raises:
        InputError: emcee is not installed, or the past has luck that the observations could tell something about.
    """
    rows = informed_rows(past)
    if len(rows) and rows.max() >= past.uncertain:
        message = f"the past has luck in it ({past.names()[int(rows.max())].rsplit(' ', 1)[0]}), which a sampler of parameters cannot hold."
        raise InputError(Problem(past.case.name, 0, 0, "luck-in-the-past", message, "Use `--method smoother`."))
    base = past.prior_scores(1, setup.seed)
    walkers = max(2 * len(rows) + 2, 16)
    walkers += walkers % 2
    chains, taken = [], []
    for number in range(ENSEMBLES):
        chain, accepted = _ensemble(past, base, rows, walkers, setup, number, progress)
        chains.append(chain)
        taken.append(accepted)
    states = np.stack(chains)  # (ensemble, step, walker, row)
    each = max(1, setup.members // ENSEMBLES)
    flat = states.reshape(ENSEMBLES, -1, len(rows))
    chosen = np.linspace(0, flat.shape[1] - 1, each).astype(int)
    scores = np.repeat(base, each * ENSEMBLES, axis=1)
    scores[:] = past.prior_scores(each * ENSEMBLES, setup.seed)
    scores[rows] = flat[:, chosen].reshape(-1, len(rows)).T
    scores = scores.astype(np.float32).astype(np.float64)
    statistics = {"accepted": tuple(taken), **diagnosis(states, [past.names()[row] for row in rows])}
    return Posterior(past, setup, scores, rows, past.predicted(scores), statistics)


def _ensemble(
    past: Past, base: Array, rows: np.ndarray, walkers: int, setup: Setup, number: int, progress: Progress | None
) -> tuple[Array, float]:
    """One ensemble of walkers: (step, walker, row) of the kept half, and the share of accepted moves."""
    emcee = _emcee()

    def log_posterior(states: Array) -> Array:
        scores = np.repeat(base, len(states), axis=1)
        scores[rows] = states.T
        predicted = past.predicted(scores)
        likely = np.zeros(len(states))
        for one, law, part in zip(past.observed, past.laws, past.split(predicted.values), strict=True):
            likely += law.log_density(one.values[:, None], part).sum(axis=0)
        total = likely - 0.5 * (states**2).sum(axis=1)
        return np.where(predicted.is_ok & np.isfinite(total), total, -np.inf)

    members = np.arange(walkers) + number * walkers
    start = np.array(
        [numerics.normal_quantile(numerics.uniform(setup.seed, f"walker:{past.names()[row]}", members)) for row in rows]
    ).T
    key = numerics.stream_key(setup.seed, f"moves:{number}")
    moves = [(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)]
    sampler = emcee.EnsembleSampler(walkers, len(rows), log_posterior, vectorize=True, moves=moves)
    state = emcee.State(start, random_state=np.random.RandomState(key[0] ^ key[1]).get_state())
    for place in range(setup.passes):
        state = sampler.run_mcmc(state, _STEPS_PER_PASS, skip_initial_state_check=True)
        if progress is not None:
            progress(number * setup.passes + place + 1, ENSEMBLES * setup.passes)
    chain = sampler.get_chain()
    return np.asarray(chain[len(chain) // 2 :]), float(np.mean(sampler.acceptance_fraction))


def _emcee() -> Any:
    extras.require("history", "the sampler", "emcee")
    import emcee

    return emcee


def diagnosis(states: Array, names: list[str]) -> dict[str, tuple[float, ...]]:
    """R-hat and effective sample sizes, one number per parameter: ranks, folded, over walkers and ensembles.

    Args:
        states: (ensemble, step, walker, row).
    """
    chains = states.transpose(0, 2, 1, 3).reshape(-1, states.shape[1], states.shape[3])
    found = convergence({name: chains[:, :, place] for place, name in enumerate(names)})
    return {figure: tuple(values.values()) for figure, values in found.items()}
