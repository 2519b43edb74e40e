"""Whether a scenario sets an answer itself: what the program says of the question, and whether the run left anything open."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.compile.program import ResultSlot, ScenarioSlot

__all__ = ["is_set_by"]


def is_set_by(scenario: ScenarioSlot, slot: ResultSlot, values: NDArray[np.float64], base: NDArray[np.float64]) -> bool:
    """Does the scenario set the answer, or what it is read from?

    Args:
        values, base: (future,), the answers in the scenario and in the baseline; NaN where the question does not apply, where a date never
            comes, or where the future failed.
    """
    if slot.name in scenario.sets:
        return not np.array_equal(values, base, equal_nan=True)  # it may look before the scenario begins
    return slot.name in scenario.may_set and _is_settled(values) and not _is_settled(base)


def _is_settled(values: NDArray[np.float64]) -> bool:
    """Is it the same in every future? A date that never comes is so too."""
    kept = values[~np.isnan(values)]
    return not len(kept) or bool((kept == kept[0]).all())
