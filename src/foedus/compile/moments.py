"""The moments of steps: so many steps after the start, as the nearest double.

A step of a seventh of a week is no double. Counted as so many times it, five days would come one rounding behind the date that they are, and
what is to happen on that date would wait for the next step; five divided by seven is the date.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["is_binary", "moment", "parts_of"]

_MOST_PARTS = 1_000_000
Steps = TypeVar("Steps", float, NDArray[np.float64])


def moment(step: float, steps: Steps) -> Steps:
    """The time after so many steps, halves of them too; (row,) for (row,)."""
    above, below = parts_of(step)
    found: Steps = steps * above / below
    return found


def is_binary(step: float) -> bool:
    """Are all moments sums of steps without rounding?"""
    above, below = parts_of(step)
    return below & (below - 1) == 0 and above == int(above)


@lru_cache(maxsize=64)
def parts_of(step: float) -> tuple[float, int]:
    """The step as a whole number over another, or over 1."""
    near = Fraction(step).limit_denominator(_MOST_PARTS)
    return (float(near.numerator), near.denominator) if near.numerator / near.denominator == step else (step, 1)
