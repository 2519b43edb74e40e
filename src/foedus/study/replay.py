"""One future, in full: its parameters, its trajectory, every event and every decision with its date.

A future that fails is told up to the step in which it broke: what follows rests on a value that means nothing.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np

from foedus.analysis.failures import failure_count, fault_words, spelled
from foedus.case import Case
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot, Status, Told
from foedus.constructs import tree as t
from foedus.engine import Inputs, Run, simulate
from foedus.ensemble import Sampler, inputs_of
from foedus.ensemble.faults import FaultCounts
from foedus.errors import InputError, Problem, suggestion
from foedus.model import Options
from foedus.show.words import percent
from foedus.study.asked import question_words, variables_asked
from foedus.study.titled import happenings_in, titles_in
from foedus.titles import name_words

__all__ = ["Replay", "ReplayedHappening", "replay"]

_STAGES = {"time": "has come", "granted": "help is granted", "in_force": "in force", "invoked": "called on"}
_SHOWN = 6  # variables of a model that charts none
_STEPS_BEFORE = 3  # steps before the break that are told one by one


@dataclass(frozen=True)
class ReplayedHappening:
    """Something that happened: when (time and date), what kind of thing, its name, and what came of it."""

    time: float
    date: str
    kind: str
    name: str
    what: str


@dataclass(frozen=True)
class Replay:
    """A future; of one that fails, what led to it.

    Attributes:
        parameters: name -> (value, unit), as declared.
        times: of the trajectory, in the model's unit of time; `dates` the same as dates.
        trajectory: variable -> values in its unit, one per moment.
        units: variable -> unit.
        answers: question -> answer, None where it does not apply; all None where the future fails.
        failure: what broke, when, and how; the trajectory ends there, the last steps before it one by one.
        case: its name. shown: the variables to look at first: those asked for, else what broke and what the charts show, or the
            questions look at.
        titles: what happenings, variables, questions and the scenario are called in words, by kind and name: `question harbour`.
        asked: question -> its unit; None of one that is answered by yes or no.
    """

    future: int
    seed: int
    scenario: str
    status: str
    parameters: dict[str, tuple[float, str]]
    times: tuple[float, ...]
    dates: tuple[str, ...]
    trajectory: dict[str, tuple[float, ...]]
    units: dict[str, str]
    happenings: tuple[ReplayedHappening, ...]
    answers: dict[str, float | None]
    failure: ReplayedHappening | None = None
    case: str = ""
    shown: tuple[str, ...] = ()
    titles: dict[str, str] = dataclasses.field(default_factory=dict)
    asked: dict[str, str | None] = dataclasses.field(default_factory=dict)


class _Observer:
    """Watches the states of a single future while the readable engine runs it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.found: list[ReplayedHappening] = []
        told = [(slot, state.tells) for slot, state in enumerate(program.states) if state.tells is not None]
        self._before: dict[int, float] = {}  # the numbers that states held a step ago
        self._decided = {one.name: slot for slot, one in told if one.kind == "decision" and one.stage == "now"}
        self._options: dict[str, list[tuple[str, int]]] = {name: [] for name in self._decided}
        for slot, one in told:
            if one.kind == "decision" and one.stage == "chance":
                self._options[one.name].append((one.option, slot))
        self._watched = [(slot, one) for slot, one in told if one.kind != "decision"]

    def __call__(self, row: int, states: list[Any]) -> None:
        """After the blocks of a step: what has happened since the last one?"""
        time = (row + self.program.first_step) * self.program.step
        for name, slot in self._decided.items():
            chosen = int(states[slot][0])
            if chosen >= 0:
                option, total = self._options[name][chosen]
                chance = float(states[total][0]) - self._before.get(total, 0.0)
                self._note(time, "decision", name, f"{name_words(option).lower()} (chance {percent(chance)})")
            for _, total in self._options[name]:
                self._before[total] = float(states[total][0])
        for slot, told in self._watched:
            before, value = self._before.get(slot), float(states[slot][0])
            self._before[slot] = value
            self._watch(time, told, before, value)

    def _watch(self, time: float, told: Told, before: float | None, value: float) -> None:
        """What an event or a treaty has done when a number that it keeps has changed."""
        if told.stage == "count":
            if before is not None and value > before:
                self._note(time, "event", told.name, "has come" if value == 1 else f"has come, time {value:.0f}")
        elif np.isfinite(value) and before != value:
            self._note(value, told.kind, told.name, _STAGES.get(told.stage, told.stage))

    def _note(self, time: float, kind: str, name: str, what: str) -> None:
        self.found.append(ReplayedHappening(time, self.program.date_of(time), kind, name, what))


