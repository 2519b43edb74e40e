"""What an engine is given and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array

__all__ = ["Inputs", "Run"]


@dataclass(frozen=True)
class Inputs:
    """Everything that distinguishes one stretch of futures under one scenario.

    Attributes:
        parameters: (parameter, future), in base units; behind them the draws that the program wants handed in (`Program.given`).
        first_future: number of the first future; the others follow.
        columns: (row, column): values that are the same in all futures, one row per step (two for half steps).
        keys: (stream, 2), uint32: keys of the random streams.
        saves: keep trajectories?
    """

    parameters: Array
    first_future: int
    columns: Array
    keys: NDArray[np.uint32]
    saves: bool = False


@dataclass(frozen=True)
class Run:
    """What came out.

    Attributes:
        results: (question, future), in the unit shown; NaN where a question does not apply.
        status: (future,), codes of `foedus.compile.program.Status`.
        reports: (report, future).
        saved: (variable, moment, future) in base units, or None.
    """

    results: Array
    status: NDArray[np.int8]
    reports: Array
    saved: Array | None
