"""The curves of a pool, worked out all at once: what a page redraws at every key must not take a call for each claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions import LogitNormal, LogNormal, Mixture
from foedus.distributions.interval import NORMAL_95

__all__ = ["PoolCurves"]

_CELLS, _ROUNDS = 256, 4
_PARTS = np.linspace(0.0, 1.0, 17)[:, None]


@final
@dataclass(frozen=True)
class PoolCurves:
    """A mixture of normal curves of the logarithm, or of the log-odds for shares.

    Attributes:
        is_share: whether the scale is that of log-odds.
        weights, centres, widths: (component,); centres and standard deviations on the scale.
    """

    is_share: bool
    weights: Array
    centres: Array
    widths: Array

    @classmethod
    def of(cls, mixture: Mixture) -> PoolCurves:
        """The curves of a pool, in its order.

        Raises:
            TypeError: a component is of another family; a pool has none.
        """
        parts = [part for part in mixture.components if isinstance(part, LogNormal | LogitNormal)]
        kinds = {type(part) for part in parts}
        if len(parts) < len(mixture.components) or len(kinds) != 1:
            raise TypeError("A pool is made of curves of one family, lognormal or logit-normal.")
        columns = (mixture.weights, [part.mu for part in parts], [part.sigma for part in parts])
        weights, centres, widths = (np.array(column, float) for column in columns)
        return cls(kinds == {LogitNormal}, weights, centres, widths)

    def cdf(self, x: Array) -> Array:
        """The probability of at most x; x above zero, and below one for a share."""
        return self._below(self._position(np.asarray(x, float)))

    def quantiles(self, levels: Array) -> Array:
        """The values below which the parts `levels` of the pool lie, to about six digits."""
        low, high = float((self.centres - 6 * self.widths).min()), float((self.centres + 6 * self.widths).max())
        grid = np.linspace(low, high, _CELLS + 1)
        cells = np.clip(np.searchsorted(self._below(grid), levels), 1, _CELLS)
        left, right = grid[cells - 1], grid[cells]
        for _ in range(_ROUNDS):
            points = left + _PARTS * (right - left)
            below = self._below(points.ravel()).reshape(points.shape)
            above = np.clip(np.sum(below < levels, axis=0), 1, len(_PARTS) - 1)[None]
            left, right = np.take_along_axis(points, above - 1, 0)[0], np.take_along_axis(points, above, 0)[0]
        return self._value((left + right) / 2)

    def ranges(self) -> list[tuple[float, float]]:
        """The 5 and 95 % points of every component."""
        ends = [self._value(self.centres + sign * NORMAL_95 * self.widths) for sign in (-1, 1)]
        return [(float(low), float(high)) for low, high in zip(*ends, strict=True)]

    def _below(self, positions: Array) -> Array:
        """The probability below points of the scale; (point,)."""
        scores = (positions[None, :] - self.centres[:, None]) / self.widths[:, None]
        return np.asarray(self.weights @ numerics.normal_cdf(scores), float)

    def _position(self, x: Array) -> Array:
        return numerics.log(x) - numerics.log(1 - x) if self.is_share else numerics.log(x)

    def _value(self, positions: Array) -> Array:
        raised = numerics.exp(positions)
        return raised / (1 + raised) if self.is_share else raised
