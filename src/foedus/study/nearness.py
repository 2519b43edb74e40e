"""How near a hindcast passes to the series that were observed."""

from __future__ import annotations

import datetime

import numpy as np

from foedus.analysis.enough import INTERVAL, refuse_few
from foedus.analysis.failures import refuse_failed
from foedus.analysis.nearness import Nearness, near
from foedus.case import Case
from foedus.case.series import read_series, series_variable
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.wording import counted

__all__ = ["nearness"]


def nearness(case: Case, futures: Futures) -> tuple[Nearness, ...]:
    """Compare every series with the hindcast's variable that it measures.

    Raises:
        InputError: too few futures ended well to have a 90 % band.
        RunError: more than a few failed.
    """
    refuse_failed(futures, " in the past")
    program, good = futures.program, int(futures.is_ok.sum())
    refuse_few(case.name, good, INTERVAL, f"{counted(good, 'future')} ended well: too few to tell a 90 % band.")
    assert futures.trajectories is not None and program.calendar is not None
    found = []
    names = [slot.name for slot in program.saved]
    for series in case.tree.all(t.Series):
        variable = series_variable(series)
        if not series.file or variable not in names:  # a curve of belief is evidence, nothing that was observed
            continue
        slot = program.saved[names.index(variable)]
        kept = futures.trajectories[0, names.index(variable)][:, futures.is_ok[: futures.trajectories.shape[-1]]]
        label, dates, observations = read_series(case, series)
        times = np.array([program.calendar.time_of(datetime.date.fromisoformat(date)) for date in dates])
        inside = (times >= futures.moments[0]) & (times <= futures.moments[-1])
        if inside.any():
            nearest = np.abs(futures.moments[:, None] - times[None, inside]).argmin(axis=0)
            values = kept.astype(np.float64)[nearest]
            found.append(near(variable, label, slot.unit, values, np.array(observations)[inside]))
    return tuple(found)
