"""The straight line through points, by least squares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array

__all__ = ["FittedLine", "straight_line"]


@dataclass(frozen=True)
class FittedLine:
    """y = intercept + slope * x, and the share of y's variance that it carries (r2)."""

    slope: float
    intercept: float
    r2: float


def straight_line(x: Array, y: Array) -> FittedLine:
    """Least squares of y on x.

    Args:
        x, y: one value for each point; (point,).
    """
    across, up = x - x.mean(), y - y.mean()
    covariance, variance, total = float(across @ up), float(across @ across), float(up @ up)
    slope = covariance / variance
    return FittedLine(slope, float(np.mean(y) - slope * np.mean(x)), covariance * covariance / (variance * total))
