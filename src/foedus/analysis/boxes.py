"""The futures that matter in a few boxes: intervals of a few parameters in which they are frequent.

A tree (CART) on one half of the futures proposes boxes; each is then cut down to the conditions that carry it, three at most, with bounds
rounded as they are told. What a box holds is counted on the other half, which had no say in it: its density (the share of its futures
that matter) and its coverage (the share of those that matter that it holds).

Sources: Breiman et al. 1984 (CART, from scikit-learn); Bryant & Lempert 2010 (scenario discovery: coverage and density).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import BOX
from foedus.analysis.explain import Amount
from foedus.arrays import Array

__all__ = [
    "MOST_BOXES",
    "MOST_CONDITIONS",
    "Box",
    "Condition",
    "Counted",
    "boxes_of",
    "confirmed",
    "counted",
    "f_measure",
    "rounded",
    "rounding_step",
]

MOST_BOXES, MOST_CONDITIONS = 3, 3
_LEAVES = 12
_SMALLEST = 0.02  # of the futures: what a box holds at least
_WORSE = 0.005  # a bound that carries less than that is dropped
_BETTER = 0.01  # by which a further box must make all of them better
_SHOWS = 2.0  # errors by which a bound must make its box denser where it was not drawn
_STEPS = 20  # of a rounded bound in a standard deviation, at least


@dataclass(frozen=True)
class Condition:
    """An interval of one parameter, in its declared unit; an end without bound is infinite.

    Attributes:
        row: of the parameter among those that were looked at.
        low, high: it lies above the one and at most at the other.
        step: to which bounds are rounded.
    """

    row: int
    low: float
    high: float
    step: float

    def holds(self, values: Array) -> NDArray[np.bool_]:
        return np.asarray((values[self.row] > self.low) & (values[self.row] <= self.high))


@dataclass(frozen=True)
class Counted:
    """What some futures hold of those that matter, with standard errors."""

    density: Amount
    coverage: Amount
    share: float


@dataclass(frozen=True)
class Box:
    """Conditions that hold together, the one that carries most first."""

    conditions: tuple[Condition, ...]

    def holds(self, values: Array) -> NDArray[np.bool_]:
        found = np.ones(values.shape[1], dtype=np.bool_)
        for one in self.conditions:
            found &= one.holds(values)
        return found


def boxes_of(values: Array, matters: NDArray[np.bool_], seed: int = 0) -> tuple[Box, ...]:
    """Boxes in which futures that matter are frequent, the best first; none where a tree finds none.

    Each further box is drawn on the futures that the boxes before it do not hold, while all of them together become better.

    Args:
        values: (parameter, future), in declared units.
        matters: (future,).
        seed: of the trees, which break ties by it.
    """
    steps = [_step(row) for row in values]
    chosen: list[Box] = []
    inside, best = np.zeros(len(matters), dtype=np.bool_), 0.0
    for _ in range(MOST_BOXES):
        left = ~inside
        if min(int(matters[left].sum()), int((~matters[left]).sum())) < BOX:
            break
        found = _candidates(values[:, left], matters[left], steps, seed)
        if not found:
            break
        worth = [_worth(inside | box.holds(values), matters) for box in found]
        place = int(np.argmax(worth))
        if worth[place] <= best + _BETTER:
            break
        chosen.append(found[place])
        inside, best = inside | found[place].holds(values), worth[place]
    return tuple(chosen)


def _candidates(values: Array, matters: NDArray[np.bool_], steps: Sequence[float], seed: int) -> list[Box]:
    """What the nodes of a tree come to, cut down to what carries them."""
    found = {}
    for conditions in _nodes(values, matters, seed):
        box = _trimmed(Box(tuple(_rounded(one, steps[one.row]) for one in conditions)), values, matters)
        if box.conditions:
            found[tuple(sorted(box.conditions, key=lambda one: one.row))] = box
    return list(found.values())


def confirmed(box: Box, values: Array, matters: NDArray[np.bool_]) -> Box:
    """A box without the bounds of which futures that had no say in it show no effect: those inside them matter as often as those outside.

    Bounds are only ever dropped, the weakest first, so that nothing is chosen for the luck of these futures.

    Args:
        values: (parameter, future), of futures on which the box was not drawn; matters: (future,).
    """
    parts = [part for one in box.conditions for part in _ends(one)]
    while len(parts) > 1:
        gains = [_gain(parts, place, values, matters) for place in range(len(parts))]
        weakest = int(np.argmin(gains))
        if gains[weakest] > _SHOWS:
            break
        del parts[weakest]
    return Box(_joined(parts))


def _gain(parts: Sequence[Condition], place: int, values: Array, matters: NDArray[np.bool_]) -> float:
    """By how many errors a bound makes the box denser."""
    others = Box(tuple(part for number, part in enumerate(parts) if number != place)).holds(values)
    inside = others & parts[place].holds(values)
    outside = others & ~inside
    dense, thin = (_share(int((one & matters).sum()), int(one.sum())) for one in (inside, outside))
    if not inside.any() or not outside.any():
        return 0.0
    return (dense.value - thin.value) / math.hypot(dense.error, thin.error)


def _worth(inside: NDArray[np.bool_], matters: NDArray[np.bool_]) -> float:
    """How good a box is, from 0 to 1."""
    return float(f_measure(np.float64((inside & matters).sum()), np.float64(inside.sum()), int(matters.sum()), len(matters)))


def f_measure(hits: Array | np.float64, sizes: Array | np.float64, matter: int, count: int) -> Array:
    """Coverage, and how far the density lies between that of all futures and 1, which counts double (β = 1/2), from 0 to 1.

    Args:
        hits, sizes: of each candidate, the futures that matter in it, and all in it.
        matter, count: the futures that matter, and all.
    """
    base = matter / count
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = (hits / sizes - base) / np.float64(1 - base)
        coverage = hits / np.float64(matter)
        found = 1.25 * lift * coverage / (0.25 * lift + coverage)
    return np.asarray(np.where((lift > 0) & (coverage > 0), found, 0.0), dtype=np.float64)


def counted(inside: NDArray[np.bool_], matters: NDArray[np.bool_]) -> Counted:
    """Density and coverage, with the standard deviations of their Jeffreys posteriors."""
    both = int((inside & matters).sum())
    return Counted(_share(both, int(inside.sum())), _share(both, int(matters.sum())), float(inside.mean()))


def _share(hits: int, count: int) -> Amount:
    error = math.sqrt((hits + 0.5) * (count - hits + 0.5) / (count + 1.0) ** 2 / (count + 2.0))
    return Amount(hits / count if count else math.nan, error if count else math.nan)


def _nodes(values: Array, matters: NDArray[np.bool_], seed: int) -> list[tuple[Condition, ...]]:
    """The nodes of a tree below its root, each as the conditions on the way to it."""
    from sklearn.tree import DecisionTreeClassifier

    smallest = max(BOX, int(_SMALLEST * values.shape[1]))
    luck = seed % 2**32
    tree = DecisionTreeClassifier(
        max_leaf_nodes=_LEAVES, max_depth=6, min_samples_leaf=smallest, criterion="entropy", random_state=luck
    )
    nodes = tree.fit(values.T, matters).tree_
    found: list[tuple[Condition, ...]] = []
    waiting: list[tuple[int, dict[int, tuple[float, float]]]] = [(0, {})]
    while waiting:
        node, limits = waiting.pop()
        if limits:
            found.append(tuple(Condition(row, low, high, 0.0) for row, (low, high) in limits.items()))
        if nodes.children_left[node] < 0:
            continue
        row, cut = int(nodes.feature[node]), float(nodes.threshold[node])
        low, high = limits.get(row, (-math.inf, math.inf))
        waiting.append((int(nodes.children_left[node]), {**limits, row: (low, min(high, cut))}))
        waiting.append((int(nodes.children_right[node]), {**limits, row: (max(low, cut), high)}))
    return found


def _step(values: Array) -> float:
    """A step of rounding, of which at least so many go into a standard deviation of the values."""
    low, high = np.quantile(values, (0.1, 0.9))
    return rounding_step(float(high - low) / 2.5 or float(values.std()), _STEPS)


def rounding_step(spread: float, steps: int) -> float:
    """A power of ten, of which at least `steps` go into a spread; 0 where there is none."""
    return float(10.0 ** math.floor(math.log10(spread / steps))) if spread > 0 and math.isfinite(spread) else 0.0


def rounded(value: float, step: float) -> float:
    """To the step; as it is where it is infinite, or the step 0."""
    return round(value / step) * step if step > 0 and math.isfinite(value) else value


def _rounded(one: Condition, step: float) -> Condition:
    return Condition(one.row, rounded(one.low, step), rounded(one.high, step), step)


def _trimmed(box: Box, values: Array, matters: NDArray[np.bool_]) -> Box:
    """Without the bounds that carry little, one after the other: all that may go, and then as many as are too many."""
    parts = [part for one in box.conditions for part in _ends(one)]

    def worth(kept: Sequence[Condition]) -> float:
        return _worth(Box(tuple(kept)).holds(values), matters)

    while parts:
        whole = worth(parts)
        without = [worth(parts[:place] + parts[place + 1 :]) for place in range(len(parts))]
        least = int(np.argmax(without))
        if whole - without[least] > _WORSE and len({one.row for one in parts}) <= MOST_CONDITIONS:
            order = np.argsort(without, kind="stable")
            return Box(_joined([parts[place] for place in order]))
        del parts[least]
    return Box(())


def _ends(one: Condition) -> list[Condition]:
    """Each bound alone."""
    ends = []
    if one.low > -math.inf:
        ends.append(Condition(one.row, one.low, math.inf, one.step))
    if one.high < math.inf:
        ends.append(Condition(one.row, -math.inf, one.high, one.step))
    return ends


def _joined(parts: Sequence[Condition]) -> tuple[Condition, ...]:
    """One condition for each parameter."""
    found: dict[int, Condition] = {}
    for one in parts:
        known = found.get(one.row, one)
        found[one.row] = Condition(one.row, max(known.low, one.low), min(known.high, one.high), one.step)
    return tuple(found.values())
