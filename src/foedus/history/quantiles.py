"""A distribution as an even sample: quantiles in the middle of equal shares, which score as all its members do."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.analysis.enough import INTERVAL
from foedus.arrays import Array
from foedus.history.digests import rounded

__all__ = ["LEVELS", "even_quantiles", "sample_answer", "tails"]

LEVELS = 200


def even_quantiles(values: Array) -> list[float | None]:
    """LEVELS quantiles in the middle of as many equal shares; an even sample of the values."""
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    return [rounded(float(value)) for value in np.quantile(values, levels)]


def tails(values: Array) -> list[float | None] | None:
    """The quantiles of a number; None of so few futures that they say nothing of its tails."""
    return even_quantiles(values) if len(values) >= INTERVAL else None


def sample_answer(values: Array) -> dict[str, Any]:
    """A number as a frozen forecast keeps it: mean, how many futures, quantiles."""
    if not len(values):
        return {"mean": None, "futures": 0, "quantiles": None}
    return {"mean": rounded(float(values.mean())), "futures": len(values), "quantiles": tails(values)}
