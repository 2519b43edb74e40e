"""A lever moved from end to end, on the same futures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.failures import refuse_failed
from foedus.analysis.flip import ROUNDS, Flip, FlipSearch, lever_positions
from foedus.arrays import Array
from foedus.compile.amounts import constant_in
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem, suggestion

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["lever_flips"]


def lever_flips(case: Case, lever: str, points: int, futures: int, seed: int, threshold: float,
                progress: Callable[[int, int], None] | None = None) -> tuple[str, list[Flip]]:  # fmt: skip
    """How every probability changes along a lever, and where it crosses the threshold. Also gives the lever's unit.

    Where a crossing is seen between two of the `points`, the lever is tried again between them, a few times.

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
    positions = np.linspace(low, high, points)
    slot = next(
        index for index, parameter in enumerate(case.program.parameters) if parameter.is_lever and parameter.name == lever
    )
    asked = [one for one in case.program.results if one.kind == "probability"]

    def run_at(where: Array) -> Futures:
        scenarios = lever_positions(case.program, slot, where)
        ran = case.simulate(Settings(futures, seed), scenarios, progress=progress)
        refuse_failed(ran)
        return ran

    ran = run_at(positions)
    searches = [FlipSearch(ran, one, positions, threshold) for one in asked]
    for _ in range(ROUNDS):
        wanted = np.array(sorted({position for search in searches for position in search.wanted}))
        if not len(wanted):
            break
        ran = run_at(wanted)
        for search in searches:
            search.narrow(ran, wanted)
    return str(unit), [search.flip for search in searches]
