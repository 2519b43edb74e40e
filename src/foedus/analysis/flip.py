"""Where a lever tips an answer: the position at which something becomes more likely than not.

A crossing is first seen between two positions of an even grid. Between them the lever is then tried again, on the same futures, until where
exactly these futures cross matters little beside their luck: how far the crossing would move if the probability were wrong by its error.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.analysis.compare import compare
from foedus.arrays import Array
from foedus.compile import Program
from foedus.compile.program import ResultSlot, ScenarioSlot, SetValue
from foedus.ensemble import Futures

__all__ = ["ROUNDS", "Flip", "FlipSearch", "can_place", "chances", "lever_positions"]

ROUNDS = 5
_PARTS = 4  # into which the stretch around a crossing is cut in a round
_CLEAR = 3.0  # errors by which a probability is clearly on the other side
_STEEP = 2.5  # errors by which it has to be off the threshold where its slope is read from: nearer by, luck alone may be steep
_FINE = 0.25  # half the stretch that is left, as a part of the luck: then it may stay


@dataclass(frozen=True)
class Flip:
    """How a lever moves one probability.

    Attributes:
        positions: of the lever, in its unit, evenly spread.
        probabilities, errors: at each position; errors are Monte Carlo standard errors.
        flip: where the probability first crosses the threshold, None if no crossing is seen from one to the next.
        flip_error: how far off the crossing may be: the probability's error over the slope, and half the stretch that was not tried.
        crossings: (place, error, rises?) of every crossing that is seen.
        label: the question in words.
    """

    question: str
    ask: str
    positions: tuple[float, ...]
    probabilities: tuple[float, ...]
    errors: tuple[float, ...]
    flip: float | None
    flip_error: float | None
    crossings: tuple[tuple[float, float, bool], ...] = ()
    label: str = ""

    def is_placed(self, error: float) -> bool:
        """Does an error of a crossing leave any of the lever out? One that reaches over all of it says not where it is."""
        return can_place(error, self.positions[0], self.positions[-1])


def can_place(error: float, low: float, high: float) -> bool:
    """Does a crossing with this standard error lie anywhere in particular between the ends of the lever?"""
    return math.isfinite(error) and 2 * error < high - low


def lever_positions(program: Program, slots: Sequence[int], positions: Array) -> tuple[ScenarioSlot, ...]:
    """One scenario for each position of one lever or several, all on the same futures.

    Args:
        slots: the levers, as parameters of the program.
        positions: (scenario, lever); in the declared unit of each.
    """
    scales = [program.parameters[slot].scale for slot in slots]
    first, last = program.first_step, program.first_step + program.steps + 2

    def at(row: Array) -> ScenarioSlot:
        places = [float(one) for one in row]
        settings = (SetValue(slot, -1, one * scale, first, last) for slot, one, scale in zip(slots, places, scales, strict=True))
        return ScenarioSlot(f"at {', '.join(map(repr, places))}", ", ".join(f"{one:.6g}" for one in places), tuple(settings))

    return tuple(at(row) for row in positions)


@dataclass(frozen=True)
class _Stretch:
    """A stretch of the lever on which the probability changes sides.

    Attributes:
        left, right: its ends.
        low, high: the probability at them, less the threshold.
        luck: how far the crossing would move if the probability were wrong by its error.
        is_done: no further position would help.
    """

    left: float
    right: float
    low: float
    high: float
    luck: float
    is_done: bool

    @property
    def crossing(self) -> tuple[float, float, bool]:
        """Place (by a straight line), error, and whether the probability rises."""
        width = self.right - self.left
        return self.left + self.low / (self.low - self.high) * width, math.hypot(width / 2, self.luck), self.high > self.low

    def inside(self) -> Array:
        """The positions to try next."""
        return np.linspace(self.left, self.right, _PARTS + 1)[1:-1]


class FlipSearch:
    """The search for where the probability of a question crosses the threshold as the lever moves.

    Args:
        slot: a question with a probability.
        positions: of the lever, rising.
        found: `chances` at them.
        threshold: between 0 and 1.
    """

    def __init__(self, slot: ResultSlot, positions: Array, found: tuple[Array, Array], threshold: float = 0.5) -> None:
        self._slot, self._threshold = slot, threshold
        self._positions = np.asarray(positions, dtype=np.float64)
        self._chance, self._error = found
        self._tried = _Tried(self._positions, self._chance - threshold, self._error)
        self._stretches = [self._tried.stretch(*self._positions[left : left + 2]) for left in _changes(self._chance - threshold)]

    @property
    def wanted(self) -> frozenset[float]:
        """Positions whose probability would narrow a crossing."""
        return frozenset(float(position) for one in self._stretches if not one.is_done for position in one.inside())

    def narrow(self, positions: Array, found: tuple[Array, Array]) -> None:
        """Take in the `chances` at further positions, among them all that are wanted."""
        chance, error = found
        self._tried = self._tried.with_more(np.asarray(positions, dtype=np.float64), chance - self._threshold, error)
        self._stretches = [narrower for one in self._stretches for narrower in self._tried.narrowed(one)]

    @property
    def gaps(self) -> tuple[int, ...]:
        """After which of the first positions each crossing of `flip` lies."""
        middles = [(one.left + one.right) / 2 for one in self._stretches]
        return tuple(int(place) - 1 for place in np.searchsorted(self._positions, middles))

    @property
    def flip(self) -> Flip:
        """What was found so far."""
        crossings = tuple(one.crossing for one in self._stretches)
        place, off = crossings[0][:2] if crossings else (None, None)
        positions, chance, error = (tuple(map(float, row)) for row in (self._positions, self._chance, self._error))
        return Flip(self._slot.name, self._slot.ask, positions, chance, error, place, off, crossings)


def chances(futures: Futures, slot: ResultSlot) -> tuple[Array, Array]:
    """(scenario,): the probabilities and their errors."""
    answers = compare(futures, slot).values()
    return (
        np.array([answer.probability for answer in answers], dtype=np.float64),
        np.array([answer.mc_error for answer in answers], dtype=np.float64),
    )


def _changes(above: Array) -> Iterator[int]:
    """After which positions the side changes; a position that is met exactly counts as above."""
    for left in range(len(above) - 1):
        if not np.isnan(above[left : left + 2]).any() and (above[left] >= 0) != (above[left + 1] >= 0):
            yield left


class _Tried:
    """All positions that were tried, rising, with the probability less the threshold, and its error."""

    def __init__(self, positions: Array, above: Array, error: Array) -> None:
        order = np.argsort(positions)
        self._positions, self._above, self._error = positions[order], above[order], error[order]

    def with_more(self, positions: Array, above: Array, error: Array) -> _Tried:
        """The same with further positions; of one that was tried before the first word stands."""
        is_new = ~np.isin(positions, self._positions)
        rows = ((self._positions, positions), (self._above, above), (self._error, error))
        return _Tried(*(np.concatenate([old, new[is_new]]) for old, new in rows))

    def stretch(self, left: float, right: float, is_done: bool = False) -> _Stretch:
        """Between two positions that were tried."""
        low, high = (float(self._above[np.searchsorted(self._positions, end)]) for end in (left, right))
        luck = self._luck(left + low / (low - high) * (right - left))
        return _Stretch(float(left), float(right), low, high, luck, is_done or (right - left) / 2 <= _FINE * luck)

    def narrowed(self, one: _Stretch) -> list[_Stretch]:
        """The parts of a stretch in which the probability changes sides: one, or several that differ clearly from the threshold in between.

        Where it only flickers about the threshold the stretch goes from its first crossing to its last, and is done.
        """
        if one.is_done:
            return [one]
        inside = slice(*np.searchsorted(self._positions, (one.left, np.nextafter(one.right, math.inf))))
        positions, above, error = (row[inside] for row in (self._positions, self._above, self._error))
        if np.isnan(above).any():
            return [replace(one, is_done=True)]
        changes = list(_changes(above))
        between = [np.abs(above / error)[first + 1 : last + 1].max() for first, last in itertools.pairwise(changes)]
        if min(between, default=math.inf) >= _CLEAR:
            return [self.stretch(*positions[left : left + 2]) for left in changes]
        return [self.stretch(positions[changes[0]], positions[changes[-1] + 1], is_done=True)]

    def _luck(self, place: float) -> float:
        """How far a crossing moves if the probability is wrong by its error: by the slope about it.

        The slope is read from either side, as near as the probability is clearly off the threshold, the nearer side counting more. Where that
        is nowhere, the crossing may lie at the far end of all that was tried.
        """
        known = ~np.isnan(self._above)
        positions, above, error = (row[known] for row in (self._positions, self._above, self._error))
        unsure = float(np.interp(place, positions, error))
        beyond = np.abs(above) >= _STEEP * unsure
        sides = [(positions < place, -1), (positions > place, 0)]
        found = []
        for is_beside, nearest in sides:
            far = np.flatnonzero(is_beside & beyond)
            if len(far):
                reach = abs(float(positions[far[nearest]]) - place)
                found.append((abs(float(above[far[nearest]])) / reach, 1 / reach))
        if found:
            return unsure * math.fsum(weight for _, weight in found) / math.fsum(slope * weight for slope, weight in found)
        return float(np.abs(positions[[0, -1]] - place).max())
