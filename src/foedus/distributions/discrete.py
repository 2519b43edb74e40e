"""Distributions with single values that have a chance of their own: discrete ones, and continuous ones with such values among them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, final

import numpy as np

from foedus.arrays import Array
from foedus.distributions.base import (
    Distribution,
    require,
    require_finite,
    require_positive,
    short_number,
)
from foedus.distributions.composed import Mixture, Truncated
from foedus.distributions.families import Constant

__all__ = ["Discrete", "Spiked", "bernoulli", "binomial", "choice", "mixture", "poisson", "sample", "truncated"]

_NEGLIGIBLE = 2.0**-80  # of the largest chance: what lies beyond is below the smallest step of a uniform draw
_MOST_VALUES = 1_000_000


@final
@dataclass(frozen=True)
class Discrete(Distribution):
    """Single values, each with its chance.

    Attributes:
        values: rising, no two alike.
        risen: for each, the probability of at most this value; the last is 1. Correctly rounded, so that equal chances have equal shares
            of any evenly spread draws.
    """

    values: tuple[float, ...]
    risen: tuple[float, ...]
    label: ClassVar[str] = "discrete"

    def __post_init__(self) -> None:
        require(len(self.values) == len(self.risen) > 1, "A discrete distribution has two values or more, each with its chance.")

    def quantile(self, u: Array) -> Array:
        places = np.searchsorted(np.array(self.risen), np.asarray(u, float), side="left")
        return np.asarray(np.array(self.values)[np.minimum(places, len(self.values) - 1)], float)

    def cdf(self, x: Array) -> Array:
        places = np.searchsorted(np.array(self.values), np.asarray(x, float), side="right")
        return np.asarray(np.array((0.0, *self.risen))[places], float)

    def support(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Discrete(tuple(value * factor for value in self.values), self.risen)

    def atoms(self) -> list[tuple[float, Fraction]]:
        """Each value with its chance."""
        return _chances(self.values, (0.0, *self.risen))


@final
@dataclass(frozen=True)
class Spiked(Distribution):
    """A continuous distribution with single values among it that have a chance of their own.

    Attributes:
        inner: the continuous part.
        weight: its share.
        values: the single values, rising.
        below, above: for each, the probability of less, and of at most this value.
        lumped: for each, the probability of the single values below it; one more at the end, of all of them.
    """

    inner: Distribution
    weight: float
    values: tuple[float, ...]
    below: tuple[float, ...]
    above: tuple[float, ...]
    lumped: tuple[float, ...]
    label: ClassVar[str] = "mixture"

    def quantile(self, u: Array) -> Array:
        return self.quantile_with(self.inner.quantile, u)

    def quantile_with(self, inner: Callable[[Array], Array], u: Array) -> Array:
        """The quantile, with the continuous part's quantile from elsewhere (a table of it, say)."""
        u = np.asarray(u, float)
        place = np.searchsorted(np.array(self.below), u, side="left")  # how many single values have less than u below them
        last = np.maximum(place - 1, 0)
        is_single = (place > 0) & (u <= np.array(self.above)[last])
        rest = np.clip((u - np.array(self.lumped)[place]) / self.weight, 2.0**-53, 1 - 2.0**-53)
        return np.where(is_single, np.array(self.values)[last], inner(rest))

    def cdf(self, x: Array) -> Array:
        places = np.searchsorted(np.array(self.values), np.asarray(x, float), side="right")
        return np.asarray(self.weight * self.inner.cdf(x) + np.array(self.lumped)[places], float)

    def support(self) -> tuple[float, float]:
        low, high = self.inner.support()
        return min(low, self.values[0]), max(high, self.values[-1])

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        values = tuple(value * factor for value in self.values)
        return Spiked(self.inner.scaled(factor), self.weight, values, self.below, self.above, self.lumped)

    def atoms(self) -> list[tuple[float, Fraction]]:
        """Each single value with its chance."""
        return _chances(self.values, self.lumped)


