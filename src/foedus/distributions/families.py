"""The families of distributions that a model file can name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, final

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions.base import (
    Distribution,
    require,
    require_finite,
    require_positive,
    short_number,
)
from foedus.distributions.composed import Scaled

__all__ = [
    "Beta",
    "Constant",
    "Exponential",
    "Gamma",
    "LogNormal",
    "LogitNormal",
    "Normal",
    "StudentT",
    "Triangular",
    "Uniform",
]


def _special() -> Any:
    """scipy.special, imported when a family first needs it: that takes a quarter of a second."""
    from scipy import special

    return special


def _log(value: float) -> float:
    """The project's own logarithm of one number, the same bits on every machine."""
    return float(numerics.log(np.array([value]))[0])


def _log_inside(x: Array, inside: NDArray[np.bool_]) -> Array:
    """Logarithm where `inside` holds, 0 elsewhere; so that nothing warns about values outside the support."""
    return numerics.log(np.where(inside, x, 1.0))


@final
@dataclass(frozen=True)
class Constant(Distribution):
    """A number that is known exactly."""

    value: float
    label: ClassVar[str] = "constant"

    def __post_init__(self) -> None:
        require_finite(value=self.value)

    def quantile(self, u: Array) -> Array:
        return np.full(np.shape(u), float(self.value))

    def cdf(self, x: Array) -> Array:
        return np.where(np.asarray(x) >= self.value, 1.0, 0.0)

    def support(self) -> tuple[float, float]:
        return float(self.value), float(self.value)

    def describe(self) -> str:
        return f"exactly {short_number(self.value)}"

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Constant(self.value * factor)


@final
@dataclass(frozen=True)
class Normal(Distribution):
    """The normal distribution."""

    mean: float
    sd: float
    label: ClassVar[str] = "normal"

    def __post_init__(self) -> None:
        require_finite(mean=self.mean)
        require_positive(sd=self.sd)

    def quantile(self, u: Array) -> Array:
        return self.mean + self.sd * numerics.normal_quantile(np.asarray(u, float))

    def cdf(self, x: Array) -> Array:
        with np.errstate(over="ignore"):  # infinitely many tiny spreads away is far enough
            return numerics.normal_cdf((np.asarray(x, float) - self.mean) / self.sd)

    def support(self) -> tuple[float, float]:
        return -math.inf, math.inf

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Normal(self.mean * factor, self.sd * factor)


@final
@dataclass(frozen=True)
class LogNormal(Distribution):
    """A positive number whose logarithm is normal with mean `mu` and standard deviation `sigma`."""

    mu: float
    sigma: float
    label: ClassVar[str] = "lognormal"

    def __post_init__(self) -> None:
        require_finite(mu=self.mu)
        require_positive(sigma=self.sigma)

    def quantile(self, u: Array) -> Array:
        return numerics.exp(self.mu + self.sigma * numerics.normal_quantile(np.asarray(u, float)))

    def cdf(self, x: Array) -> Array:
        x = np.asarray(x, float)
        inside = x > 0
        return np.where(inside, numerics.normal_cdf((_log_inside(x, inside) - self.mu) / self.sigma), 0.0)

    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return LogNormal(self.mu + _log(factor), self.sigma)


@final
@dataclass(frozen=True)
class LogitNormal(Distribution):
    """A share in (0, 1) whose log-odds are normal with mean `mu` and standard deviation `sigma`."""

    mu: float
    sigma: float
    label: ClassVar[str] = "logit-normal"

    def __post_init__(self) -> None:
        require_finite(mu=self.mu)
        require_positive(sigma=self.sigma)

    def quantile(self, u: Array) -> Array:
        log_odds = self.mu + self.sigma * numerics.normal_quantile(np.asarray(u, float))
        return 1.0 / (1.0 + numerics.exp(-log_odds))

    def cdf(self, x: Array) -> Array:
        x = np.asarray(x, float)
        inside = (x > 0) & (x < 1)
        log_odds = _log_inside(x, inside) - _log_inside(1.0 - x, inside)
        probability = numerics.normal_cdf((log_odds - self.mu) / self.sigma)
        return np.where(inside, probability, np.where(x >= 1, 1.0, 0.0))

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def scaled(self, factor: float) -> Distribution:
        return Scaled.of(self, factor)


