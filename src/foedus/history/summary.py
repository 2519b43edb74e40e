"""What a calibration moved and how well it fits: plain figures for tables, JSON and the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array
from foedus.history.convergence import convergence
from foedus.history.posterior import Posterior

__all__ = ["Fitted", "MovedParameter", "fitted_series", "moved_parameters", "seed_r_hat"]


@dataclass(frozen=True)
class MovedParameter:
    """A parameter before and after.

    Attributes:
        prior, posterior: 5, 50, 95 %, in the declared unit.
        shift: of the median, in standard deviations of the prior (scores).
        narrowing: standard deviation of the scores after, over that before.
        between: standard deviation of the posterior mean between seeds, in standard deviations of the prior; None with one seed.
    """

    name: str
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]
    shift: float
    narrowing: float
    between: float | None


@dataclass(frozen=True)
class Fitted:
    """One observed quantity against what the posterior says might have been observed.

    Attributes:
        count: how many observations.
        rmse, bias: of the median of the smoothed past, in the unit.
        coverage: share of observations inside the 90 % band of replicated observations.
        mean_p, spread_p, change_p: how often replicated observations have a larger mean, standard deviation, standard deviation of the
            change from one to the next (posterior predictive p-values; near 0 or 1 the model cannot have made these data).
    """

    name: str
    unit: str
    count: int
    rmse: float
    bias: float
    coverage: float
    mean_p: float
    spread_p: float
    change_p: float


def moved_parameters(chains: Sequence[Posterior]) -> tuple[MovedParameter, ...]:
    """The parameters that observations moved, the ones that moved most first."""
    first = chains[0]
    names = first.past.names()
    slots = {slot.name: slot for slot in first.past.program.parameters}
    found = []
    for row in first.informed[first.informed < first.past.uncertain]:
        name = names[row]
        before = first.past.sampler.laws[first.past.sampler.uncertain[row]]
        assert before is not None
        after = np.concatenate([one.parameters[name] for one in chains])
        scores = np.concatenate([one.scores[row] for one in chains])
        means = [float(one.scores[row].mean()) for one in chains]
        between = float(np.std(means, ddof=1)) if len(chains) > 1 else None
        levels = np.array([0.05, 0.5, 0.95])
        found.append(
            MovedParameter(
                name,
                slots[name].unit,
                _three(before.quantile(levels)),
                _three(np.quantile(after, levels)),
                float(np.median(scores)),
                float(scores.std()),
                between,
            )
        )
    return tuple(sorted(found, key=lambda one: -(abs(one.shift) + abs(1 - one.narrowing))))


def _three(values: Array) -> tuple[float, float, float]:
    low, middle, high = (float(value) for value in values)
    return low, middle, high


def fitted_series(chains: Sequence[Posterior]) -> tuple[Fitted, ...]:
    """Posterior predictive checks of everything observed."""
    found = []
    replicas = [one.replicated(1) for one in chains]
    for place, one in enumerate(chains[0].past.observed):
        if not len(one.values):
            continue
        drawn = np.concatenate([replica[place] for replica in replicas], axis=1)
        latent = np.concatenate([chain.past.split(chain.prediction.values)[place] for chain in chains], axis=1)
        drawn, latent = drawn[:, np.isfinite(drawn).all(axis=0)], latent[:, np.isfinite(latent).all(axis=0)]
        low, high = np.quantile(drawn, (0.05, 0.95), axis=1)
        gap = np.median(latent, axis=1) - one.values
        several = len(one.values) > 2
        changes = (np.diff(drawn, axis=0).std(axis=0), float(np.diff(one.values).std())) if several else (np.zeros(1), 0.0)
        found.append(
            Fitted(
                one.slot.name,
                one.slot.unit,
                len(one.values),
                float(np.sqrt((gap**2).mean())),
                float(gap.mean()),
                float(((one.values >= low) & (one.values <= high)).mean()),
                _larger(drawn.mean(axis=0), float(one.values.mean())),
                _larger(drawn.std(axis=0), float(one.values.std())) if several else 0.5,
                _larger(*changes) if several else 0.5,
            )
        )
    return tuple(found)


def _larger(drawn: Array, observed: float) -> float:
    """The share of draws above the observed figure."""
    return float((drawn > observed).mean())


def seed_r_hat(chains: Sequence[Posterior]) -> dict[str, float]:
    """R-hat between calibrations with other seeds, by parameter; empty for one."""
    if len(chains) < 2:
        return {}
    table = {name: np.stack([one.parameters[name] for one in chains]) for name in chains[0].updated}
    return convergence(table)["r_hat"]
