"""Where a lever tips an answer: the position at which something becomes more likely than not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.analysis.compare import compare
from foedus.compile import Program
from foedus.compile.program import ResultSlot, ScenarioSlot, SetValue
from foedus.ensemble import Futures

__all__ = ["Flip", "find_flip", "lever_positions"]


@dataclass(frozen=True)
class Flip:
    """How a lever moves one probability.

    Attributes:
        positions: of the lever, in its unit.
        probabilities, errors: at each position; errors are Monte Carlo standard errors.
        flip: where the probability first crosses the threshold, None if it does not.
        flip_error: how far off the crossing may be, from the error of the probability and the slope there.
    """

    question: str
    ask: str
    positions: tuple[float, ...]
    probabilities: tuple[float, ...]
    errors: tuple[float, ...]
    flip: float | None
    flip_error: float | None


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
    flip = flip_error = None
    for left in range(len(positions) - 1):
        low, high = chance[left] - threshold, chance[left + 1] - threshold
        if low == 0 or low * high < 0:
            part = 0.0 if low == 0 else low / (low - high)
            width = positions[left + 1] - positions[left]
            flip = float(positions[left] + part * width)
            slope = abs(high - low) / width
            flip_error = float(max(error[left], error[left + 1]) / slope) if slope > 0 else None
            break
    return Flip(
        slot.name, slot.ask, tuple(map(float, positions)), tuple(map(float, chance)), tuple(map(float, error)), flip, flip_error
    )
