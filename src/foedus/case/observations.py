"""What was observed, as far as it was known on a day: the values that `observe` names, beside the moments they were measured at."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from foedus.arrays import Array
from foedus.case.material import Material
from foedus.case.series import read_series
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.constructs.observe import ObservationSlot, observation_slots
from foedus.errors import InputError, Problem
from foedus.language.calendar import Calendar
from foedus.wording import counted

__all__ = ["Observed", "known_observations"]


@dataclass(frozen=True, eq=False)
class Observed:
    """The values of one `observe` statement.

    Attributes:
        slot: what is measured, and with which error.
        dates: of the values, ISO; "" in a model without dates.
        times: of the values, in the model's unit of time since the as-of date.
        values: in the variable's unit.
    """

    slot: ObservationSlot
    dates: tuple[str, ...]
    times: Array
    values: Array

    @property
    def rhythm(self) -> int:
        """Days from one value to the next, the median; 0 where there is no second, or no date."""
        if len(self.dates) < 2 or not self.dates[0]:
            return 0
        return int(np.median(np.diff([datetime.date.fromisoformat(date).toordinal() for date in self.dates])))


def known_observations(case: Material, first: float, until: float) -> tuple[Observed, ...]:
    """The observations after a run's start that were known at a moment. Nothing later is looked at: this is where the data are cut.

    Args:
        case: whose model and series.
        first, until: start of the run, and the moment of knowledge, in the model's unit of time since the as-of date.
    Returns:
        One entry per `observe` statement, also where nothing was known yet.
    Raises:
        InputError: the model declares no observation, or a value that the error of its statement rules out.
        CaseError: a series cannot be read.
    """
    scope = build_scope(case.tree)
    slots = observation_slots(scope)
    if not slots:
        message = "the model does not say what a calibration is held against."
        help = 'Add `observe SERIES as lognormal(0.1) because "…"`; see docs/language.md.'
        raise InputError(Problem(case.tree.source.file, 0, 0, "no-observations", message, help))
    known = {series.name: series for series in case.tree.all(t.Series)}
    return tuple(_cut(case, slot, known.get(slot.series), scope.calendar, first, until) for slot in slots)


def _cut(
    case: Material, slot: ObservationSlot, series: t.Series | None, calendar: Calendar | None, first: float, until: float
) -> Observed:
    """The values of one statement that lie in the run, in the statement's own window, and were known."""
    if series is None:
        day = calendar.date_of(slot.moment) if calendar is not None else None
        found = [(day.isoformat() if day is not None else "", slot.moment, slot.value)]
    else:
        _, dates, values = read_series(case, series)
        assert calendar is not None
        times = [calendar.time_of(datetime.date.fromisoformat(date)) for date in dates]
        found = [(date, time, value * slot.factor) for date, time, value in zip(dates, times, values, strict=True)]
    kept = [
        one
        for one in found
        if first - 1e-9 <= one[1] - slot.over
        and one[1] + slot.delay <= until + 1e-9
        and slot.start - 1e-9 <= one[1] <= slot.until + 1e-9
        and math.isfinite(one[2])
    ]
    if slot.error in _LEAST:
        _require_measurable(case, slot, [(day, value) for day, _, value in kept])
    return Observed(slot, tuple(one[0] for one in kept), np.array([one[1] for one in kept]), np.array([one[2] for one in kept]))


_LEAST = MappingProxyType({"lognormal": ("zero or less", "positive"), "counts": ("below zero", "zero or more")})
"""Errors that not every value can have: what they rule out, and what they ask for."""


def _require_measurable(case: Material, slot: ObservationSlot, values: Sequence[tuple[str, float]]) -> None:
    """Refuse values of which an error knows nothing: a single zero would outweigh all else on a logarithmic scale."""
    bad = [(day, value) for day, value in values if value < 0 or (value == 0 and slot.error == "lognormal")]
    if not bad:
        return
    ruled_out, asked = _LEAST[slot.error]
    day, value = bad[0]
    more = f", and so {'is' if len(bad) == 2 else 'are'} {counted(len(bad) - 1, 'other value')}" if len(bad) > 1 else ""
    told = f"`{slot.name}` is {value:g}{f' on {day}' if day else ''}{more}"
    message = f"{told}: {ruled_out}, and its error `{slot.error}` is for what is {asked}."
    help = "Use `as counts(…)`, which takes zeros, or `as asinh(…)` or `as normal(…)`, which take any; or leave such days empty."
    raise InputError(Problem(case.tree.source.file, 0, 0, "not-measurable", message, help))
