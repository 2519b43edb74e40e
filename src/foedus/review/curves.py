"""The curves of a pool, worked out all at once: what a page redraws at every key must not take a call for each claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import numpy as np

from foedus import numerics
from foedus.distributions import LogitNormal, LogNormal, Mixture
from foedus.distributions.base import Array
from foedus.distributions.interval import NORMAL_95

__all__ = ["PoolCurves"]

_FINE = 401


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
        grid = np.linspace(low, high, _FINE)
        right = np.clip(np.searchsorted(self._below(grid), levels), 1, _FINE - 1)
        left, right_end = grid[right - 1], grid[right]
        parts = np.linspace(0.0, 1.0, _FINE)[:, None]
        fine = left + parts * (right_end - left)
        below = self._below(fine.ravel()).reshape(fine.shape)
        found = [np.interp(level, below[:, place], fine[:, place]) for place, level in enumerate(levels)]
        return self._value(np.array(found))

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
