"""Futures that fail: where each first went wrong, counted over all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.compile import Program
from foedus.engine import Run

__all__ = ["Fault", "FaultCounts"]


@dataclass(frozen=True)
class Fault:
    """One place at which futures failed.

    Attributes:
        check: number of the row in `Program.places`; -1 where the place is not known.
        count: futures that failed there in any scenario, each counted once.
        time: of the first one, in the model's unit of time; future, value: which one that was, and what it found, in base units.
        scenarios: numbers of the scenarios in which it happened.
    """

    check: int
    count: int
    time: float
    future: int
    value: float
    scenarios: tuple[int, ...]


class FaultCounts:
    """Faults by check, added up over stretches of futures; the order of the stretches changes nothing."""

    def __init__(self, program: Program) -> None:
        stages = {report.stage: slot for slot, report in enumerate(program.reports) if report.kind == "failure"}
        self._rows = [stages[name] for name in ("what", "when", "value")]
        self._found: dict[int, Fault] = {}

    def add(self, first: int, runs: list[Run]) -> None:
        """Add a stretch of futures that begins with number `first`: its runs under every scenario."""
        if not any(run.status.any() for run in runs):
            return
        what = np.array([np.where(run.status != 0, run.reports[self._rows[0]], -2.0) for run in runs])
        when, value = (np.array([run.reports[row] for run in runs]) for row in self._rows[1:])
        for check in np.unique(what[what > -2.0]):
            here = what == check
            time = float(when[here].min())
            first_ones = here & (when == time) if not np.isnan(time) else here
            future, scenario = np.argwhere(first_ones.T)[0]  # the lowest future, so that stretches of any length tell of the same
            self._take(
                Fault(
                    int(check),
                    int(here.any(axis=0).sum()),
                    time,
                    first + int(future),
                    float(value[scenario, future]),
                    tuple(int(row) for row in np.flatnonzero(here.any(axis=1))),
                )
            )

    def merge(self, other: FaultCounts) -> None:
        for fault in other._found.values():
            self._take(fault)

    def _take(self, fault: Fault) -> None:
        known = self._found.get(fault.check)
        if known is None:
            self._found[fault.check] = fault
            return
        earlier = min(known, fault, key=lambda one: (one.time, one.future))
        scenarios = tuple(sorted({*known.scenarios, *fault.scenarios}))
        self._found[fault.check] = Fault(
            fault.check, known.count + fault.count, earlier.time, earlier.future, earlier.value, scenarios
        )

    @property
    def found(self) -> tuple[Fault, ...]:
        """All faults, most frequent first."""
        return tuple(sorted(self._found.values(), key=lambda fault: (-fault.count, fault.check)))
