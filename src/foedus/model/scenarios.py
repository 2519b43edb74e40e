"""Scenarios as settings of slots: parameters for the whole run, or overrides between two moments."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.compile.amounts import FAR, constant_in, step_of
from foedus.compile.program import ScenarioSlot, SetValue
from foedus.compile.scope import Item, Key, Scope, spell
from foedus.constructs import tree as t
from foedus.constructs.scenario import BASELINE
from foedus.errors import suggestion
from foedus.language.printer import print_expression, print_prior

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["assigned_items", "overridden_keys", "scenario_slots"]

_ALLOWED = ("lever", "param", "let", "flow", "stock", "noise", "event", "decision")


def assigned_items(scope: Scope, assignment: t.Assignment) -> list[Item]:
    """The elements that an override sets: one, or all of an indexed name that stands without index."""
    symbol = scope.symbols.get(assignment.target.name)
    if symbol is None or symbol.kind not in _ALLOWED:
        known = [name for name, other in scope.symbols.items() if other.kind in _ALLOWED]
        message = f"`{assignment.target.name}` cannot be overridden: it is {'unknown' if symbol is None else 'a ' + symbol.kind}."
        scope.problems.add(assignment.target.at, "unknown-target", message, suggestion(assignment.target.name, known))
        return []
    if symbol.indices and not assignment.target.subscripts:
        return list(symbol.items.values())
    item = scope.resolve(assignment.target, {})
    return [] if item is None else [item]


def overridden_keys(scope: Scope, scenarios: list[t.Scenario]) -> dict[Key, bool]:
    """What any scenario overrides, and whether any does so only for a while."""
    found: dict[Key, bool] = {}
    for scenario in scenarios:
        for assignment in scenario.assignments:
            for item in assigned_items(scope, assignment):
                is_window = assignment.start is not None or assignment.until is not None
                found[item.key] = found.get(item.key, False) or is_window
    return found


@dataclass
class _Settings:
    settings: list[SetValue] = field(default_factory=list)
    use_prior: list[int] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    windows: dict[Key, list[tuple[int, int, t.Assignment]]] = field(default_factory=dict)


def scenario_slots(builder: Builder, scenarios: list[t.Scenario], baseline: t.Baseline | None) -> list[ScenarioSlot]:
    """The baseline and every scenario, with their settings."""
    name, label = (baseline.name, baseline.label or baseline.name) if baseline else (BASELINE, "As the model stands")
    slots, declared = [ScenarioSlot(name, label)], builder.scope.tree.all(t.Scenario)
    for scenario in scenarios:
        found = _Settings()
        if not scenario.assignments:
            help = "Give it an override, or write `baseline NAME` for the model as it stands."
            builder.scope.problems.add(scenario.at, "empty-scenario", f"scenario `{scenario.name}` overrides nothing.", help)
        for assignment in scenario.assignments:
            found.changes.append(_spelled(assignment))
            for item in assigned_items(builder.scope, assignment):
                _set(builder, assignment, item, found)
        if scenario in declared and scenario.assignments and not builder.scope.problems.found and _changes_nothing(builder, found):
            message = f"scenario `{scenario.name}` sets everything to what it is anyway: it changes nothing."
            builder.scope.problems.warn(scenario.at, "empty-scenario", message, "Override something else, or remove the scenario.")
        slots.append(ScenarioSlot(scenario.name, scenario.label or scenario.name, tuple(found.settings), tuple(found.changes),
                                  scenario.is_hidden, tuple(found.use_prior)))  # fmt: skip
    return slots


def _changes_nothing(builder: Builder, found: _Settings) -> bool:
    if any(setting.parameter < 0 for setting in found.settings):
        return False
    return not found.use_prior and all(builder.parameters[setting.parameter].value == setting.value for setting in found.settings)


def _spelled(assignment: t.Assignment) -> str:
    value = assignment.value
    if isinstance(value, t.Word):
        text = value.text
    elif isinstance(value, t.ClaimsPrior):
        text = print_prior(value)
    else:
        assert value is not None
        text = f"{'on ' if assignment.is_moment else ''}{print_expression(value)}"
    for word, moment in (("from", assignment.start), ("until", assignment.until)):
        text += f" {word} {print_expression(moment)}" if moment is not None else ""
    subscripts = f"[{', '.join(part.name for part in assignment.target.subscripts)}]" if assignment.target.subscripts else ""
    return f"{assignment.target.name}{subscripts} = {text}"


def _set(builder: Builder, assignment: t.Assignment, item: Item, found: _Settings) -> None:
    scope = builder.scope
    symbol = scope.symbols[item.key[0]]
    start = step_of(scope, assignment.start, builder.step, builder.first_step)
    end = step_of(scope, assignment.until, builder.step, builder.last_step + 2)
    for moment in (assignment.start, assignment.until):
        inside = builder.first_step <= step_of(scope, moment, builder.step, 0) <= builder.last_step + 1
        if moment is not None and not inside and not isinstance(moment, t.Name):
            scope.problems.add(moment.at, "outside-horizon", "this moment lies outside the run.", "Change the date.")
    if assignment.start is not None and assignment.until is not None and start >= end:
        scope.problems.add(assignment.at, "empty-window", "this override ends before it starts.", "Swap the dates.")
    _refuse_overlap(scope, assignment, item, found, start, end)
    if symbol.kind == "event":
        _set_event(builder, assignment, item, found)
    elif symbol.kind == "decision":
        _set_decision(builder, assignment, item, found, start, end)
    else:
        _set_number(builder, assignment, item, found, start, end)


def _refuse_overlap(scope: Scope, assignment: t.Assignment, item: Item, found: _Settings, start: int, end: int) -> None:
    """Two overrides of one element at the same time contradict each other."""
    if isinstance(item.statement, t.Event):
        start, end = -FAR, FAR  # an event has one moment
    windows = found.windows.setdefault(item.key, [])
    before = next((other for first, last, other in windows if start < last and first < end), None)
    if before is not None:
        place, name = scope.problems.source.place(before.at.start), spell(item.key)
        message = f"`{name}` is overridden for the same time already, in line {place[0]} at column {place[1]}."
        scope.problems.add(assignment.at, "repeated-override", message, "Keep one of the two, or give them times of their own.")
    windows.append((start, end, assignment))


def _set_event(builder: Builder, assignment: t.Assignment, item: Item, found: _Settings) -> None:
    fired, now = builder.override(spell(item.key)), builder.override(f"{spell(item.key)} now")
    never = builder.last_step + 10
    if isinstance(assignment.value, t.Word) and assignment.value.text == "never":
        moment = never
    elif assignment.is_moment and not isinstance(assignment.value, t.Word | t.ClaimsPrior):
        moment = step_of(builder.scope, assignment.value, builder.step, never)
        if not builder.first_step <= moment <= builder.last_step:
            builder.scope.problems.add(assignment.at, "outside-horizon", "this moment lies outside the run.", "Change the date.")
    else:
        help = "Write `= on DATE` or `= never`."
        builder.scope.problems.add(assignment.at, "bad-override", "an event is overridden by a moment.", help)
        return
    found.settings.append(SetValue(-1, fired, 1.0, moment, never, 0.0))
    found.settings.append(SetValue(-1, now, 1.0, moment, moment + 1, 0.0))


def _set_decision(builder: Builder, assignment: t.Assignment, item: Item, found: _Settings, start: int, end: int) -> None:
    decision = item.statement
    assert isinstance(decision, t.Decision)
    names = [option.name for option in decision.options]
    value = assignment.value
    option = value.text if isinstance(value, t.Word) else value.name if isinstance(value, t.Name) else ""
    if option not in names:
        message = f"decision `{decision.name}` has no option `{option}`."
        builder.scope.problems.add(assignment.at, "unknown-option", message, f"Its options: {', '.join(names)}.")
        return
    position = float(names.index(option))
    choice, now = builder.override(decision.name), builder.override(f"{decision.name} now")
    found.settings.append(SetValue(-1, choice, position, start, end))
    found.settings.append(SetValue(-1, now, -1.0, start, end))
    found.settings.append(SetValue(-1, now, position, start, start + 1))


def _set_number(builder: Builder, assignment: t.Assignment, item: Item, found: _Settings, start: int, end: int) -> None:
    scope, statement = builder.scope, item.statement
    unit = scope.symbols[item.key[0]].unit
    assert unit is not None
    slot = builder.parameter_of.get(item.key, -1)
    value, number = assignment.value, None
    if isinstance(statement, t.Lever) and isinstance(value, t.Word | t.Name):
        wanted = value.text if isinstance(value, t.Word) else value.name
        positions = {position.name: position.value for position in statement.positions}
        if wanted not in positions:
            message = f"lever `{statement.name}` has no position `{wanted}`."
            near = suggestion(wanted, positions) or f"Its positions: {', '.join(positions)}."
            scope.problems.add(assignment.at, "unknown-position", message, near)
            return
        value = positions[wanted]
    if isinstance(value, t.ClaimsPrior):
        if slot >= 0 and not builder.is_overridden_for_a_while(item.key):
            found.use_prior.append(slot)
        return
    if isinstance(value, t.Word) or value is None:
        scope.problems.add(
            assignment.at,
            "bad-override",
            f"`{spell(item.key)}` is overridden by a number.",
            "Write a number.",
        )
        return
    number = constant_in(scope, value, unit, f"the override of `{spell(item.key)}`")
    if isinstance(statement, t.Lever):
        low = constant_in(scope, statement.low, unit, "the low end")
        high = constant_in(scope, statement.high, unit, "the high end")
        if number < low or number > high:
            message = f"lever `{statement.name}` goes from {low:g} to {high:g}{'' if unit.is_plain else f' {unit}'}; {number:g} lies outside."
            scope.problems.add(assignment.at, "out-of-range", message, "Choose a value inside, or widen the lever.")
    if slot >= 0 and not builder.is_overridden_for_a_while(item.key):
        found.settings.append(SetValue(slot, -1, number * unit.scale, builder.first_step, builder.last_step + 2))
    else:
        found.settings.append(SetValue(-1, builder.override(spell(item.key)), number * unit.scale, start, end))