def _chances(values: tuple[float, ...], sums: tuple[float, ...]) -> list[tuple[float, Fraction]]:
    """Each value with the step of the running sums at it."""
    steps = (Fraction(to) - Fraction(since) for since, to in itertools.pairwise(sums))
    return list(zip(values, steps, strict=True))


# --- by name


def sample(values: Iterable[float]) -> Distribution:
    """Each of the values as likely as the next; one that is given twice is twice as likely."""
    return _lumped((value, Fraction(1)) for value in values)


def choice(weights: Iterable[float], values: Iterable[float]) -> Distribution:
    """One of the values, with chances in proportion to the weights."""
    pairs = list(zip(weights, values, strict=True))
    for weight, _ in pairs:
        require(math.isfinite(weight) and weight >= 0, f"A weight is {weight:g}; it must be zero or more.")
    require(any(weight > 0 for weight, _ in pairs), "All weights are zero; one of them must be above zero.")
    return _lumped((value, Fraction(weight)) for weight, value in pairs)


def bernoulli(p: float) -> Distribution:
    """1 with chance p, else 0."""
    _require_chance(p)
    return choice((1.0 - p, p), (0.0, 1.0))


def poisson(mean: float) -> Distribution:
    """How often something happens that happens `mean` times on average, each time alone."""
    require_finite(mean=mean)
    require(mean >= 0, f"mean is {mean:g}; it must be zero or more.")
    require(mean <= 1e6, f"mean is {mean:g}; it must be at most 1,000,000. A normal with sd sqrt(mean) is as good.")
    return _around(math.floor(mean), lambda k: mean / (k + 1), lambda k: k / mean, math.inf)


def binomial(n: float, p: float) -> Distribution:
    """How many of n tries succeed, each with chance p."""
    require_finite(n=n)
    require(n >= 0 and n == math.floor(n), f"n is {n:g}; it must be a whole number, zero or more.")
    require(n <= 1e7, f"n is {n:g}; it must be at most 10,000,000. A normal is as good.")
    _require_chance(p)
    if p in (0.0, 1.0):
        return Constant(n * p)
    odds = p / (1.0 - p)
    mode = min(n, math.floor((n + 1) * p))
    return _around(mode, lambda k: (n - k) / (k + 1) * odds, lambda k: k / ((n - k + 1) * odds), n)


def _require_chance(p: float) -> None:
    require(math.isfinite(p) and 0 <= p <= 1, f"p is {p:g}; it must lie from 0 to 1.")


def _around(mode: float, up: Callable[[float], float], down: Callable[[float], float], most: float) -> Distribution:
    """Whole numbers from the most likely one outwards, by the ratios of neighbouring chances, as far as they matter."""
    pairs = [(float(mode), 1.0)]
    for ratio, step in ((up, 1), (down, -1)):
        value, weight = float(mode), 1.0
        while (value < most) if step > 0 else (value > 0):
            weight *= ratio(value)
            value += step
            if weight < _NEGLIGIBLE:
                break
            pairs.append((value, weight))
    return _lumped((value, Fraction(weight)) for value, weight in pairs)


def _lumped(pairs: Iterable[tuple[float, Fraction]]) -> Distribution:
    """The distribution of values with weights; a constant if only one is left."""
    found: dict[float, Fraction] = {}
    for value, weight in pairs:
        require(math.isfinite(value), "A value is not finite; all values must be finite numbers.")
        if weight > 0:
            found[float(value) + 0.0] = found.get(float(value) + 0.0, Fraction(0)) + weight
    require(bool(found), "There are no values; a discrete distribution needs at least one.")
    require(len(found) <= _MOST_VALUES, f"There are {len(found):,} values; at most {_MOST_VALUES:,} are allowed.")
    values = sorted(found)
    if len(values) == 1:
        return Constant(values[0])
    return Discrete(tuple(values), tuple(_rising(found[value] for value in values)))