@final
@dataclass(frozen=True)
class Uniform(Distribution):
    """Every number between `low` and `high` alike."""

    low: float
    high: float
    label: ClassVar[str] = "uniform"

    def __post_init__(self) -> None:
        require_finite(low=self.low, high=self.high)
        require(self.low < self.high, f"low is {self.low:g}, high {self.high:g}; low must be below high.")

    def quantile(self, u: Array) -> Array:
        return self.low + (self.high - self.low) * np.asarray(u, float)

    def cdf(self, x: Array) -> Array:
        return np.clip((np.asarray(x, float) - self.low) / (self.high - self.low), 0.0, 1.0)

    def support(self) -> tuple[float, float]:
        return float(self.low), float(self.high)

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Uniform(self.low * factor, self.high * factor)


@final
@dataclass(frozen=True)
class Triangular(Distribution):
    """Between `low` and `high`, most likely at `mode`."""

    low: float
    mode: float
    high: float
    label: ClassVar[str] = "triangular"

    def __post_init__(self) -> None:
        require_finite(low=self.low, mode=self.mode, high=self.high)
        require(
            self.low <= self.mode <= self.high and self.low < self.high,
            f"low, mode, high are {self.low:g}, {self.mode:g}, {self.high:g}; they must rise.",
        )

    def quantile(self, u: Array) -> Array:
        u = np.asarray(u, float)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = self.low + np.sqrt(u * width * left)
        falling = self.high - np.sqrt((1.0 - u) * width * right)
        return np.where(u * width < left, rising, falling)

    def cdf(self, x: Array) -> Array:
        x = np.clip(np.asarray(x, float), self.low, self.high)
        width, left, right = self.high - self.low, self.mode - self.low, self.high - self.mode
        rising = (x - self.low) ** 2 / (width * (left or 1.0))
        falling = 1.0 - (self.high - x) ** 2 / (width * (right or 1.0))
        return np.where(x < self.mode, rising, falling)

    def support(self) -> tuple[float, float]:
        return float(self.low), float(self.high)

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Triangular(self.low * factor, self.mode * factor, self.high * factor)


@final
@dataclass(frozen=True)
class Beta(Distribution):
    """A share in (0, 1), as after `a` successes and `b` failures."""

    a: float
    b: float
    label: ClassVar[str] = "beta"

    def __post_init__(self) -> None:
        require_positive(a=self.a, b=self.b)

    def quantile(self, u: Array) -> Array:
        return np.asarray(_special().betaincinv(self.a, self.b, np.asarray(u, float)), float)

    def cdf(self, x: Array) -> Array:
        return np.asarray(_special().betainc(self.a, self.b, np.clip(np.asarray(x, float), 0.0, 1.0)), float)

    def support(self) -> tuple[float, float]:
        return 0.0, 1.0

    def scaled(self, factor: float) -> Distribution:
        return Scaled.of(self, factor)


@final
@dataclass(frozen=True)
class Gamma(Distribution):
    """The gamma distribution, with mean shape * scale."""

    shape: float
    scale: float
    label: ClassVar[str] = "gamma"

    def __post_init__(self) -> None:
        require_positive(shape=self.shape, scale=self.scale)

    def quantile(self, u: Array) -> Array:
        return self.scale * np.asarray(_special().gammaincinv(self.shape, np.asarray(u, float)), float)

    def cdf(self, x: Array) -> Array:
        positive = np.maximum(np.asarray(x, float), 0.0)
        return np.asarray(_special().gammainc(self.shape, positive / self.scale), float)

    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Gamma(self.shape, self.scale * factor)


@final
@dataclass(frozen=True)
class Exponential(Distribution):
    """The waiting time for something that happens at a constant rate, on average after `mean`."""

    mean: float
    label: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        require_positive(mean=self.mean)

    def quantile(self, u: Array) -> Array:
        return -self.mean * numerics.log(1.0 - np.asarray(u, float))

    def cdf(self, x: Array) -> Array:
        return 1.0 - numerics.exp(-np.maximum(np.asarray(x, float), 0.0) / self.mean)

    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return Exponential(self.mean * factor)


@final
@dataclass(frozen=True)
class StudentT(Distribution):
    """Student's t with `df` degrees of freedom, moved to `location` and stretched by `scale`: fat tails."""

    df: float
    location: float
    scale: float
    label: ClassVar[str] = "student"

    def __post_init__(self) -> None:
        require_finite(location=self.location)
        require_positive(df=self.df, scale=self.scale)

    def quantile(self, u: Array) -> Array:
        return self.location + self.scale * np.asarray(_special().stdtrit(self.df, np.asarray(u, float)), float)

    def cdf(self, x: Array) -> Array:
        return np.asarray(_special().stdtr(self.df, (np.asarray(x, float) - self.location) / self.scale), float)

    def support(self) -> tuple[float, float]:
        return -math.inf, math.inf

    def scaled(self, factor: float) -> Distribution:
        require_positive(factor=factor)
        return StudentT(self.df, self.location * factor, self.scale * factor)
