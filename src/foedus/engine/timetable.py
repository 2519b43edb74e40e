"""What is known before any future runs: columns over time, which blocks are due when, keys of the streams."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.compile.lower import READINGS
from foedus.compile.moments import moment
from foedus.compile.program import Program, ScenarioSlot
from foedus.engine.operations import RULES
from foedus.numerics import NumpyArithmetic, stream_key

__all__ = ["Timetable", "columns", "keys", "timetable"]


@dataclass(frozen=True)
class Timetable:
    """When blocks are due.

    Attributes:
        due: (step, block), 1 where a block happens; the last column is the saving of trajectories.
        occurrence: (step, block), which time it is, counted from the as-of date (modulo 2**32).
        moments: steps at which trajectories are saved, counted from the as-of date.
    """

    due: NDArray[np.uint8]
    occurrence: NDArray[np.uint32]
    moments: tuple[int, ...]


@lru_cache(maxsize=8)
def timetable(program: Program) -> Timetable:
    """The timetable of a program: one row per step, the last moment included."""
    rows = program.steps + 1
    due = np.zeros((rows, len(program.blocks) + 1), dtype=np.uint8)
    occurrence = np.zeros((rows, len(program.blocks) + 1), dtype=np.uint32)
    steps = np.arange(program.first_step, program.first_step + rows)
    for number, block in enumerate(program.blocks):
        if block.steps:
            due[:, number] = np.isin(steps, block.steps)
        else:
            since = steps - block.offset
            due[:, number] = (since % block.every == 0) & (steps >= block.first) & (steps <= block.last)
            occurrence[:, number] = (since // block.every) % 2**32
    is_saved = np.arange(rows) % program.save_every == 0
    due[:, -1] = is_saved
    return Timetable(due, occurrence, tuple(int(step) for step in steps[is_saved]))


def keys(program: Program, seed: int) -> NDArray[np.uint32]:
    """(stream, 2): the keys of the program's streams under a seed."""
    return np.array([stream_key(seed, name) for name in program.streams], dtype=np.uint32).reshape(-1, 2)


def columns(program: Program, scenario: ScenarioSlot) -> Array:
    """(row, column): what is the same in all futures of a scenario, at every step (and half step)."""
    half = program.half_steps
    rows = half * (program.steps + 1) + (1 if half == 2 else 0)
    time = moment(program.step, (np.arange(rows) + half * program.first_step) / half)
    machine = NumpyArithmetic()
    values: dict[int, Any] = {}
    active, replaced = _overrides(program, scenario, np.arange(rows) // half + program.first_step)
    with np.errstate(all="ignore"):
        for value in program.stages["columns"].nodes:
            node = program.nodes[value]
            if node.operation == "constant":
                number = np.float64(node.immediate)  # type: ignore[arg-type]
                values[value] = np.bool_(number) if node.is_condition else number
            elif node.operation == "step_time":
                values[value] = time
            elif node.operation == "calendar":
                values[value] = _readings(program, node.immediate, time)
            elif node.operation == "override_active":
                values[value] = active[node.immediate]  # type: ignore[index]
            elif node.operation == "override_value":
                values[value] = replaced[node.immediate]  # type: ignore[index]
            else:
                values[value] = RULES[node.operation](machine, *(values[argument] for argument in node.arguments))
    table = np.empty((rows, max(1, len(program.columns))))
    for position, value in enumerate(program.columns):
        table[:, position] = values[value]
    return table


def _readings(program: Program, kind: Any, time: NDArray[Any]) -> Array:
    """(row,): what the calendar says of each moment."""
    calendar = program.calendar
    assert calendar is not None
    return np.array([calendar.reading(READINGS[kind], float(moment)) for moment in time])


def _overrides(program: Program, scenario: ScenarioSlot, steps: NDArray[np.int64]) -> tuple[NDArray[np.bool_], Array]:
    """(override, row): is it active, and with which value."""
    active = np.zeros((len(program.overrides), len(steps)), dtype=bool)
    replaced = np.zeros((len(program.overrides), len(steps)))
    for setting in scenario.settings:
        if setting.override < 0:
            continue
        inside = (steps >= setting.start) & (steps < setting.end)
        if setting.outside is not None:
            active[setting.override] = True
            replaced[setting.override] = np.where(inside, setting.value, setting.outside)
        else:
            active[setting.override, inside] = True
            replaced[setting.override, inside] = setting.value
    return active, replaced
