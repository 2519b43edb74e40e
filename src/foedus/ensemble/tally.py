"""Figures about events, decisions, treaties and checks, added up over futures in whole numbers, so that no order matters."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.compile import Program
from foedus.engine import Run
from foedus.ensemble.firsts import first_slots

__all__ = ["Tally"]

_FIXED_POINT, _LARGEST = 2.0**20, 1e6
_EXTREMES = frozenset({"seen", "broken", "gap"})


class Tally:
    """One scenario's reports, over the futures that ended well, as answers are.

    `moments[slot]` counts futures by the step of a first time (the last entry: never); `sums[slot]` is a sum over futures;
    `extremes[slot]` the largest value seen.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.futures = 0
        steps, firsts = program.steps + 3, frozenset(first_slots(program))
        self.moments: dict[int, NDArray[np.int64]] = {}
        self.extremes: dict[int, float] = {}
        self._sums: dict[int, int] = {}
        for slot, report in enumerate(program.reports):
            if slot in firsts:
                self.moments[slot] = np.zeros(steps, dtype=np.int64)
            elif report.stage in _EXTREMES:
                self.extremes[slot] = 0.0
            elif report.kind != "failure":
                self._sums[slot] = 0

    def add(self, run: Run, steps: NDArray[np.int64], is_ok: NDArray[np.bool_]) -> None:
        """Add the futures of a run.

        Args:
            steps: its `first_steps`.
            is_ok: (future,), did it end well under every scenario? What the others did on the way counts for extremes only.
        """
        self.futures += int(is_ok.sum())
        for counts, found in zip(self.moments.values(), steps, strict=True):
            counts += np.bincount(found[is_ok], minlength=len(counts))
        values = np.clip(np.nan_to_num(run.reports[list(self._sums)][:, is_ok], nan=0.0), -_LARGEST, _LARGEST)
        for slot, total in zip(self._sums, np.rint(values * _FIXED_POINT).astype(np.int64).sum(axis=1).tolist(), strict=True):
            self._sums[slot] += total
        for slot in self.extremes:
            value = float(np.max(np.nan_to_num(run.reports[slot], nan=math.inf)))
            self.extremes[slot] = max(self.extremes[slot], value)

    def merge(self, other: Tally) -> None:
        """Add what another tally has counted."""
        self.futures += other.futures
        for slot, counts in other.moments.items():
            self.moments[slot] += counts
        for slot, total in other._sums.items():
            self._sums[slot] += total
        for slot, value in other.extremes.items():
            self.extremes[slot] = max(self.extremes[slot], value)

    def total(self, slot: int) -> float:
        """The sum of a report over all futures."""
        return self._sums[slot] / _FIXED_POINT

    def came(self, slot: int) -> int:
        """In how many futures a moment came at all."""
        return int(self.moments[slot][:-1].sum())

    def share(self, slot: int) -> float:
        """The share of futures in which a moment came at all; NaN where none ended well."""
        return self.came(slot) / self.futures if self.futures else math.nan

    def moment(self, slot: int, part: float) -> float | None:
        """The quantile of a first time among the futures in which it came, in units of time; None if it never did."""
        counts = self.moments[slot][:-1]
        total = int(counts.sum())
        if total == 0:
            return None
        step = int(np.searchsorted(np.cumsum(counts), part * total, side="left"))
        return (min(step, len(counts) - 1) + self.program.first_step) * self.program.step