def _rising(weights: Iterable[Fraction]) -> Iterator[float]:
    """Running sums over the total, each correctly rounded."""
    sizes = list(weights)
    common = max(size.denominator for size in sizes)  # all are powers of two: the largest is a multiple of the others
    if any(common % size.denominator for size in sizes):
        common = math.lcm(*(size.denominator for size in sizes))
    whole = [size.numerator * (common // size.denominator) for size in sizes]
    total, sum_up_to = sum(whole), 0
    for size in whole:
        sum_up_to += size
        yield sum_up_to / total


# --- from other distributions


def _parts(law: Distribution) -> tuple[list[tuple[float, Fraction]], list[tuple[Fraction, Distribution]]]:
    """What a distribution is made of: single values with their chances, continuous parts with theirs."""
    if isinstance(law, Constant):
        return [(float(law.value), Fraction(1))], []
    if isinstance(law, Discrete):
        return law.atoms(), []
    if isinstance(law, Spiked):
        return law.atoms(), [(1 - sum((chance for _, chance in law.atoms()), Fraction(0)), law.inner)]
    return [], [(Fraction(1), law)]


def mixture(weights: Iterable[float], components: Iterable[Distribution]) -> Distribution:
    """One of several distributions. Single values among them keep their exact chances.

    Raises:
        ValueError: the weights are negative or do not add up to 1, or there is nothing to mix.
    """
    plain = Mixture(weights, components)
    single: list[tuple[float, Fraction]] = []
    smooth: list[tuple[Fraction, Distribution]] = []
    for weight, law in zip(plain.weights, plain.components, strict=True):
        atoms, rest = _parts(law)
        single += [(value, Fraction(weight) * chance) for value, chance in atoms]
        smooth += [(Fraction(weight) * share, part) for share, part in rest if weight > 0]
    if not single:
        return plain
    return _spiked(single, smooth)


def _spiked(single: list[tuple[float, Fraction]], smooth: list[tuple[Fraction, Distribution]]) -> Distribution:
    """Single values and continuous parts, with weights that need not add up to 1, as one distribution."""
    chances: dict[float, Fraction] = {}
    for value, weight in single:
        if weight > 0:
            chances[value + 0.0] = chances.get(value + 0.0, Fraction(0)) + weight
    share = sum((weight for weight, _ in smooth), Fraction(0))
    if not chances:
        return _smooth(smooth, share)
    if not share:
        return _lumped(chances.items())
    inner, values = _smooth(smooth, share), tuple(sorted(chances))
    total = share + sum(chances.values())
    lumped = [float(so_far / total) for so_far in itertools.accumulate((chances[value] for value in values), initial=Fraction(0))]
    rest = float(share / total)
    risen = [rest * float(one) for one in inner.cdf(np.array(values))]
    below, above = (tuple(one + before for one, before in zip(risen, sums, strict=False)) for sums in (lumped, lumped[1:]))
    return Spiked(inner, rest, values, below, above, tuple(lumped))


def _smooth(parts: list[tuple[Fraction, Distribution]], share: Fraction) -> Distribution:
    return parts[0][1] if len(parts) == 1 else Mixture([float(weight / share) for weight, _ in parts], [law for _, law in parts])


def truncated(law: Distribution, low: float, high: float) -> Distribution:
    """A distribution, given that the value lies above `low` and below `high`; a single value on a bound is out.

    Raises:
        ValueError: (almost) nothing lies between.
    """
    single, smooth = _parts(law)
    if not single:
        return Truncated(law, low, high)
    require(low < high, f"The bounds are {low:g}, {high:g}; the first must be below.")
    kept = [(value, chance) for value, chance in single if low < value < high]
    parts: list[tuple[Fraction, Distribution]] = []
    for share, part in smooth:
        mass = _mass(part, low, high)
        if mass > 0:
            parts.append((share * Fraction(mass), Truncated(part, low, high)))
    message = f"None of the values lies above {short_number(low)} and below {short_number(high)}; widen the bounds."
    require(bool(kept or parts), message)
    return _spiked(kept, parts)


def _mass(law: Distribution, low: float, high: float) -> float:
    below = 0.0 if low == -math.inf else float(law.cdf(np.array([low]))[0])
    above = 1.0 if high == math.inf else float(law.cdf(np.array([high]))[0])
    return above - below if above - below > 1e-9 else 0.0
