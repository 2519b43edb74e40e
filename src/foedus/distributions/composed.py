"""Distributions made from values or from other distributions: empirical, mixture, truncated, scaled."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions.base import Distribution, require, require_positive, short_number

__all__ = ["Empirical", "Mixture", "Scaled", "Truncated"]

# Enough for the steps to settle at the last digits, from brackets between neighbouring nodes (tested).
_STEPS = 9
_NODES = np.linspace(-7.0, 7.0, 449)
_BELOW_ONE = 1.0 - 2.0**-53
_SMALLEST_MASS = 1e-9


@final
@dataclass(frozen=True)
class Empirical(Distribution):
    """Observed values, joined by straight lines: the quantile runs linearly through the sorted values.

    The smallest value is the quantile of 0 and the largest that of 1 (Hyndman and Fan's type 7), so a
    draw lies between the observed values and never outside their range.
    """

    values: tuple[float, ...]
    label: ClassVar[str] = "empirical"

    def __init__(self, values: Iterable[float]) -> None:
        numbers = tuple(sorted(float(value) for value in values))
        require(len(numbers) > 0, "There are no values; an empirical distribution needs at least one.")
        require(all(map(math.isfinite, numbers)), "A value is not finite; all values must be finite numbers.")
        object.__setattr__(self, "values", numbers)

    def quantile(self, u: Array) -> Array:
        values = np.array(self.values)
        places = np.asarray(u, float) * (len(values) - 1)
        return np.asarray(np.interp(places, np.arange(len(values)), values), float)

    def cdf(self, x: Array) -> Array:
        x = np.asarray(x, float)
        values = np.array(self.values)
        if len(values) == 1:
            return np.where(x >= values[0], 1.0, 0.0)
        # Right-most position, so that repeated values count in full where they stand.
        left = np.clip(np.searchsorted(values, x, side="right") - 1, 0, len(values) - 2)
        width = values[left + 1] - values[left]
        part = np.where(width > 0, (x - values[left]) / np.where(width > 0, width, 1.0), 1.0)
        risen = (left + np.clip(part, 0.0, 1.0)) / (len(values) - 1)
        return np.where(x >= values[0], risen, 0.0)

    def support(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Empirical(value * factor for value in self.values)


@final
@dataclass(frozen=True)
class Mixture(Distribution):
    """One of several distributions, each with its weight. The weights add up to 1."""

    weights: tuple[float, ...]
    components: tuple[Distribution, ...]
    label: ClassVar[str] = "mixture"

    def __init__(self, weights: Iterable[float], components: Iterable[Distribution]) -> None:
        numbers, parts = tuple(float(weight) for weight in weights), tuple(components)
        require(len(parts) > 0, "There are no components; a mixture needs at least one.")
        matching = f"{len(numbers)} weights for {len(parts)} components; give one each."
        require(len(numbers) == len(parts), matching)
        for weight in numbers:
            require(math.isfinite(weight) and weight >= 0, f"A weight is {weight}; it must be zero or more.")
        total = math.fsum(numbers)
        require(abs(total - 1.0) <= 1e-3, f"The weights add up to {total:g}; they must add up to 1.")
        object.__setattr__(self, "weights", tuple(weight / total for weight in numbers))
        object.__setattr__(self, "components", parts)

    def _present(self) -> list[tuple[float, Distribution]]:
        """The components with a weight above zero."""
        pairs = zip(self.weights, self.components, strict=True)
        return [(weight, part) for weight, part in pairs if weight > 0]

    def quantile(self, u: Array) -> Array:
        """The inverse of the cdf: a bracket, then a fixed number of false-position steps (Illinois rule).

        Every element takes the same steps whatever its neighbours are.
        """
        u = np.asarray(u, float)
        low, high = self._bracket(u)
        short, over = self.cdf(low) - u, self.cdf(high) - u
        guess, stayed = np.where(short >= 0, low, high), np.zeros(u.shape)
        for _ in range(_STEPS):
            slope = over - short
            part = np.clip(-short / np.where(slope > 0, slope, 1.0), 0.0, 1.0)
            guess = np.where(slope > 0, low + part * (high - low), guess)
            miss = self.cdf(guess) - u
            enough = miss >= 0
            # An end that stays a second time counts half, so that both ends close in.
            short = np.where(enough, np.where(stayed < 0, 0.5 * short, short), miss)
            over = np.where(enough, miss, np.where(stayed > 0, 0.5 * over, over))
            low, high = np.where(enough, low, guess), np.where(enough, guess, high)
            stayed = np.where(enough, -1, 1)
        return guess

    def _bracket(self, u: Array) -> tuple[Array, Array]:
        """Two points around each answer: between the components' own quantiles and between fixed nodes."""
        own = [part.quantile(u) for _, part in self._present()]
        levels = numerics.normal_cdf(_NODES)
        points = np.concatenate([part.quantile(levels) for _, part in self._present()])
        # The number just below each node is a node too: a jump of the cdf then has its own bracket.
        nodes = np.unique(np.concatenate([points, np.nextafter(points, -math.inf)]))
        place = np.searchsorted(self.cdf(nodes), u, side="left")
        below = np.where(place > 0, nodes[np.maximum(place - 1, 0)], -math.inf)
        above = np.where(place < len(nodes), nodes[np.minimum(place, len(nodes) - 1)], math.inf)
        return np.maximum(np.minimum.reduce(own), below), np.minimum(np.maximum.reduce(own), above)

    def cdf(self, x: Array) -> Array:
        x = np.asarray(x, float)
        total: Array = np.zeros(x.shape)
        for weight, part in self._present():
            total = total + weight * part.cdf(x)
        return total

    def support(self) -> tuple[float, float]:
        ends = [part.support() for _, part in self._present()]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Mixture(self.weights, (part.scaled(factor) for part in self.components))


@final
@dataclass(frozen=True)
class Truncated(Distribution):
    """Another distribution, given that the value lies between `low` and `high` (either may be infinite)."""

    inner: Distribution
    low: float
    high: float
    label: ClassVar[str] = "truncated"

    def __post_init__(self) -> None:
        require(not (math.isnan(self.low) or math.isnan(self.high)), "A bound is not a number.")
        require(self.low < self.high, f"The bounds are {self.low:g}, {self.high:g}; the first must be below.")
        below, above = self.ends
        require(
            above - below > _SMALLEST_MASS,
            f"Almost none of the {self.inner.label} lies between {short_number(self.low)} and "
            f"{short_number(self.high)}; widen the bounds or move the distribution.",
        )

    @property
    def ends(self) -> tuple[float, float]:
        """The inner cdf at both bounds."""
        at_low = 0.0 if self.low == -math.inf else float(self.inner.cdf(np.array([self.low]))[0])
        at_high = 1.0 if self.high == math.inf else float(self.inner.cdf(np.array([self.high]))[0])
        return at_low, at_high

    def quantile(self, u: Array) -> Array:
        below, above = self.ends
        asked = np.asarray(u, float)
        inside = below + asked * (above - below)
        inside = np.where((inside >= 1.0) & (asked < 1.0), _BELOW_ONE, inside)  # rounding reaches no end that was not asked for
        return np.asarray(np.clip(self.inner.quantile(inside), self.low, self.high), float)

    def cdf(self, x: Array) -> Array:
        below, above = self.ends
        inside = np.clip(np.asarray(x, float), self.low, self.high)
        return np.clip((self.inner.cdf(inside) - below) / (above - below), 0.0, 1.0)

    def support(self) -> tuple[float, float]:
        low, high = self.inner.support()
        return max(low, self.low), min(high, self.high)

    def describe(self) -> str:
        low, high = (short_number(float(x)) for x in self.quantile(np.array([0.05, 0.95])))
        return f"{self.inner.label}, truncated, 90 % {low}–{high}"

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Truncated(self.inner.scaled(factor), self.low * factor, self.high * factor)


@final
@dataclass(frozen=True)
class Scaled(Distribution):
    """factor * X, for families that are not closed under a change of unit."""

    inner: Distribution
    factor: float
    label: ClassVar[str] = "scaled"

    def __post_init__(self) -> None:
        require_positive(factor=self.factor)

    @staticmethod
    def of(inner: Distribution, factor: float) -> Distribution:
        """factor * inner, or inner itself when the factor is 1."""
        require_positive(factor=factor)
        return inner if factor == 1 else Scaled(inner, factor)

    def quantile(self, u: Array) -> Array:
        return self.factor * self.inner.quantile(u)

    def cdf(self, x: Array) -> Array:
        return self.inner.cdf(np.asarray(x, float) / self.factor)

    def support(self) -> tuple[float, float]:
        low, high = self.inner.support()
        return low * self.factor, high * self.factor

    def describe(self) -> str:
        low, high = (short_number(float(x)) for x in self.quantile(np.array([0.05, 0.95])))
        return f"{self.inner.label}, 90 % {low}–{high}"

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Scaled.of(self.inner, self.factor * factor)
