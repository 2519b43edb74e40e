"""The mean of one thing given another, by straight pieces: a line in each of a number of bins of equal size.

Lines, not steps: in the bins at the ends of a heavy tail much of what is to be explained lies within the bin.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array

__all__ = ["Bins", "Pieces", "predicted"]

_FOLDS = 5


@dataclass(frozen=True)
class Bins:
    """A number of bins of equal size that futures lie in by the rank of x; of ties the earlier future is first.

    Attributes:
        number: of bins.
        of: (future,), the bin that each lies in.
        value_of: (future,), which value each has, counted anew in every bin; None where no two futures of a bin share one.
    """

    number: int
    of: NDArray[np.int64]
    value_of: NDArray[np.int64] | None

    @staticmethod
    def by_rank(x: Array, number: int) -> Bins:
        order = np.argsort(x, kind="stable")
        ranked = np.arange(len(x)) * number // len(x)
        of = np.empty(len(x), dtype=np.int64)
        of[order] = ranked
        is_next = (np.diff(x[order]) != 0) | (np.diff(ranked) != 0)
        if is_next.all():
            return Bins(number, of, None)
        value_of = np.empty(len(x), dtype=np.int64)
        value_of[order] = np.append(0, np.cumsum(is_next))
        return Bins(number, of, value_of)

    def at(self, places: NDArray[np.bool_]) -> Bins:
        """The same bins, of some of the futures."""
        return Bins(self.number, self.of[places], None if self.value_of is None else self.value_of[places])

    def strays(self, y: Array) -> tuple[float, int]:
        """By how much more than those of single futures the means of bins stray by chance, and from how many degrees of freedom one knows.

        Where a value comes again, all that was drawn with it does, so that it is the values that are independent, and not the futures: the
        mean square between the values of a bin over that within bins (nested analysis of variance). 1 where no futures share values, or a
        bin holds hardly more than one.
        """
        within, bins = _inside(self.of, y)
        if self.value_of is None or within <= 0:
            return 1.0, len(y) - bins
        between, values = _inside(self.value_of, y)
        if values - bins < bins:
            return 1.0, len(y) - bins
        return (within - between) / (values - bins) / (within / max(1, len(y) - bins)), values - bins


def _inside(cells: NDArray[np.int64], y: Array) -> tuple[float, int]:
    """What lies within cells, as a sum of squares, and how many cells there are."""
    sizes, sums = np.bincount(cells), np.bincount(cells, weights=y)
    filled = sizes > 0
    return float(y @ y - (sums[filled] ** 2 / sizes[filled]).sum()), int(filled.sum())


@dataclass(frozen=True)
class _Sums:
    """What lines are fitted from, by (…, bin); x is counted from the middle of its bin."""

    count: Array
    x: Array
    y: Array
    xx: Array
    xy: Array
    yy: Array

    @staticmethod
    def of(cells: NDArray[np.int64], shape: tuple[int, ...], x: Array, y: Array) -> _Sums:
        size = math.prod(shape)
        parts = (np.ones_like(x), x, y, x * x, x * y, y * y)
        return _Sums(
            *(np.asarray(np.bincount(cells, weights=part, minlength=size), dtype=np.float64).reshape(shape) for part in parts)
        )

    def without(self) -> _Sums:
        """All but each in turn, along the first axis."""
        return _Sums(*(part.sum(axis=0) - part for part in (self.count, self.x, self.y, self.xx, self.xy, self.yy)))

    def lines(self) -> tuple[Array, Array]:
        """Height at the middle of the bin, and slope; a bin in which x does not vary has none."""
        count = np.maximum(self.count, 1)
        spread, together = self.xx - self.x**2 / count, self.xy - self.x * self.y / count
        is_wide = spread > 1e-9 * np.maximum(self.xx, 1e-300)
        slope = np.where(is_wide, together / np.where(is_wide, spread, 1.0), 0.0)
        return (self.y - slope * self.x) / count, slope

    def share(self, strays: float) -> Array:
        """(…,): the part of the variance of y that the lines explain, less what they would by chance (adjusted R²)."""
        count = np.maximum(self.count, 1)
        _, slope = self.lines()
        left = self.yy - self.y**2 / count - slope * (self.xy - self.x * self.y / count)
        whole, number = self.yy.sum(axis=-1) - self.y.sum(axis=-1) ** 2 / self.count.sum(axis=-1), self.count.sum(axis=-1)
        spent = (self.count > 0).sum(axis=-1) + (slope != 0).sum(axis=-1)
        open_ = left.sum(axis=-1) * (1 + strays * (spent - 1) / np.maximum(1, number - spent))
        return np.asarray(np.maximum(0.0, 1 - open_ / np.where(whole > 0, whole, np.inf)) * (whole > 0))


class Pieces:
    """Lines of y over x.

    Args:
        x, y: (future,).
        bins: their number, of equal size by the rank of x.
    """

    def __init__(self, x: Array, y: Array, bins: int) -> None:
        found = Bins.by_rank(x, bins)
        self.bins, self.of = bins, found.of
        middles = np.bincount(self.of, weights=x, minlength=bins) / np.maximum(1, np.bincount(self.of, minlength=bins))
        self._x, self._y = x - middles[self.of], y - y.mean()
        self.strays, _ = found.strays(self._y)
        """By how much more than single futures the means of bins stray by chance."""

    def share(self, groups: NDArray[np.int64]) -> tuple[float, float]:
        """The share of the variance of y that x explains, and its error by leaving out each group of futures in turn."""
        number = int(groups.max()) + 1
        sums = _Sums.of(groups * self.bins + self.of, (number, self.bins), self._x, self._y)
        whole = _Sums(*(part.sum(axis=0) for part in (sums.count, sums.x, sums.y, sums.xx, sums.xy, sums.yy)))
        without = sums.without().share(self.strays)
        return float(whole.share(self.strays)), math.sqrt((number - 1) / number * float(((without - without.mean()) ** 2).sum()))

    def fitted(self) -> Array:
        """(future,): the mean of y given x, less the mean of y."""
        height, slope = _Sums.of(self.of, (self.bins,), self._x, self._y).lines()
        return np.asarray(height[self.of] + slope[self.of] * self._x)

    def predicted(self) -> Array:
        """The same, for each fifth of the futures as the other four say; never beyond what y is anywhere."""
        fold = np.arange(len(self.of)) % _FOLDS
        sums = _Sums.of(fold * self.bins + self.of, (_FOLDS, self.bins), self._x, self._y)
        height, slope = sums.without().lines()
        return np.clip(height[fold, self.of] + slope[fold, self.of] * self._x, self._y.min(), self._y.max())


def predicted(x: Array, y: Array, bins: int) -> Array:
    """(future,): the mean of y given x, less the mean of y, of each fifth of the futures as the others say."""
    return Pieces(x, y, bins).predicted()