def replay(case: Case, future: int, scenario: str | None = None, seed: int = 0, *, variables: Sequence[str] = ()) -> Replay:
    """Run one future alone; it has the same bits as in any ensemble of the same seed (with the random design).

    Args:
        variables: to look at first; those of the charts if none is named.
    Raises:
        InputError: the future's number is negative, or there is no such scenario or variable.
    """
    if not isinstance(future, Integral) or not 0 <= future < 2**32:
        raise InputError(Problem("--future", 0, 0, "bad-future", f"{future} is no number of a future.", f"Use 0 to {2**32 - 1}."))
    program = case.compiled(Options(save="all", reach=False))
    slot = case.scenarios([scenario] if scenario else None, program)[
        1 if scenario and scenario != program.scenarios[0].name else 0
    ]
    parameters = _parameters(case, future, seed, program)
    inputs = inputs_of(program, slot, parameters, future, seed, saves=True)
    observer = _Observer(program)
    run = simulate(program, inputs, observe=observer)
    failure = _failure(program, run, slot.name)
    set_events = _set_events(program, slot)
    own = [one for one in observer.found if (one.kind, one.name) not in set_events]
    come = [one for one in set_events.values() if one is not None]
    happenings = sorted([*_set(program, slot), *come, *own], key=lambda happening: happening.time)
    if failure is not None:
        happenings = [one for one in happenings if not one.time > failure.time] + [failure]
    moments, trajectory = _course(program, inputs, run, failure)
    return Replay(
        future,
        seed,
        slot.name,
        Status.NAMES[int(run.status[0])],
        _declared(program, inputs.parameters),
        moments,
        tuple(program.date_of(moment) for moment in moments),
        trajectory,
        {one.name: one.unit for one in program.saved},
        tuple(happenings),
        {
            one.name: float(value) if failure is None and np.isfinite(value) else None
            for one, value in zip(program.results, run.results[:, 0], strict=True)
        },
        failure,
        case.name,
        _matching(variables, trajectory) if variables else _first(case, failure, trajectory),
        _titles(case, program, slot),
        {one.name: None if one.statistic == "probability" else one.unit for one in program.results},
    )


def _titles(case: Case, program: Program, scenario: ScenarioSlot) -> dict[str, str]:
    """What is told of the future in words."""
    named = happenings_in(case)
    found = {f"{kind} {name}": title for kind in ("event", "decision", "treaty") for name, title in named.items()}
    found |= {f"variable {name}": title for name, title in titles_in(case).items()}
    found |= {f"question {one.name}": question_words(case, one) for one in program.results}
    return found | {f"scenario {scenario.name}": scenario.title}


def _parameters(case: Case, future: int, seed: int, program: Program) -> np.ndarray:
    """(parameter, 1): the parameters of one future, base units."""
    laws = case.pools_of(program).laws
    return Sampler(program, laws, seed, "random", future + 1, case.joint).draw(future, 1)


def _set_events(program: Program, scenario: ScenarioSlot) -> dict[tuple[str, str], ReplayedHappening | None]:
    """The events that a scenario sets, by kind and name: when they come, None where never in this run; their own course is not told."""
    events = {told.name for state in program.states if (told := state.tells) is not None and told.kind == "event"}
    found: dict[tuple[str, str], ReplayedHappening | None] = {}
    for one in scenario.settings:
        name = program.overrides[one.override].name if one.override >= 0 else ""
        if name in events:
            step = max(one.start, program.first_step)
            comes = step < one.end or one.end > program.first_step + program.steps
            is_seen = comes and step <= program.first_step + program.steps
            moment = step * program.step
            happening = ReplayedHappening(moment, program.date_of(moment), "event", name, "has come (set by the scenario)")
            found["event", name] = happening if is_seen else None
    return found


