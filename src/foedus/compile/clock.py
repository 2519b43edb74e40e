"""The steps of a run, as the head of the text says."""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from foedus.compile.between import HELP, SET
from foedus.compile.scope import Scope
from foedus.language import Span
from foedus.language.tree import Number
from foedus.units import singular

__all__ = ["Clock", "clock_of", "clock_of_run"]

MOST_STEPS = 200_000


@dataclass(frozen=True)
class Clock:
    """Steps and horizon.

    Attributes:
        step: its length in the unit of time.
        first, last: the steps between which the model runs.
        save_every: steps between two saved moments.
    """

    step: float
    first: int
    last: int
    save_every: int


class Hindcasted(Protocol):
    """A stretch of days before the as-of date in which a model can be run, and where it is written."""

    @property
    def name(self) -> str: ...

    @property
    def start(self) -> datetime.date: ...

    @property
    def end(self) -> datetime.date: ...

    @property
    def at(self) -> Span: ...


def clock_of(scope: Scope) -> Clock:
    """Steps and horizon; a clock of one step where the head is wrong."""
    model, time, problems = scope.tree.model, scope.units.time, scope.problems
    nothing = Clock(1.0, 0, 1, 1)
    horizon = scope.number(model.horizon, time, "the horizon")
    step = scope.number(model.step, time, "the step")
    every = 1.0 if model.save_every is None else scope.number(model.save_every, time, "the time between saved moments")
    if any(map(math.isnan, (horizon, step, every))) or not scope.is_timed:
        return nothing  # that is told already
    if not every > 0:
        help = "Write `save every week`."
        problems.add(model.at, "not-positive", "the time between saved moments must be longer than zero.", help)
    if not horizon > 0 or not step > 0:
        problems.add(
            model.at, "not-positive", "horizon and step must be longer than zero.", "Write `for 104 weeks step 1/8 week`."
        )
    elif not horizon / step <= MOST_STEPS:
        message = f"the model takes {horizon / step:.3g} steps; at most {MOST_STEPS} are allowed."
        problems.add(model.at, "too-many-steps", message, "Shorten the horizon or lengthen the step.")
    elif not _is_whole(horizon, step) or horizon < step:
        _not_whole_steps(scope, horizon, step)
    elif model.save_every is not None and 0 < every < horizon and not _is_whole(every, step):
        message = f"the time between saved moments is {every / step:.6g} steps, not a whole number of them."
        problems.add(
            model.at,
            "not-whole-steps",
            message,
            f"Write {' or '.join(_near(scope, 'save every', model.save_every, every, step))}.",
        )
    elif every > 0:
        return Clock(step, 0, round(horizon / step), max(1, round(min(every / step, MOST_STEPS))))
    return nothing


def clock_of_run(
    scope: Scope, clock: Clock, pasts: Iterable[Hindcasted], past: Hindcasted | None, end: datetime.date | None
) -> Clock:
    """The steps that are run: those of a past, or those to another day than the text says.

    A past begins with the step at or before its first day, so that it misses none. Of each past is told where that is early, or late, enough
    to matter.
    """
    calendar = scope.calendar
    if calendar is None:
        return clock  # a past, or a day, is refused where the statement is checked
    for one in pasts:
        found = calendar.around((one.start, one.end), clock.step)
        off = max(found.asked[0] - found.steps[0], found.steps[1] - found.asked[1])
        if found.days != (one.start, one.end) and off > SET * (found.asked[1] - found.asked[0]):
            ends = f"{found.days[0]} to {found.days[1]}"
            message = f"hindcast `{one.name}` is of {one.start} to {one.end} and runs from {ends}, the steps about it."
            scope.problems.warn(one.at, "between-steps", message, HELP)
        if one is past:
            clock = dataclasses.replace(clock, first=found.steps[0], last=found.steps[1])
    if end is not None:
        clock = dataclasses.replace(clock, last=max(clock.first + 1, math.ceil(calendar.time_of(end) / clock.step - 1e-9)))
    return clock


def _not_whole_steps(scope: Scope, horizon: float, step: float) -> None:
    """The horizon is not a whole number of steps: say which ones near it are."""
    model = scope.tree.model
    ways = _near(scope, "for", model.step, horizon, step)
    whole = model.horizon.value
    if whole == round(whole) and model.horizon.unit is not None:
        ways.append(f"`step 1/{max(1, round(horizon / step / whole))} {singular(model.horizon.unit.factors[0][0])}`")
    message = f"the horizon is {horizon / step:.6g} steps long, not a whole number of them."
    scope.problems.add(model.at, "not-whole-steps", message, f"Write {' or '.join(ways)}.")


def _is_whole(time: float, step: float) -> bool:
    return abs(round(time / step) * step - time) <= 1e-6 * time


def _near(scope: Scope, word: str, written: Number, time: float, step: float) -> list[str]:
    """The two whole numbers of steps next to a time, as they are written: in the unit of a number of the head."""
    unit = written.unit if written.unit is not None else scope.tree.model.horizon.unit
    assert unit is not None
    size, steps = step / scope.unit(unit).scale, math.floor(time / step)
    return [f"`{word} {number * size:.10g} {unit.factors[0][0]}`" for number in (steps, steps + 1) if number > 0]
