"""Why two scenarios differ: what they set differently, put in place in every order, on the same futures."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from foedus.analysis.compare import begins_at
from foedus.analysis.explain import Explained, split_difference
from foedus.analysis.failures import refuse_failed
from foedus.analysis.orders import Orders, orders_for
from foedus.case import Case
from foedus.compile.program import Program, ScenarioSlot
from foedus.compile.scope import Key, Scope, build_scope
from foedus.constructs import tree as t
from foedus.constructs.scenario import Assignment
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem
from foedus.model import Options
from foedus.model.reach import Reach
from foedus.model.settled import out_of_reach
from foedus.study.asked import asked_slots, question_words
from foedus.study.durations import tell_duration
from foedus.study.settings_words import setting_title, setting_words
from foedus.study.simulate import Progress, Told, simulate_case

__all__ = ["Difference", "explain"]


@dataclasses.dataclass(frozen=True)
class Difference:
    """One thing that two scenarios set differently: what the first one sets, and what the second one sets instead.

    Either may be nothing: then the model stands there as it does without a scenario.
    """

    before: tuple[Assignment, ...]
    after: tuple[Assignment, ...]

    @property
    def words(self) -> str:
        """`dprk_shells = 2 from 2025-01-01`, with what it was before where it was set there as well."""
        old, new = (", ".join(one.told() for one in side) for side in (self.before, self.after))
        return _instead(old, new)

    @property
    def name(self) -> str:
        return ", ".join(dict.fromkeys(one.told().partition(" = ")[0] for one in (*self.after, *self.before)))

    def told(self, scope: Scope) -> str:
        """`“Shells from abroad”: 2 from 1 January 2025`, and what it was before."""
        return _instead(*("; ".join(setting_words(scope, one) for one in side) for side in (self.before, self.after)))

    def title(self, scope: Scope) -> str:
        """What is set differently, in words."""
        return ", ".join(dict.fromkeys(setting_title(scope, one) for one in (*self.after, *self.before)))


def _instead(old: str, new: str) -> str:
    if not new:
        return f"no longer {old}"
    return f"{new}, no longer {old}" if old else new


def explain(
    case: Case,
    first: str,
    second: str,
    questions: Iterable[str] = (),
    *,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Explained:
    """Split the difference between two scenarios over what they set differently.

    Args:
        case: the case.
        first, second: names of scenarios; differences are second less first.
        questions: to split; all if none is named.
        futures, seed: of all runs.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such scenario or question, or both scenarios set the same, or nothing that is not so anyway.
        RunError: more than a few of the futures failed.
    """
    slots = asked_slots(case, questions)
    ends = _ends(case, first, second)
    shared, differences = _differences(case, first, second)
    if not differences:
        raise _same(case, f"`{first}` and `{second}` set the same things to the same values.")
    program, common, sides = _compiled(case, shared, differences)
    acting = [row for row, pair in enumerate(sides) if any(not side.is_idle for side in pair)]
    if not acting:
        raise _same(case, f"`{first}` and `{second}` differ in nothing: what only one of them sets is so anyway.")
    causes, sides = tuple(differences[row] for row in acting), [sides[row] for row in acting]
    idle = [one for row, one in enumerate(differences) if row not in acting]
    orders = orders_for(len(causes), seed)
    scenarios = _coalitions(common, sides, orders)

    def run(count: int, progress: Progress | None = None) -> Futures:
        return simulate_case(case, Settings(count, seed), scenarios, program, progress=progress)

    tell_duration(told, run, futures)
    ran = run(futures, progress)
    refuse_failed(ran)
    scope = build_scope(case.tree)
    begins = [min(map(begins_at, pair)) for pair in sides]
    still = _still(scope, causes)
    splits = {}
    for slot in slots:
        rows = [row for row, names in enumerate(still) if slot.name in names or slot.last < begins[row]]
        splits[slot.name] = split_difference(ran, slot, orders, question_words(case, slot), ends, rows)
    return Explained(
        first,
        second,
        (ends[0].title, ends[1].title),
        _names(causes),
        tuple(one.words for one in causes),
        splits,
        futures,
        seed,
        len(orders.coalitions),
        orders.sampled is None,
        _titles(causes, scope),
        tuple(one.told(scope) for one in causes),
        tuple(one.told(scope) for one in idle),
    )


def _same(case: Case, message: str) -> InputError:
    help = "Name two scenarios that differ; `foedus show` lists them with what they set."
    return InputError(Problem(case.name, 0, 0, "same-scenario", message, help))


def _still(scope: Scope, causes: tuple[Difference, ...]) -> tuple[frozenset[str], ...]:
    """For each cause the questions to which nothing in the model leads from what it sets."""
    reach = Reach(scope)
    sets = ({item.key[0] for part in (*one.before, *one.after) for item in part.items(scope)} for one in causes)
    return tuple(out_of_reach(reach, names) for names in sets)


def _ends(case: Case, first: str, second: str) -> tuple[ScenarioSlot, ScenarioSlot]:
    slots = {slot.name: slot for slot in case.scenarios([first, second])}
    return slots[first], slots[second]


def _names(causes: tuple[Difference, ...]) -> tuple[str, ...]:
    """By what they set; in full where two set the same thing at different times."""
    plain = [one.name for one in causes]
    return tuple(one.name if plain.count(one.name) == 1 else one.words for one in causes)


def _titles(causes: tuple[Difference, ...], scope: Scope) -> tuple[str, ...]:
    """The same in words."""
    found = [one.title(scope) for one in causes]
    return tuple(title if found.count(title) == 1 else one.told(scope) for title, one in zip(found, causes, strict=True))


def _assignments(case: Case, name: str) -> tuple[Assignment, ...]:
    if name == case.program.scenarios[0].name:
        return ()
    statements: list[t.Scenario | t.Variant] = [*case.tree.all(t.Scenario), *case.tree.all(t.Variant)]
    return next(one.assignments for one in statements if name in (one.name, f"variant {one.name}"))


def _differences(case: Case, first: str, second: str) -> tuple[tuple[Assignment, ...], tuple[Difference, ...]]:
    """What both set alike, and what they set differently; what concerns the same thing in both is one difference."""
    one, other = _assignments(case, first), _assignments(case, second)
    said = {part.told() for part in one} & {part.told() for part in other}
    shared = tuple(part for part in one if part.told() in said)
    before = [part for part in one if part.told() not in said]
    after = [part for part in other if part.told() not in said]
    scope = build_scope(case.tree)
    keys = {id(part): frozenset(item.key for item in part.items(scope)) for part in (*before, *after)}
    return shared, tuple(_joined(before, after, keys))


def _joined(before: list[Assignment], after: list[Assignment], keys: dict[int, frozenset[Key]]) -> Iterable[Difference]:
    """Whatever touches one of the other scenario goes with it, for the two could not hold at once."""
    left = [*after, *before]
    old = {id(part) for part in before}
    while left:
        group, grew = [left.pop(0)], True
        while grew:
            near = [
                part
                for part in left
                if any((id(part) in old) != (id(one) in old) and keys[id(part)] & keys[id(one)] for one in group)
            ]
            group += near
            left = [part for part in left if not any(part is one for one in near)]
            grew = bool(near)
        yield Difference(*(tuple(part for part in group if (id(part) in old) == is_old) for is_old in (True, False)))


def _compiled(
    case: Case, shared: tuple[Assignment, ...], differences: tuple[Difference, ...]
) -> tuple[Program, ScenarioSlot, list[tuple[ScenarioSlot, ScenarioSlot]]]:
    """A program that knows every assignment: what both scenarios set, and of each difference what the first sets and what the second."""
    sides = [shared, *(side for one in differences for side in (one.before, one.after))]
    statements = tuple(t.Scenario(f"part {number}", "", side, True) for number, side in enumerate(sides) if side)
    tree = dataclasses.replace(case.tree, statements=(*case.tree.statements, *statements))
    program = case.compiled(Options(save="none", reach=False), tree)
    slots = {slot.name: slot for slot in program.scenarios}
    common, *parts = (slots.get(f"part {number}", ScenarioSlot("", "", is_idle=True)) for number in range(len(sides)))
    return program, common, list(zip(parts[::2], parts[1::2], strict=True))


def _coalitions(
    common: ScenarioSlot, sides: Sequence[tuple[ScenarioSlot, ScenarioSlot]], orders: Orders
) -> tuple[ScenarioSlot, ...]:
    """A scenario for each set of causes."""
    found = []
    for row, coalition in enumerate(orders.coalitions):
        parts = [common, *(pair[cause in coalition] for cause, pair in enumerate(sides))]
        settings = tuple(one for part in parts for one in part.settings)
        use_prior = tuple(one for part in parts for one in part.use_prior)
        found.append(ScenarioSlot(f"set {row}", "", settings, use_prior=use_prior))
    return tuple(found)
