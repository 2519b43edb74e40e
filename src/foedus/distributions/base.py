"""What every distribution can do, and the checks that they share."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import ClassVar

import numpy as np

from foedus.arrays import Array

__all__ = ["Distribution", "require", "require_finite", "require_positive", "short_number"]


class Distribution(ABC):
    """A distribution of one real number.

    `quantile` and `cdf` work element by element: the result for one element never depends on its
    neighbours, so that futures computed in chunks of any size are the same. The shape is kept.
    """

    label: ClassVar[str]

    @abstractmethod
    def quantile(self, u: Array) -> Array:
        """The smallest x with cdf(x) >= u, for u in (0, 1)."""

    @abstractmethod
    def cdf(self, x: Array) -> Array:
        """The probability of a value of at most x."""

    @abstractmethod
    def support(self) -> tuple[float, float]:
        """The smallest interval that holds every possible value; may be infinite."""

    @abstractmethod
    def scaled(self, factor: float) -> Distribution:
        """The distribution of factor * X; factor > 0. For changing units."""

    def describe(self) -> str:
        """The family and its 90 % interval, for a table: "lognormal, 90 % 300–370"."""
        low, high = (short_number(float(x)) for x in self.quantile(np.array([0.05, 0.95])))
        return f"{self.label}, 90 % {low}–{high}"


def short_number(value: float) -> str:
    """A number with about three digits, as people write it: 12,300, 0.15, 1e-05."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    if not 1e-4 <= abs(value) < 1e9:
        return f"{value:.3g}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    if abs(value) >= 1000:
        digits = math.floor(math.log10(abs(value)))
        return f"{round(value, 2 - digits):,.0f}"
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def require(condition: bool, message: str) -> None:
    """Refuse an argument with a sentence that says what is allowed."""
    if not condition:
        raise ValueError(message)


def require_finite(**values: float) -> None:
    """Each value must be an ordinary number, neither infinite nor missing."""
    for name, value in values.items():
        require(math.isfinite(value), f"{name} is {value}; it must be a finite number.")


def require_positive(**values: float) -> None:
    """Each value must be finite and above zero."""
    require_finite(**values)
    for name, value in values.items():
        require(value > 0, f"{name} is {value:g}; it must be above zero.")
