"""Where a prior declares rivals: single values with a chance of their own, and the borders between the components of a mixture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.arrays import Array
from foedus.distributions.base import Distribution
from foedus.distributions.composed import Mixture, Scaled, Truncated
from foedus.distributions.discrete import Discrete, Spiked

__all__ = ["APART", "borders", "single_values"]

APART = 0.1
"""Of the lighter of two rivals, the part that may lie on the wrong side of the border between them; more, and a value tells of neither."""
_LEVELS = np.linspace(0.0005, 0.9995, 2000)


def single_values(law: Distribution) -> tuple[float, ...]:
    """The values that have a chance of their own, rising."""
    if isinstance(law, Scaled):
        return tuple(value * law.factor for value in single_values(law.inner))
    return law.values if isinstance(law, Discrete | Spiked) else ()


def borders(law: Distribution) -> tuple[float, ...]:
    """The values that part the components of a mixture, rising; none where the components cannot be told apart by a value."""
    if isinstance(law, Scaled):
        return tuple(value * law.factor for value in borders(law.inner))
    if isinstance(law, Spiked):
        return borders(law.inner)
    if isinstance(law, Truncated):
        return tuple(value for value in borders(law.inner) if law.low < value < law.high)
    if not isinstance(law, Mixture):
        return ()
    parts = [(weight, part) for weight, part in zip(law.weights, law.components, strict=True) if weight > 0]
    parts.sort(key=lambda pair: float(pair[1].quantile(np.array([0.5]))[0]))
    places = np.unique(np.concatenate([part.quantile(_LEVELS) for _, part in parts]))
    found = [_border(parts[:count], parts[count:], places) for count in range(1, len(parts))]
    return tuple(sorted({value for value in found if value is not None}))


def _border(
    lower: Sequence[tuple[float, Distribution]], higher: Sequence[tuple[float, Distribution]], places: Array
) -> float | None:
    """The place with the least of the lower rivals above it and of the higher ones below it; None where that is too much."""
    wrong: Array = np.zeros(len(places))
    for weight, part in lower:
        wrong = wrong + weight * (1 - part.cdf(places))
    for weight, part in higher:
        wrong = wrong + weight * part.cdf(places)
    least = float(wrong.min())
    lightest = min(sum(weight for weight, _ in lower), sum(weight for weight, _ in higher))
    if least > APART * lightest:
        return None
    best = np.flatnonzero(wrong <= least + 1e-12)  # between two rivals with nothing in between: half-way
    return float(places[best[0]] + places[best[-1]]) / 2
