"""Scenarios as settings of slots: parameters for the whole run, or overrides between two moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.compile.amounts import FAR, step_of
from foedus.compile.between import tell_window
from foedus.compile.override import Override, Settings
from foedus.compile.program import ScenarioSlot
from foedus.compile.scope import Item, Key, Scope, spell
from foedus.constructs.scenario import BASELINE, Assignment, Baseline, Scenario
from foedus.language.tree import Name

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["scenario_slots"]


@dataclass
class _Made:
    """What a scenario has become: its settings, how they are told, and for which steps each element is set already."""

    settings: Settings = field(default_factory=Settings)
    changes: list[str] = field(default_factory=list)
    windows: dict[Key, list[tuple[int, int, Assignment]]] = field(default_factory=dict)


def scenario_slots(builder: Builder, scenarios: list[Scenario], baseline: Baseline | None) -> list[ScenarioSlot]:
    """The baseline and every scenario, with their settings."""
    name, label = (baseline.name, baseline.label or baseline.name) if baseline else (BASELINE, "As the model stands")
    slots, declared = [ScenarioSlot(name, label)], builder.scope.tree.all(Scenario)
    for scenario in scenarios:
        found = _Made()
        if not scenario.assignments:
            help = "Give it an override, or write `baseline NAME` for the model as it stands."
            builder.scope.problems.add(scenario.at, "empty-scenario", f"scenario `{scenario.name}` overrides nothing.", help)
        for assignment in scenario.assignments:
            found.changes.append(assignment.told())
            for item in assignment.items(builder.scope):
                _set(builder, assignment, item, found)
        if (
            scenario in declared
            and scenario.assignments
            and not builder.scope.problems.found
            and _changes_nothing(builder, found)
        ):
            message = f"scenario `{scenario.name}` sets everything to what it is anyway: it changes nothing."
            builder.scope.problems.warn(scenario.at, "idle-scenario", message, "Override something else, or remove the scenario.")
        slots.append(
            ScenarioSlot(
                scenario.name,
                scenario.label or scenario.name,
                tuple(found.settings.values),
                tuple(found.changes),
                scenario.is_hidden,
                tuple(found.settings.use_prior),
            )
        )
    return slots


def _changes_nothing(builder: Builder, found: _Made) -> bool:
    parameters, values = builder.parameters, found.settings.values
    return not found.settings.use_prior and all(
        one.parameter >= 0 and parameters[one.parameter].value == one.value for one in values
    )


def _set(builder: Builder, assignment: Assignment, item: Item, found: _Made) -> None:
    scope = builder.scope
    start = step_of(scope, assignment.start, builder.step, builder.first_step)
    end = step_of(scope, assignment.until, builder.step, builder.last_step + 2)
    for moment in (assignment.start, assignment.until):
        inside = builder.first_step <= step_of(scope, moment, builder.step, 0) <= builder.last_step + 1
        if moment is not None and not inside and not isinstance(moment, Name):
            scope.problems.add(moment.at, "outside-horizon", "this moment lies outside the run.", "Change the date.")
    if assignment.start is not None and assignment.until is not None and start >= end:
        scope.problems.add(assignment.at, "empty-window", "this override ends before it starts.", "Swap the dates.")
    tell_window(builder, f"`{assignment.target.name}` is set", assignment.start, assignment.until)
    _refuse_overlap(scope, assignment, item, found, start, end)
    override = Override(assignment.value, assignment.is_moment, start, end, assignment.at)
    item.statement.overridden(builder, item, override, found.settings)


def _refuse_overlap(scope: Scope, assignment: Assignment, item: Item, found: _Made, start: int, end: int) -> None:
    """Two overrides of one element at the same time contradict each other."""
    if not item.statement.lasts:
        start, end = -FAR, FAR
    windows = found.windows.setdefault(item.key, [])
    before = next((other for first, last, other in windows if start < last and first < end), None)
    if before is not None:
        place, name = scope.problems.source.place(before.at.start), spell(item.key)
        message = f"`{name}` is overridden for the same time already, in line {place[0]} at column {place[1]}."
        scope.problems.add(assignment.at, "repeated-override", message, "Keep one of the two, or give them times of their own.")
    windows.append((start, end, assignment))
