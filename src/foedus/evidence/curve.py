"""A distribution by its density on a grid of a normal scale: what several claims leave of a broad curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions import Distribution
from foedus.distributions.base import require_positive

__all__ = ["Curve"]


@final
@dataclass(frozen=True, eq=False)
class Curve(Distribution):
    """Between its points the distribution function is a straight line on the scale.

    Attributes:
        points: (point,) on the scale, rising: the logarithm of the value, or its log-odds for a share.
        risen: (point,) the probability of at most each, from 0 to 1.
        is_share: which of the two scales.
        factor: what the value is multiplied by, for another unit.
    """

    points: Array
    risen: Array
    is_share: bool
    factor: float = 1.0
    label: ClassVar[str] = "pool"

    @classmethod
    def of(cls, points: Array, density: Array, is_share: bool) -> Curve:
        """From a density, up to a constant, at rising points; by the rule of trapezoids."""
        risen = np.concatenate([[0.0], np.cumsum(np.diff(points) * (density[1:] + density[:-1]) / 2)])
        return cls(points, risen / risen[-1], is_share)

    def quantile(self, u: Array) -> Array:
        return np.asarray(self.factor * self._value(np.interp(np.asarray(u, float), self.risen, self.points)), float)

    def cdf(self, x: Array) -> Array:
        x = np.asarray(x, float) / self.factor
        inside = (x > 0) & ((x < 1) | (not self.is_share))
        place = self._position(np.where(inside, x, 0.5))
        return np.where(inside, np.interp(place, self.points, self.risen), np.where(x > 0, 1.0, 0.0))

    def support(self) -> tuple[float, float]:
        low, high = self.factor * self._value(self.points[[0, -1]])
        return float(low), float(high)

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Curve(self.points, self.risen, self.is_share, self.factor * factor)

    def _position(self, x: Array) -> Array:
        return numerics.log(x) - numerics.log(1 - x) if self.is_share else numerics.log(x)

    def _value(self, points: Array) -> Array:
        raised = numerics.exp(points)
        return raised / (1 + raised) if self.is_share else raised

    def _key(self) -> tuple[bytes, bytes, bool, float]:
        return self.points.tobytes(), self.risen.tobytes(), self.is_share, self.factor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Curve) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())
