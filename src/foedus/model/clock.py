"""The steps of a run, as the head of the text says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.compile.amounts import constant_in
from foedus.compile.scope import Scope, time_unit_of
from foedus.language import Tree
from foedus.language.tree import Number
from foedus.units import singular

__all__ = ["Clock", "clock_of"]

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


def clock_of(scope: Scope) -> Clock:
    """Steps and horizon; a clock of one step where the head is wrong."""
    model, time, problems = scope.tree.model, scope.units.time, scope.problems
    nothing = Clock(1.0, 0, 1, 1)
    horizon = constant_in(scope, model.horizon, time, "the horizon")
    step = constant_in(scope, model.step, time, "the step")
    every = 1.0 if model.save_every is None else constant_in(scope, model.save_every, time, "the time between saved moments")
    if any(map(math.isnan, (horizon, step, every))) or not _is_time(scope.tree, model.horizon):
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


def _not_whole_steps(scope: Scope, horizon: float, step: float) -> None:
    """The horizon is not a whole number of steps: say which ones near it are."""
    model = scope.tree.model
    ways = _near(scope, "for", model.step, horizon, step)
    whole = model.horizon.value
    if whole == round(whole) and model.horizon.unit is not None:
        ways.append(f"`step 1/{max(1, round(horizon / step / whole))} {singular(model.horizon.unit.factors[0][0])}`")
    message = f"the horizon is {horizon / step:.6g} steps long, not a whole number of them."
    scope.problems.add(model.at, "not-whole-steps", message, f"Write {' or '.join(ways)}.")


def _is_time(tree: Tree, written: Number) -> bool:
    """Is it written in a unit of time, or as a bare number?"""
    return written.unit is None or bool(time_unit_of(tree, written.unit))


def _is_whole(time: float, step: float) -> bool:
    return abs(round(time / step) * step - time) <= 1e-6 * time


def _near(scope: Scope, word: str, written: Number, time: float, step: float) -> list[str]:
    """The two whole numbers of steps next to a time, as they are written: in the unit of a number of the head."""
    unit = written.unit if written.unit is not None else scope.tree.model.horizon.unit
    assert unit is not None
    size, steps = step / scope.unit(unit).scale, math.floor(time / step)
    return [f"`{word} {number * size:.10g} {unit.factors[0][0]}`" for number in (steps, steps + 1) if number > 0]
