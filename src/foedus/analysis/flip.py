"""Where a lever tips an answer: the position at which something becomes more likely than not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.compare import compare
from foedus.compile import Program
from foedus.compile.program import ResultSlot, ScenarioSlot, SetValue
from foedus.ensemble import Futures

__all__ = ["Flip", "find_flip", "lever_positions"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Flip:
    """How a lever moves one probability.

    Attributes:
        positions: of the lever, in its unit.
        probabilities, errors: at each position; errors are Monte Carlo standard errors.
        flip: where the probability first crosses the threshold, None if no crossing is seen between the positions that were tried.
        flip_error: how far off the crossing may be: half the gap between two positions, and the probability's error over the slope.
        crossings: (place, error, rises?) of every crossing that is seen.
    """

    question: str
    ask: str
    positions: tuple[float, ...]
    probabilities: tuple[float, ...]
    errors: tuple[float, ...]
    flip: float | None
    flip_error: float | None
    crossings: tuple[tuple[float, float, bool], ...] = ()


def lever_positions(program: Program, slot: int, positions: np.ndarray) -> tuple[ScenarioSlot, ...]:
    """One scenario for each position of a lever (in its declared unit), all on the same futures."""
    scale = program.parameters[slot].scale
    last = program.first_step + program.steps + 2
    return tuple(
        ScenarioSlot(
            f"at {position:.6g}", f"{position:.6g}", (SetValue(slot, -1, float(position) * scale, program.first_step, last),)
        )
        for position in positions
    )


def find_flip(futures: Futures, slot: ResultSlot, positions: np.ndarray, threshold: float = 0.5) -> Flip:
    """Where the probability of a question crosses the threshold as the lever moves.

    Args:
        futures: of `lever_positions`, in the same order.
        slot: a question with a probability.
        positions: of the lever, rising.
        threshold: between 0 and 1.
    """
    answers = list(compare(futures, slot).values())
    chance = np.array([answer.probability for answer in answers], dtype=np.float64)
    error = np.array([answer.mc_error for answer in answers])
    crossings = tuple(_crossings(np.asarray(positions, dtype=np.float64), chance - threshold, error))
    flip, flip_error = crossings[0][:2] if crossings else (None, None)
    return Flip(slot.name, slot.ask, tuple(map(float, positions)), tuple(map(float, chance)), tuple(map(float, error)), flip, flip_error,
                crossings)  # fmt: skip


def _crossings(positions: Array, above: Array, error: Array) -> Iterator[tuple[float, float, bool]]:
    """Every change of side between two positions, by a straight line; a position that is met exactly counts as above."""
    for left in range(len(positions) - 1):
        low, high = above[left], above[left + 1]
        if np.isnan(low) or np.isnan(high) or (low >= 0) == (high >= 0):
            continue
        width = positions[left + 1] - positions[left]
        luck = max(error[left], error[left + 1]) * width / abs(high - low)
        yield float(positions[left] + low / (low - high) * width), math.hypot(width / 2, luck), bool(high > low)
