"""What an answer's Monte Carlo error leaves out: between calibrations with other seeds, and between rival models."""

from __future__ import annotations

import math

import numpy as np

from foedus.analysis.estimate import Sample, statistic
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["calibration_error", "structural_spread"]


def calibration_error(futures: Futures, slot: ResultSlot, scenario: str) -> float | None:
    """Standard deviation of an answer between calibrations, one standing for what another seed would have given.

    Future i rests on calibration i modulo their number, so that each answers for itself. What the answers would differ by sampling alone is
    taken off (the variance component of a one-way layout); None with fewer than two calibrations.
    """
    if futures.chains < 2:
        return None
    values, replicates = futures.values(slot.name, scenario), futures.replicate_of
    found, errors = [], []
    for chain in range(futures.chains):
        own = slice(chain, None, futures.chains)
        part = statistic(Sample(values[own], None if replicates is None else replicates[own]), slot.statistic)
        if math.isnan(part.error):
            return None
        found.append(part.value)
        errors.append(part.error**2)
    return math.sqrt(max(0.0, float(np.var(found, ddof=1)) - float(np.mean(errors))))


def structural_spread(rivals: Futures, slot: ResultSlot, weights: dict[str, float]) -> float | None:
    """Standard deviation of an answer between the model and its variants, each with its weight.

    Args:
        rivals: a run whose first scenario is the model as it stands, and the others its variants.
        slot: the question.
        weights: by scenario name of the variants; the rest is the model's own.
    Returns:
        None where a variant leaves the question without any future to which it applies.
    """
    found, shares = [], []
    for place, scenario in enumerate(rivals.scenarios):
        found.append(statistic(Sample(rivals.values(slot.name, scenario.name)), slot.statistic).value)
        shares.append(1.0 - sum(weights.values()) if place == 0 else weights[scenario.name])
    if any(math.isnan(value) for value in found):
        return None
    middle = float(np.dot(shares, found))
    return math.sqrt(float(np.dot(shares, (np.array(found) - middle) ** 2)))
