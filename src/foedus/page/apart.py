"""What tells answers apart on the page, as data: what may part one into two worlds, and which ones a reader's choice sets itself."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from foedus.analysis import enough, states
from foedus.compile.dependencies import Order
from foedus.compile.program import ResultSlot, ScenarioSlot
from foedus.compile.scope import Scope, spell
from foedus.ensemble.firsts import first_slots, kept_futures
from foedus.ensemble.worlds import World
from foedus.model.reach import Reach
from foedus.model.settled import SetAnswers, set_answers
from foedus.show.words import plain

if TYPE_CHECKING:
    from foedus.compile import Program

__all__ = [
    "happening_documents",
    "parting_document",
    "parting_reports_of",
    "set_by_scenarios",
    "set_documents",
    "world_documents",
]

_MOST_FUTURES = 100_000  # that a page runs


def parting_document(program: Program) -> dict[str, float]:
    """The rules of `foedus.analysis.states`, and of how many futures first times are kept."""
    shown = sum(not slot.is_hidden for slot in program.scenarios)
    return {
        "leastShare": states.LEAST_SHARE,
        "valley": states.VALLEY,
        "pure": states.PURE,
        "fewest": enough.STATE,
        "stretches": states.STRETCHES,
        "oneNumber": states.ONE_NUMBER,
        "longTail": states.LONG_TAIL,
        "futures": kept_futures(program, shown, _MOST_FUTURES),
    }


def happening_documents(program: Program, spoken: Callable[[str], str]) -> list[dict[str, Any]]:
    """Events, stages of treaties, options of decisions: the reports that hold a first time, with what holds where it has come or not.

    Args:
        spoken: makes these words speak of happenings by their titles in the case.
    """
    firsts = ((slot, program.reports[slot]) for slot in first_slots(program))
    return [
        {
            "slot": slot,
            "kind": report.kind,
            "name": report.name,
            "label": plain(report.label),
            "stage": report.stage,
            "worlds": [plain(spoken(words)) for words in states.world_words(report)],
        }
        for slot, report in states.parting_reports(firsts)
    ]


def world_documents(worlds: Sequence[World]) -> list[dict[str, Any]]:
    """Rivals of a prior: the parameter by its number, the stretch in base units (null without end), what holds in it and outside."""
    return [
        {
            "parameter": world.parameter,
            "low": _end(world.low),
            "high": _end(world.high),
            "worlds": [plain(words) for words in world.words],
        }
        for world in worlds
    ]


def _end(value: float) -> float | None:
    return value if math.isfinite(value) else None


def parting_reports_of(program: Program, slot: ResultSlot, worlds: Sequence[World] = ()) -> list[int]:
    """What may part the answer to a question, by its place on the page: happenings, and after them what priors declare."""
    if slot.kind == "probability":
        return []
    firsts = ((number, program.reports[number]) for number in first_slots(program))
    acts = [states.happening(report) in slot.upstream for _, report in states.parting_reports(firsts)]
    return [place for place, is_acting in enumerate([*acts, *(world.name in slot.drawn for world in worlds)]) if is_acting]


def set_by_scenarios(program: Program, slot: ScenarioSlot) -> dict[str, list[int]]:
    """The questions that a scenario sets and may set, by their number."""
    return _numbered(program, SetAnswers(slot.sets, slot.may_set))


def set_documents(program: Program, scope: Scope, names: Sequence[str]) -> dict[str, dict[str, list[int]]]:
    """The same for single parameters and levers, which a reader may move: by name, those that set any."""
    reach, keys = Reach(scope), {spell(item.key): item.key for kind in ("lever", "param") for item in scope.items(kind)}
    moved = [name for name in names if name in keys]
    found = set_answers(reach, [frozenset((keys[name],)) for name in moved], Order(scope, False).keys)
    return {name: _numbered(program, answers) for name, answers in zip(moved, found, strict=True) if any(answers)}


def _numbered(program: Program, answers: SetAnswers) -> dict[str, list[int]]:
    number = {slot.name: place for place, slot in enumerate(program.results)}
    return {"sets": sorted(number[name] for name in answers.sets), "maySet": sorted(number[name] for name in answers.may_set)}
