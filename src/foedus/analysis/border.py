"""Where two levers tip an answer together: the border between where it is more likely than not and where it is less.

The levers stand on an even grid. Along every line of it, either way, the crossings are searched as for one lever; in each cell of the grid
those on its sides are joined, so that curves come out, which may end at the edge of the grid, close in themselves, or be several.
"""

from __future__ import annotations

import collections
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.flip import FlipSearch
from foedus.arrays import Array

__all__ = ["Border", "BorderCurve", "BorderPoint", "MovedLever", "joined"]


@dataclass(frozen=True)
class MovedLever:
    """A lever that was moved from end to end.

    Attributes:
        positions: at which it stood, rising, in `unit`.
    """

    name: str
    label: str
    unit: str
    positions: tuple[float, ...]


@dataclass(frozen=True)
class BorderPoint:
    """A place at which the probability crosses the threshold.

    Attributes:
        place: of the first lever and of the second, each in its unit.
        along: which of them was moved there, 0 or 1; the other one stands at a position of the grid.
        error: of the place, in the unit of the lever that was moved.
        rises: whether the probability is above the threshold where that lever is higher.
    """

    place: tuple[float, float]
    along: int
    error: float
    rises: bool


@dataclass(frozen=True)
class BorderCurve:
    """Crossings that follow each other; a closed one ends where it began."""

    points: tuple[BorderPoint, ...]
    is_closed: bool


@dataclass(frozen=True)
class Border:
    """How two levers move one probability.

    Attributes:
        question, label: its name, and what is asked.
        probabilities, errors: (second lever, first lever), at the positions of the grid; errors are standard errors of counting.
        curves: the borders, that with most points first.
    """

    question: str
    label: str
    levers: tuple[MovedLever, MovedLever]
    threshold: float
    probabilities: tuple[tuple[float, ...], ...]
    errors: tuple[tuple[float, ...], ...]
    curves: tuple[BorderCurve, ...]
    futures: int
    seed: int


def joined(
    first: Sequence[FlipSearch], second: Sequence[FlipSearch], positions: tuple[Array, Array], above: Array
) -> tuple[BorderCurve, ...]:
    """The crossings of all lines of the grid, joined to curves.

    Args:
        first: one search along the first lever for each position of the second.
        second: one search along the second lever for each position of the first.
        positions: of the two levers.
        above: (second lever, first lever); the probability less the threshold.
    """
    sides: dict[tuple[int, int, int], list[int]] = collections.defaultdict(list)  # (lever moved, line, gap): the crossings there
    points: list[BorderPoint] = []
    for along, searches in enumerate((first, second)):
        for line, search in enumerate(searches):
            stands = float(positions[1 - along][line])
            for gap, (place, error, rises) in zip(search.gaps, search.flip.crossings, strict=True):
                sides[along, line, gap].append(len(points))
                points.append(BorderPoint((place, stands) if along == 0 else (stands, place), along, error, rises))
    links: dict[int, list[int]] = {number: [] for number in range(len(points))}
    for row in range(len(first) - 1):
        for column in range(len(second) - 1):
            around = [
                *sides[0, row, column],
                *sides[1, column + 1, row],
                *sides[0, row + 1, column][::-1],
                *sides[1, column, row][::-1],
            ]
            for one, other in _pairs(around, above[row : row + 2, column : column + 2]):
                links[one].append(other)
                links[other].append(one)
    curves = (BorderCurve(tuple(points[number] for number in chain), is_closed) for chain, is_closed in _chains(links))
    return tuple(sorted(curves, key=lambda curve: -len(curve.points)))


def _pairs(around: list[int], corners: Array) -> list[tuple[int, int]]:
    """Which crossings on the sides of a cell belong together, going around it from its first corner.

    Two belong together. Of more, the border keeps those parts of the rim apart that are on the other side than the middle.
    """
    if len(around) % 2 or np.isnan(corners).any():
        return []
    is_middle_above = bool(corners.mean() >= 0)
    turned = around if is_middle_above == bool(corners[0, 0] >= 0) else [*around[1:], *around[:1]]
    return list(zip(turned[::2], turned[1::2], strict=True))


def _chains(links: dict[int, list[int]]) -> list[tuple[list[int], bool]]:
    """The paths that the links make, from end to end, and the rings; every number is in one of them."""
    found, left = [], dict.fromkeys(sorted(links, key=lambda number: len(links[number])))
    while left:
        chain = [next(iter(left))]
        del left[chain[0]]
        while (onward := next((number for number in links[chain[-1]] if number in left), None)) is not None:
            del left[onward]
            chain.append(onward)
        found.append((chain, len(chain) > 2 and chain[0] in links[chain[-1]]))
    return found
