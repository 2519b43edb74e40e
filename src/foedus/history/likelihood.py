"""The error of an observation: a scale on which it is normal, perhaps with outliers that scatter wider.

Every family is a transform and a standard deviation, so that the same few lines serve the smoother (which needs a normal error), the
sampler (which needs a density) and the forecast (which needs draws).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array
from foedus.constructs.observe import ObservationSlot

__all__ = ["ErrorLaw", "error_law"]


@dataclass(frozen=True)
class ErrorLaw:
    """The error of one observed quantity.

    Attributes:
        family: "normal", "lognormal", "asinh" or "counts".
        scale: of `asinh`, or the dispersion of `counts`; else unused.
        spread: standard deviation on the transformed scale.
        share, times: how many values are outliers, and how many times wider those scatter.
        floor: what is smaller is taken to be this, where the transform needs a positive number.
    """

    family: str
    scale: float
    spread: float
    share: float = 0.0
    times: float = 1.0
    floor: float = 1e-9

    def forward(self, values: Array) -> Array:
        """Values in their unit to the scale on which the error is normal."""
        if self.family == "normal":
            return np.asarray(values, dtype=np.float64)
        if self.family == "lognormal":
            return np.log(np.maximum(values, self.floor))
        if self.family == "asinh":
            return np.arcsinh(np.asarray(values) / self.scale)
        return 2 / self.scale * np.arcsinh(self.scale * np.sqrt(np.maximum(values, 0.0)))

    def backward(self, transformed: Array) -> Array:
        """The inverse of `forward`."""
        if self.family == "normal":
            return np.asarray(transformed, dtype=np.float64)
        if self.family == "lognormal":
            return np.exp(transformed)
        if self.family == "asinh":
            return self.scale * np.sinh(transformed)
        return (np.sinh(np.maximum(transformed, 0.0) * self.scale / 2) / self.scale) ** 2

    def log_density(self, observed: Array, predicted: Array) -> Array:
        """Log density of observations given predictions, on the transformed scale, elementwise.

        Args:
            observed: in the unit of the quantity; broadcast against `predicted`.
            predicted: in the unit of the quantity.
        """
        return self.log_density_of_gap(self.forward(observed) - self.forward(predicted))

    def log_density_of_gap(self, gap: Array) -> Array:
        """Log density of distances on the transformed scale, elementwise."""
        narrow = _log_normal_density(gap, self.spread)
        if not self.share:
            return narrow
        wide = _log_normal_density(gap, self.spread * self.times)
        return np.logaddexp(math.log1p(-self.share) + narrow, math.log(self.share) + wide)

    def outlier_chance(self, observed: Array, middle: Array, variance: Array) -> Array:
        """How likely each observation is an outlier, seen from a prediction with a mean and a variance (transformed scale)."""
        if not self.share:
            return np.zeros_like(observed)
        gap = self.forward(observed) - middle
        odds = [
            math.log(weight) + _log_normal_density(gap, np.sqrt(variance + (self.spread * times) ** 2))
            for weight, times in ((self.share, self.times), (1 - self.share, 1.0))
        ]
        return 1 / (1 + np.exp(np.clip(odds[1] - odds[0], -700, 700)))

    def draw(self, predicted: Array, score: Array, luck: Array) -> Array:
        """Values as they might be observed.

        Args:
            predicted: what the model says, in the unit of the quantity.
            score: standard normal numbers; luck: uniform numbers that decide who is an outlier; both of the same shape.
        """
        spread = np.where(luck < self.share, self.spread * self.times, self.spread)
        return self.backward(self.forward(predicted) + spread * score)


def _log_normal_density(gap: Array, spread: Array | float) -> Array:
    return np.asarray(-0.5 * (gap / spread) ** 2 - np.log(spread) - 0.5 * math.log(2 * math.pi))


def error_law(slot: ObservationSlot, values: Array) -> ErrorLaw:
    """The error that a statement declares; the values tell how small a number is nothing."""
    share, times = slot.outliers
    size = float(np.max(np.abs(values))) if len(values) else 1.0
    if slot.error == "asinh":
        return ErrorLaw("asinh", slot.arguments[0], slot.arguments[1], share, times)
    if slot.error == "counts":
        return ErrorLaw("counts", slot.arguments[0], 1.0, share, times)
    return ErrorLaw(slot.error, 1.0, slot.arguments[0], share, times, floor=1e-6 * max(size, 1e-300))
