"""Is the step short enough? The same futures with half the step tell."""

from __future__ import annotations

import math

import numpy as np

from foedus.analysis.enough import STEP
from foedus.ensemble import Futures
from foedus.errors import Problem
from foedus.wording import stated, unit_words

__all__ = ["step_warnings"]

SMALL = 0.1  # of an answer's standard deviation over futures


def step_warnings(whole: Futures, halved: Futures) -> list[Problem]:
    """Questions whose baseline answer moves with the step, beyond chance and by more than a tenth of their own spread.

    Args:
        whole: an ensemble.
        halved: the same futures of the same model with half the step.
    """
    found = []
    for slot in whole.program.results:
        one, other = whole.values(slot.name), halved.values(slot.name)
        both = ~(np.isnan(one) | np.isnan(other))
        if both.sum() < STEP:
            continue
        gap = other[both] - one[both]
        error = float(gap.std(ddof=1)) / math.sqrt(len(gap))
        spread = float(one[both].std(ddof=1))
        shift = float(gap.mean())
        if abs(shift) > 3 * error and abs(shift) > max(SMALL * spread, 1e-3 * abs(float(one[both].mean()))):
            moved = stated(shift, error, is_signed=True).said(unit_words(slot.unit))
            message = f"the step is too long for `{slot.name}`: half of it moves the answer by {moved}."
            help = "Make the step shorter; where it is the period of the model itself, say `discrete`."
            found.append(Problem(whole.program.name, 0, 0, "step-too-long", message, help, is_warning=True))
    return found
