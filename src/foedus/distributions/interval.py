"""A distribution from its 90 % interval, the way people state what they think."""

from __future__ import annotations

import numpy as np

from foedus import numerics
from foedus.distributions.base import Distribution, require, require_finite
from foedus.distributions.families import LogitNormal, LogNormal, Normal, Uniform

__all__ = ["FAMILIES", "NORMAL_95", "from_interval"]

NORMAL_95 = 1.6448536269514722
"""The 95 % point of the standard normal distribution."""

FAMILIES = ("normal", "lognormal", "share", "uniform")


def from_interval(low: float, high: float, family: str | None = None) -> Distribution:
    """The distribution whose 5 % point is `low` and whose 95 % point is `high`.

    Args:
        low, high: the ends of the 90 % interval, low < high.
        family: "normal", "lognormal", "share" (logit-normal) or "uniform"; without it lognormal when both
            ends are positive, else normal. A uniform reaches beyond the interval by an eighteenth of its
            width on either side.
    Returns:
        The distribution.
    Raises:
        ValueError: the ends do not fit the family, or the family is unknown.
    """
    require_finite(low=low, high=high)
    require(low < high, f"The interval is {low:g} to {high:g}; its low end must be below its high end.")
    chosen = family or ("lognormal" if low > 0 else "normal")
    require(chosen in FAMILIES, f'There is no family "{chosen}"; there are {", ".join(FAMILIES)}.')
    if chosen == "normal":
        return Normal((low + high) / 2, (high - low) / (2 * NORMAL_95))
    if chosen == "uniform":
        margin = (high - low) / 18
        return Uniform(low - margin, high + margin)
    if chosen == "lognormal":
        require(low > 0, f"The low end is {low:g}; a lognormal is above zero. `as normal` may be less.")
        return LogNormal(*_middle_and_width(*_logs(low, high)))
    require(low > 0 and high < 1, f"The interval is {low:g} to {high:g}; a share must lie inside 0 and 1.")
    below, above = _logs(low, high)
    rest_below, rest_above = _logs(1 - low, 1 - high)
    return LogitNormal(*_middle_and_width(below - rest_below, above - rest_above))


def _logs(low: float, high: float) -> tuple[float, float]:
    """Both logarithms, by the project's own function."""
    first, second = numerics.log(np.array([low, high], float))
    return float(first), float(second)


def _middle_and_width(low: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation of the normal with this 90 % interval."""
    return (low + high) / 2, (high - low) / (2 * NORMAL_95)
