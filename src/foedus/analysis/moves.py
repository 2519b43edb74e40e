"""When a difference counts as a move: beyond chance, and large enough to matter. One table for terminal, report and page."""

from __future__ import annotations

import math

from foedus.analysis.finding import Answer

__all__ = ["ERRORS", "MATTERS", "is_move", "move_size"]

ERRORS = 2.0
"""Standard errors that a difference must exceed."""
MATTERS = {"chance": 0.01, "width": 0.02}
"""The smallest move that matters: of a chance, and of an amount or a date as a part of the width of its 90 % interval in the baseline."""


def move_size(answer: Answer, base: Answer | None) -> float:
    """A difference on a scale common to all questions: probability, or widths of the 90 % interval."""
    if answer.difference is None or math.isnan(answer.difference):
        return 0.0
    if base is None or base.quantiles is None:
        return abs(answer.difference)
    width = base.quantiles[4] - base.quantiles[0]
    return abs(answer.difference) / width if width > 0 else 1.0


def is_move(answer: Answer, base: Answer | None) -> bool:
    """Is the answer's difference beyond chance, and does it matter?"""
    difference, error = answer.difference, answer.difference_error
    if difference is None or error is None or not (math.isfinite(difference) and math.isfinite(error)):
        return False
    smallest = MATTERS["chance" if answer.quantiles is None else "width"]
    return difference != 0.0 and abs(difference) > ERRORS * error and move_size(answer, base) >= smallest