def _set(program: Program, scenario: ScenarioSlot) -> list[ReplayedHappening]:
    """What a scenario sets of decisions: the option that holds from then on, and when the actor is free again."""
    options: dict[str, list[str]] = {}
    for report in program.reports:
        if report.kind == "decision" and report.stage == "time":
            options.setdefault(report.variable, []).append(report.option)
    found = []
    for one in scenario.settings:
        name = program.overrides[one.override].name if one.override >= 0 else ""
        if name in options:
            told = f"{name_words(options[name][int(one.value)]).lower()} (set by the scenario)"
            moments = [(max(one.start, program.first_step), told), (one.end, "free to choose again")]
            found += [
                ReplayedHappening(step * program.step, program.date_of(step * program.step), "decision", name, what)
                for step, what in moments
                if step <= program.first_step + program.steps
            ]
    return found


def _course(
    program: Program, inputs: Inputs, run: Run, failure: ReplayedHappening | None
) -> tuple[tuple[float, ...], dict[str, tuple[float, ...]]]:
    """Times and trajectories: all that was saved, or up to the break what was saved and its last steps."""
    every, last = program.save_every, program.steps
    rows = list(range(0, last + 1, every))
    if failure is not None:
        program = dataclasses.replace(program, save_every=1)
        run, every = simulate(program, inputs), 1
        last = round(failure.time / program.step) - program.first_step
        rows = sorted({row for row in rows if row <= last} | {*range(max(0, last - _STEPS_BEFORE), last + 1)})
    assert run.saved is not None
    times = tuple(row * program.step + program.first_step * program.step for row in rows)
    kept = [row // every for row in rows]
    return times, {
        one.name: tuple(float(x) for x in run.saved[number, kept, 0] / one.scale) for number, one in enumerate(program.saved)
    }


def _failure(program: Program, run: Run, scenario: str) -> ReplayedHappening | None:
    """Where the future failed, if it did: what went wrong first, and when."""
    faults = FaultCounts(program)
    faults.add(0, [run])
    for fault in faults.found:
        one = failure_count(program, fault, [scenario])
        return ReplayedHappening(fault.time, one.date, "failure", spelled(one), fault_words(one))
    return None


def _declared(program: Program, parameters: np.ndarray) -> dict[str, tuple[float, str]]:
    return {slot.name: (float(parameters[row, 0]) / slot.scale, slot.unit) for row, slot in enumerate(program.parameters)}


def _first(case: Case, failure: ReplayedHappening | None, known: Mapping[str, Sequence[float]]) -> tuple[str, ...]:
    """What broke, and what the charts of the case show; without charts the amounts that its questions look at, else its first ones."""
    broken = [failure.name] if failure is not None and failure.name in known else []
    charted = [name.name for chart in case.tree.all(t.Chart) for name in chart.names]
    if charted:
        return _matching((*broken, *charted), known)
    amounts = [name for name, values in known.items() if not all(value in (0.0, 1.0) for value in values)]
    asked = [name for name in variables_asked(case, known) if name in amounts]
    return _matching((*broken, *(asked[:_SHOWN] or (amounts or list(known))[:_SHOWN])), known)


def _matching(wanted: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The variables of these names, each once; a name stands for all its elements.

    Raises:
        InputError: there is none of a name.
    """
    names: list[str] = []
    for one in wanted:
        matches = [name for name in known if name == one or name.startswith(f"{one}[")]
        if not matches:
            near = suggestion(one, known)
            raise InputError(Problem("--variable", 0, 0, "unknown-variable", f"there is no variable `{one}`.", near))
        names += [name for name in matches if name not in names]
    return tuple(names)
