"""Which value is computed where: columns, starting values, blocks, the step, guards, the finish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foedus.compile.graph import Graph
from foedus.compile.program import Block, Guard, ReportSlot, ResultSlot, RingSlot, SavedSlot, Stage, StateSlot, Watch

__all__ = ["Schedule", "schedule"]


@dataclass(frozen=True)
class Schedule:
    """Stages by name, and the values that cross from columns and constants into other stages."""

    stages: dict[str, Stage]
    columns: tuple[int, ...]
    constants: tuple[int, ...]


def _reach(graph: Graph, roots: Iterable[int], phases: frozenset[str], edge: set[int]) -> set[int]:
    """Values of some phases that the roots need; what lies beyond goes into `edge`."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        value = waiting.pop()
        if value in found:
            continue
        if graph.nodes[value].phase not in phases:
            edge.add(value)
            continue
        found.add(value)
        waiting += graph.nodes[value].arguments
    return found


def schedule(
    graph: Graph,
    states: list[StateSlot],
    rings: list[RingSlot],
    blocks: list[Block],
    guards: list[Guard],
    saved: list[SavedSlot],
    results: list[ResultSlot],
    reports: list[ReportSlot],
    watch: Watch,
    early: int,
) -> Schedule:
    """Sort all values into stages. Within a stage, values stand in the order of their numbers: arguments first.

    What guards need, the values from `early` on, comes in the step as soon as it can.
    """
    inner = frozenset({"step", "constant"})
    edge: set[int] = set()
    stages: dict[str, Stage] = {}
    for number, block in enumerate(blocks):
        updates = (*block.updates, *block.watched, *block.quick)
        stages[f"block {number}"] = _stage(_reach(graph, [update.value for update in updates], inner, edge))
    stages["save"] = _stage(_reach(graph, [slot.value for slot in saved], inner, edge))
    roots = [state.update for state in states if state.update >= 0] + [ring.update for ring in rings]
    roots += [watch.detail.condition, *(update.value for update in (*watch.updates, *watch.quick))]
    stages["watch"] = _stage(_reach(graph, [update.value for update in watch.detail.updates], inner, edge))
    conditions = [guard.condition for guard in (*guards, *([watch.shown] if watch.shown else ()))]
    step = _reach(graph, [*roots, *conditions], inner, edge)
    stages["step"] = Stage(_soon(graph, sorted(step), early))
    for number, guard in enumerate(guards):
        stages[f"guard {number}"] = _stage(_reach(graph, [update.value for update in guard.updates], inner, edge) - step)
    charted = watch.shown.updates if watch.shown else ()
    stages["shown"] = _stage(_reach(graph, [update.value for update in charted], inner, edge) - step)
    shown = [*(slot.value for slot in results), *(slot.value for slot in reports), watch.status, watch.quick_status]
    stages["finish"] = _stage(_reach(graph, shown, inner, edge))
    starts = [state.initial for state in states] + [ring.initial for ring in rings]
    future = [value for value in edge if graph.nodes[value].phase == "future"]
    time_edge: set[int] = set()
    stages["start"] = _stage(_reach(graph, [*starts, *future], frozenset({"future", "constant"}), time_edge))
    columns = [value for value in edge if graph.nodes[value].phase == "time"]
    stages["columns"] = _stage(_reach(graph, [*columns, *time_edge], frozenset({"time", "constant"}), set()))
    return Schedule(stages, tuple(sorted(columns)), tuple(sorted(future)))


def _soon(graph: Graph, nodes: list[int], early: int) -> tuple[int, ...]:
    """The same values with those from `early` on as soon as their arguments are there, so that nothing has to be kept for them."""
    own = set(nodes)
    missing: dict[int, int] = {}
    readers: dict[int, list[int]] = {}
    for value in nodes:
        if value >= early:
            arguments = {one for one in graph.nodes[value].arguments if one in own}
            missing[value] = len(arguments)
            for one in arguments:
                readers.setdefault(one, []).append(value)
    found: list[int] = []
    waiting = [value for value in reversed(nodes) if value < early or not missing[value]]
    while waiting:
        value = waiting.pop()
        found.append(value)
        for reader in readers.get(value, ()):
            missing[reader] -= 1
            if not missing[reader]:
                waiting.append(reader)
    return tuple(found)


def _stage(found: set[int]) -> Stage:
    return Stage(tuple(sorted(found)))
