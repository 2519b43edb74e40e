"""Scenarios as settings of slots: parameters for the whole run, or overrides between two moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from foedus.compile.amounts import FAR, known_in, known_steps, step_of
from foedus.compile.between import tell_window
from foedus.compile.meaning import definition_of
from foedus.compile.override import Override, Overrides
from foedus.compile.program import ScenarioSlot, SetValue
from foedus.compile.scope import Item, Key, Scope, spell
from foedus.constructs.scenario import BASELINE, Assignment, Baseline, Scenario
from foedus.language.tree import Name
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["scenario_slots"]


@dataclass
class _Made:
    """What a scenario has become: its settings, how they are told, for which steps each element is set already, and what of it has an effect.

    An effect is a setting to something else than what is anyway, for steps of the run.
    """

    settings: Overrides = field(default_factory=Overrides)
    changes: list[str] = field(default_factory=list)
    windows: dict[Key, list[tuple[int, int, Assignment]]] = field(default_factory=dict)
    effects: set[SetValue] = field(default_factory=set)

    @property
    def is_idle(self) -> bool:
        """Does it set everything to what it is anyway?"""
        return not self.effects


def scenario_slots(builder: Builder, scenarios: list[Scenario], baseline: Baseline | None) -> list[ScenarioSlot]:
    """The baseline and every scenario, with their settings."""
    name, label = (baseline.name, baseline.label or baseline.name) if baseline else (BASELINE, "As the model stands")
    slots, declared = [ScenarioSlot(name, label)], builder.scope.tree.all(Scenario)
    known: dict[frozenset[SetValue], str] = {}
    for scenario in scenarios:
        found = _Made()
        if not scenario.assignments:
            help = "Give it an override, or write `baseline NAME` for the model as it stands."
            builder.scope.problems.add(scenario.at, "empty-scenario", f"scenario `{scenario.name}` overrides nothing.", help)
        for assignment in scenario.assignments:
            found.changes.append(assignment.told())
            for item in assignment.items(builder.scope):
                _set(builder, assignment, item, found)
        if scenario in declared and scenario.assignments and not builder.scope.problems.found:
            _tell_if_same(builder.scope, scenario, found, known)
        slots.append(
            ScenarioSlot(
                scenario.name,
                scenario.label or scenario.name,
                tuple(found.settings.values),
                tuple(found.changes),
                scenario.is_hidden,
                tuple(found.settings.use_prior),
                is_idle=found.is_idle,
            )
        )
    return slots


def _tell_if_same(scope: Scope, scenario: Scenario, found: _Made, known: dict[frozenset[SetValue], str]) -> None:
    """Warn of a scenario that is the model as it stands, or one that was told before: what differs between them is luck or nothing."""
    before = known.setdefault(frozenset(found.effects), scenario.name)
    if found.is_idle:
        message = f"scenario `{scenario.name}` sets everything to what it is anyway: it changes nothing."
        scope.problems.warn(scenario.at, "idle-scenario", message, "Override something else, or remove the scenario.")
    elif before != scenario.name:
        message = f"scenario `{scenario.name}` sets what scenario `{before}` sets: it is the same one again."
        scope.problems.warn(scenario.at, "repeated-scenario", message, "Override something else, or remove one of the two.")


def _effects(builder: Builder, item: Item, values: Sequence[SetValue]) -> set[SetValue]:
    """What of the settings of one element has an effect: not what is so anyway, and nothing outside of the run."""
    slot, last = builder.parameter_of.get(item.key, -1), builder.last_step + 1
    anyway = builder.parameters[slot].value if slot >= 0 else _known(builder, item)
    within = [replace(one, start=max(one.start, builder.first_step), end=min(one.end, last)) for one in values]
    if anyway is not None and all(one.value == anyway for one in within):
        return set()
    return {one for one in within if one.start < one.end or one.outside is not None}


def _known(builder: Builder, item: Item) -> float | None:
    """What an auxiliary is in every future at all times, in base units; None where that is not known when compiling."""
    formula, symbol = item.statement.formula, builder.scope.symbols[item.key[0]]
    if symbol.kind not in ("let", "flow") or formula is None:
        return None
    return known_in(builder.scope, formula, symbol.unit or Unit())


def _empty(builder: Builder, assignment: Assignment, steps: tuple[int, int]) -> tuple[str, str]:
    """What is wrong with an override that holds at no step: it ends before it starts, or both moments lie between the same two steps."""
    asked = [known_steps(builder.scope, moment, builder.step) for moment in (assignment.start, assignment.until)]
    if steps[0] == steps[1] and asked[0] is not None and asked[1] is not None and asked[0] < asked[1]:
        return "no step falls into the time of this override: it would never hold.", "Make it longer, or the step shorter."
    return "this override ends before it starts.", "Swap the dates."


def _set(builder: Builder, assignment: Assignment, item: Item, found: _Made) -> None:
    scope = builder.scope
    start = step_of(scope, assignment.start, builder.step, builder.first_step)
    end = step_of(scope, assignment.until, builder.step, builder.last_step + 2)
    for moment in (assignment.start, assignment.until):
        inside = builder.first_step <= step_of(scope, moment, builder.step, 0) <= builder.last_step + 1
        if moment is not None and not inside and not isinstance(moment, Name):
            scope.problems.add(moment.at, "outside-horizon", "this moment lies outside the run.", "Change the date.")
    if assignment.start is not None and assignment.until is not None and start >= end:
        scope.problems.add(assignment.at, "empty-window", *_empty(builder, assignment, (start, end)))
    tell_window(builder, f"`{assignment.target.name}` is set", assignment.start, assignment.until)
    _refuse_overlap(scope, assignment, item, found, start, end)
    override = Override(assignment.value, assignment.is_moment, start, end, assignment.at)
    own = Overrides()
    definition = definition_of(item)
    definition.overridden(builder, item, override, own)
    found.settings.values += own.values
    found.settings.use_prior += own.use_prior  # of a parameter that stands at its prior by itself
    if not (definition.is_so_anyway(builder, item, override) or own.use_prior):
        found.effects |= _effects(builder, item, own.values)


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
