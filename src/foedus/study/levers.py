"""Levers of a case at positions of their own, on the same futures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.analysis.border import MovedLever
from foedus.analysis.enough import FLIP, refuse_few
from foedus.analysis.failures import refuse_failed
from foedus.analysis.flip import lever_positions
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.amounts import constant_in
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem, suggestion
from foedus.study.simulate import Progress, simulate_case
from foedus.titles import title_of
from foedus.wording import counted

__all__ = ["AGAIN", "TIMED", "futures_at", "lever_slot", "moved_lever", "refuse_few_futures"]

TIMED = 200  # futures of the grid of which the time is taken
AGAIN = 2.0  # the grid and what is tried between its positions, against the grid: about that in the shipped cases


def refuse_few_futures(case: Case, futures: int) -> None:
    """Refuse fewer futures than tell where a lever tips an answer.

    Raises:
        InputError: they are too few.
    """
    refuse_few(
        case.name, futures, FLIP, f"{counted(futures, 'future')} are too few to tell on which side of a threshold a chance lies."
    )


def moved_lever(case: Case, lever: str, points: int) -> MovedLever:
    """A lever with the positions at which it is tried: so many, from end to end.

    Raises:
        InputError: there is no such lever.
    """
    known = {statement.name: statement for statement in case.tree.all(t.Lever)}
    if lever not in known:
        help = suggestion(lever, known) or f"Levers: {', '.join(known) or 'none'}."
        raise InputError(Problem(case.name, 0, 0, "unknown-lever", f"there is no lever `{lever}`.", help))
    statement, scope = known[lever], build_scope(case.tree)
    unit = scope.unit(statement.unit)
    low, high = (constant_in(scope, end, unit, "an end of the lever") for end in (statement.low, statement.high))
    return MovedLever(
        lever, title_of(lever, statement.label), str(unit), tuple(float(one) for one in np.linspace(low, high, points))
    )


def lever_slot(case: Case, lever: str) -> int:
    """The place of a lever among the parameters."""
    return next(place for place, one in enumerate(case.program.parameters) if one.is_lever and one.name == lever)


def futures_at(case: Case, slots: Sequence[int], where: Array, settings: Settings, progress: Progress | None) -> Futures:
    """The futures with some levers at these positions.

    Args:
        slots: of the levers, among the parameters.
        where: (scenario, lever), base units.
    Raises:
        RunError: more than a few of the futures failed.
    """
    ran = simulate_case(case, settings, lever_positions(case.program, slots, where), progress=progress)
    refuse_failed(ran)
    return ran
