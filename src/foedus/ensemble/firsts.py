"""When each event, option and treaty stage first came, future by future, so that answers can be told apart by what has happened."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from foedus.compile import Program
from foedus.compile.program import ReportSlot
from foedus.engine import Run

__all__ = ["Firsts", "first_slots", "first_steps", "kept_futures"]

_MOMENTS = frozenset({"time", "in_force", "invoked", "honoured"})
"""Stages of a report that are a first time."""
MOST_FUTURES = 50_000
MOST_BYTES = 100_000_000


def first_slots(program: Program) -> tuple[int, ...]:
    """The reports that are a first time."""
    return tuple(slot for slot, report in enumerate(program.reports) if report.stage in _MOMENTS)


def first_steps(program: Program, run: Run) -> NDArray[np.int64]:
    """First times as steps since the run began, (report of `first_slots`, future); `program.steps + 2` where it never came."""
    never = program.steps + 2
    with np.errstate(all="ignore"):
        step = np.rint(run.reports[list(first_slots(program))] / program.step) - program.first_step
    return np.clip(np.where(step <= program.steps, step, never), 0, never).astype(np.int64)


def kept_futures(program: Program, scenarios: int, futures: int) -> int:
    """Of how many futures first times are kept."""
    each = max(1, scenarios * len(first_slots(program)) * _kind(program).itemsize)
    return min(futures, MOST_FUTURES, MOST_BYTES // each)


def _kind(program: Program) -> np.dtype[np.unsignedinteger]:
    return np.dtype(np.uint16 if program.steps + 2 < 2**16 else np.uint32)


class Firsts:
    """First times of the first futures, as whole steps, in every scenario.

    Their number is bounded by `MOST_FUTURES` and by `MOST_BYTES` over all scenarios, so that no run is too large for them. What is asked of
    them are shares and bands, not bits: no digest covers them.
    """

    def __init__(self, program: Program, scenarios: int, futures: int) -> None:
        self.program = program
        self.slots = first_slots(program)
        self.count = kept_futures(program, scenarios, futures)
        self._steps = np.empty((scenarios, len(self.slots), self.count), dtype=_kind(program))

    def add(self, row: int, first: int, steps: NDArray[np.int64]) -> None:
        """Keep the `first_steps` of consecutive futures, of which `first` is the first; stretches may be added in any order."""
        wanted = min(self.count - first, steps.shape[1])
        if wanted > 0:
            self._steps[row, :, first : first + wanted] = steps[:, :wanted]

    def reports(self) -> Iterator[tuple[int, ReportSlot]]:
        """Each report that is kept, with its place."""
        for place, slot in enumerate(self.slots):
            yield place, self.program.reports[slot]

    def have_come(self, row: int, place: int, step: int) -> NDArray[np.bool_]:
        """(future,): had it come by a step, counted from the as-of date?"""
        return np.asarray(self._steps[row, place] <= step - self.program.first_step)

    def steps(self, row: int, place: int) -> NDArray[np.int64]:
        """(future,): the step at which it first came, counted from the as-of date; beyond the last one where it never did."""
        return np.asarray(self._steps[row, place].astype(np.int64) + self.program.first_step)
