"""When a difference counts as a move: beyond chance, and large enough to matter. One table for terminal, report and page."""

from __future__ import annotations

import math

from foedus.analysis.finding import Answer

__all__ = ["ERRORS", "MATTERS", "is_chance_move", "is_move", "is_of_other_futures", "is_value_move", "move_size"]

ERRORS = 2.0
"""Standard errors that a difference must exceed."""
MATTERS = {"chance": 0.01, "width": 0.02, "share": 0.01}
"""The smallest move that matters: of a chance, and of an amount or a date as a part of the width of its 90 % interval in the baseline; and by
how many of the futures an answer may rest on that another does not, before its difference is one between other futures."""


def move_size(answer: Answer, base: Answer | None) -> float:
    """A difference on a scale common to all questions: probability, or widths of the 90 % interval; of a date, the larger of both.

    An amount of which too few futures tell how wide its interval is has no size.
    """
    return max(_amount_size(answer, base), abs(answer.chance_difference or 0.0) if is_chance_move(answer) else 0.0)


def _amount_size(answer: Answer, base: Answer | None) -> float:
    if answer.difference is None or math.isnan(answer.difference):
        return 0.0
    if base is None or base.quantiles is None:
        return abs(answer.difference)
    if math.isnan(base.width):
        return 0.0
    return abs(answer.difference) / base.width if base.width > 0 else 1.0


def is_move(answer: Answer, base: Answer | None) -> bool:
    """Is a difference of the answer beyond chance, and does it matter? Of a date, that of its chance or of its median."""
    return is_value_move(answer, base) or is_chance_move(answer)


def is_of_other_futures(answer: Answer) -> bool:
    """Does the question apply to other futures (`given`) than in the answer that this one is compared with?

    Then the difference is one between other futures, and no effect on the same ones. A date applies to futures in which it never comes too.
    """
    return answer.other_share >= MATTERS["share"]


def is_value_move(answer: Answer, base: Answer | None) -> bool:
    """The same, of the number that stands for the answer."""
    if is_of_other_futures(answer):
        return False
    smallest = MATTERS["chance" if answer.quantiles is None else "width"]
    return _is_clear(answer.difference, answer.difference_error) and _amount_size(answer, base) >= smallest


def is_chance_move(answer: Answer) -> bool:
    """The same, of the chance that a date comes at all."""
    size = abs(answer.chance_difference or 0.0)
    is_clear = _is_clear(answer.chance_difference, answer.chance_difference_error) and not is_of_other_futures(answer)
    return is_clear and size >= MATTERS["chance"]


def _is_clear(difference: float | None, error: float | None) -> bool:
    if difference is None or error is None or not (math.isfinite(difference) and math.isfinite(error)):
        return False
    return difference != 0.0 and abs(difference) > ERRORS * error
