"""Which answers a scenario sets itself, by what the questions read: told apart from what it teaches.

A question is *set* by a scenario if all that it reads and that can vary is overridden, or is a stock one step further whose whole cause is
overridden: it starts at nothing, nothing flows in where the overridden value is nothing, and of other stocks what flows in depends only on
such as would be empty as well.

A question *may be set* if it reads something overridden beside other things, or reads nothing but what is one step downstream of the
override, or what would not be there without it. It is set if then the run finds the same answer in every future, as it is not in the
baseline, although chance could still act on it: the scenario left nothing open.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from foedus.compile.program import ResultSlot, ScenarioSlot
from foedus.compile.scope import Item, Key, Scope
from foedus.constructs import tree as t
from foedus.constructs.scenario import overridden_keys
from foedus.model.reach import Reach, keys_of

__all__ = ["SetAnswers", "idle_levers", "out_of_reach", "set_answers", "with_reach", "with_set_answers", "with_upstream"]

_OPEN, _AT_MOST_NOTHING, _NOTHING = 0, 1, 2  # what is known of a value by its form; amounts are taken to be no less than 0
_KEEP_NOTHING = frozenset(
    {"sum", "mean", "smooth", "smooth3", "smoothn", "delay", "delay1", "delay3", "delayn", "sqrt", "pulse", "count"}
)
_MOVING = frozenset({"stock", "noise", "event", "decision", "treaty"})


def with_reach(
    scope: Scope,
    results: Sequence[ResultSlot],
    slots: Sequence[ScenarioSlot],
    scenarios: Iterable[t.Scenario],
    order: Sequence[Key],
) -> tuple[list[ResultSlot], list[ScenarioSlot]]:
    """Questions and scenarios, with what the structure of the model says of both; nothing where nothing is asked."""
    if not results:
        return list(results), list(slots)
    reach = Reach(scope)
    return with_upstream(reach, results), with_set_answers(reach, slots, scenarios, order)


def with_upstream(reach: Reach, results: Sequence[ResultSlot]) -> list[ResultSlot]:
    """The questions, each with what can act on its answer, and what can not."""
    asked = _questions(reach.scope)
    return [
        dataclasses.replace(slot, upstream=reach.upstream(one), drawn=reach.drawn(one), idle=reach.idle(one))
        for slot in results
        for one in (asked[slot.name],)
    ]


def with_set_answers(
    reach: Reach, slots: Sequence[ScenarioSlot], scenarios: Iterable[t.Scenario], order: Sequence[Key]
) -> list[ScenarioSlot]:
    """The scenarios, each with the questions that it sets, and those that are out of its reach.

    Args:
        slots: of the program; hidden ones are left as they are.
        scenarios: as written.
        order: in which elements are evaluated, arguments first.
    """
    written = {scenario.name: scenario for scenario in scenarios}
    told = [slot for slot in slots if slot.name in written and not slot.is_hidden]
    overridden = [frozenset(overridden_keys(reach.scope, [written[slot.name]])) for slot in told]
    found = {slot.name: answers for slot, answers in zip(told, set_answers(reach, overridden, order), strict=True)}
    beyond = {slot.name: out_of_reach(reach, {key[0] for key in keys}) for slot, keys in zip(told, overridden, strict=True)}
    return [
        dataclasses.replace(slot, **found[slot.name]._asdict(), out_of_reach=beyond[slot.name]) if slot.name in found else slot
        for slot in slots
    ]


def out_of_reach(reach: Reach, names: set[str]) -> frozenset[str]:
    """The questions to which nothing in the model leads from some names."""
    reached = reach.downstream(names)
    return frozenset(
        name for name, question in _questions(reach.scope).items() if not reached & {key[0] for key in reach.asked(question)}
    )


def idle_levers(scope: Scope) -> list[t.Lever]:
    """The levers from which nothing in the model leads to any question; none where nothing is asked."""
    if not _questions(scope):
        return []
    reach = Reach(scope)
    return [lever for lever in scope.tree.all(t.Lever) if len(out_of_reach(reach, {lever.name})) == len(_questions(scope))]


class SetAnswers(NamedTuple):
    """The questions that an override sets, and those that it may set."""

    sets: frozenset[str]
    may_set: frozenset[str]


def set_answers(reach: Reach, overridden: Iterable[frozenset[Key]], order: Sequence[Key]) -> Iterator[SetAnswers]:
    """For each of some sets of overridden elements, the questions that it sets.

    Args:
        order: in which elements are evaluated, arguments first.
    """
    asked = _questions(reach.scope)
    made = [key for key in order if key[0] in reach.scope.symbols and reach.kind(key) in ("let", "flow")]
    untouched = _Override(reach, frozenset(), made)
    still = untouched.nothing_with(made, frozenset())
    for keys in overridden:
        override = _Override(reach, keys, made, still, untouched)
        sets = frozenset(name for name, question in asked.items() if override.sets(question))
        yield SetAnswers(
            sets, frozenset(name for name, question in asked.items() if name not in sets and override.may_set(question))
        )


def _questions(scope: Scope) -> dict[str, t.Question]:
    return {question.name: question for question in scope.tree.all(t.Question)}


class _Override:
    """What one scenario overrides, and what hangs on it.

    Args:
        reach: of the model.
        keys: what is overridden.
        made: auxiliaries and flows, arguments first.
        still: those that are nothing in any case.
        untouched: the same model with nothing overridden, whose walks hold wherever they meet nothing that is.
    """

    def __init__(
        self,
        reach: Reach,
        keys: frozenset[Key],
        made: Sequence[Key],
        still: Set[Key] = frozenset(),
        untouched: _Override | None = None,
    ) -> None:
        self.reach, self.keys, self.made, self.still, self.untouched = reach, keys, made, still, untouched
        self._walks: dict[Key, tuple[frozenset[Key], frozenset[Key]]] = {}
        # Of an element: what is nothing and what is overridden among all that it looks at -> is it nothing? Scenarios share it.
        self._told: dict[tuple[Key, Set[Key], Set[Key]], bool] = untouched._told if untouched is not None else {}

    def sets(self, question: t.Question) -> bool:
        moving = self.moving(self.reach.asked(question))
        return bool(moving) and all(key in self.keys or self._is_whole_cause_of(key) for key in moving)

    def may_set(self, question: t.Question) -> bool:
        moving = self.moving(self.reach.asked(question))
        is_near = moving & self.keys or (moving and all(self._is_beside(key) or key in self._hanging for key in moving))
        return bool(is_near) and self._is_open(moving)

    def _is_open(self, keys: Iterable[Key]) -> bool:
        """Can chance still act on some elements, in spite of the override? Where it cannot, that all futures agree tells nothing."""
        seen, waiting = set(self.keys), list(keys)
        while waiting:
            key = waiting.pop()
            if key not in seen:
                seen.add(key)
                if self._is_drawn(key):
                    return True
                waiting += self.reach.reads(key)
        return False

    def _is_drawn(self, key: Key) -> bool:
        statement = self.reach.item(key).statement
        if isinstance(statement, t.Event):
            return statement.rate is not None or statement.chance is not None
        return isinstance(statement, t.Noise | t.Decision | t.Treaty) or self._is_uncertain(key)

    def moving(self, keys: Iterable[Key]) -> frozenset[Key]:
        """What can vary among some elements, seen through auxiliaries and flows; what is overridden is not looked behind."""
        return frozenset().union(*(self._walk(key)[0] for key in keys))

    def _walk(self, start: Key) -> tuple[frozenset[Key], frozenset[Key]]:
        """What can vary in an element, and all that was looked at on the way."""
        if start not in self._walks:
            known = self.untouched._walk(start) if self.untouched is not None else None
            self._walks[start] = known if known is not None and known[1].isdisjoint(self.keys) else self._walked(start)
        return self._walks[start]

    def _walked(self, start: Key) -> tuple[frozenset[Key], frozenset[Key]]:
        found, seen, waiting = set(), set(), [start]
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            if key in self.keys or self.reach.kind(key) in _MOVING or self._is_uncertain(key):
                found.add(key)
            elif self.reach.kind(key) != "table":
                waiting += self.reach.reads(key)
        return frozenset(found), frozenset(seen)

    def _is_uncertain(self, key: Key) -> bool:
        statement = self.reach.item(key).statement
        if isinstance(statement, t.Lever):
            return statement.default is None and any(isinstance(one.value, t.ClaimsPrior) for one in statement.positions)
        return isinstance(statement, t.Parameter) and statement.prior is not None

    def _is_beside(self, key: Key) -> bool:
        """Is it overridden, or one step downstream of what is?"""
        return key in self.keys or bool(self.moving(self.reach.reads(key)) & self.keys)

    def _is_whole_cause_of(self, key: Key) -> bool:
        """Is it a stock one step downstream that would stay at nothing without what is overridden, and fed by no stock that would not?"""
        if self.reach.kind(key) != "stock" or not self._is_beside(key) or not self._is_nothing(key, self._alone):
            return False
        come = self.reach.flows.get(key, ([], []))[0]
        fed = self.moving(flow.key for flow in come)
        return all(one in self._hanging for one in fed - self.keys if self.reach.kind(one) == "stock")

    @cached_property
    def _alone(self) -> Set[Key]:
        """What is nothing at once where the overridden values are."""
        return self._nothing_with(self.keys)

    @cached_property
    def _hanging(self) -> Set[Key]:
        """Stocks, events and choices that would not be there without the override, through any number of steps."""
        reached = self._reached
        found = {key for key in reached if self.reach.kind(key) in ("stock", "event", "decision")} - self.keys
        while True:
            nothing = self._nothing_with(self.keys | found)
            lost = {key for key in found if not self._is_nothing(key, nothing)}
            if not lost:
                return found
            found -= lost

    @cached_property
    def _reached(self) -> Set[Key]:
        """All that the override can act on."""
        found, waiting = set(self.keys), list(self.keys)
        while waiting:
            fresh = self.reach.readers.get(waiting.pop(), set()) - found
            found |= fresh
            waiting += fresh
        return found

    @cached_property
    def _moved(self) -> list[Key]:
        return [key for key in self.made if key in self._reached]

    def _nothing_with(self, base: Set[Key]) -> Set[Key]:
        """Some elements, and all auxiliaries and flows that are nothing with them; others than the override reaches are so without it."""
        return self.nothing_with(self._moved, base | self.still)

    def nothing_with(self, made: Iterable[Key], base: Set[Key]) -> Set[Key]:
        """The same, looking at some auxiliaries and flows only, in their order."""
        found = set(base)
        for key in made:
            if key not in found and self._is_nothing(key, found):
                found.add(key)
        return found

    def _is_nothing(self, key: Key, nothing: Set[Key]) -> bool:
        """Is an auxiliary nothing, does nothing flow; would a stock stay empty, an event never fire, a decision never be taken?"""
        looked_at = self.reach.looks_at(key)
        place = (key, looked_at & nothing, looked_at & self.keys)
        if place not in self._told:
            self._told[place] = self._is_nothing_by_form(key, nothing)
        return self._told[place]

    def _is_nothing_by_form(self, key: Key, nothing: Set[Key]) -> bool:
        item = self.reach.item(key)
        if isinstance(item.statement, t.Let):
            return self._known(item.statement.value, item, nothing) == _NOTHING
        if isinstance(item.statement, t.Flow):
            return self._is_no_flow(item, nothing)
        if isinstance(item.statement, t.Stock):
            come = self.reach.flows.get(key, ([], []))[0]
            return self._known(item.statement.initial, item, nothing) == _NOTHING and all(
                self._is_nothing(flow.key, nothing) for flow in come
            )
        if isinstance(item.statement, t.Event):
            cause = item.statement.rate if item.statement.rate is not None else item.statement.condition
            return cause is not None and self._known(cause, item, nothing) != _OPEN
        condition = item.statement.condition if isinstance(item.statement, t.Decision) else None
        return condition is not None and self._known(condition, item, nothing) == _NOTHING

    def _is_default(self, part: t.Is) -> bool:
        decision = self.reach.item((part.decision, ())).statement
        return isinstance(decision, t.Decision) and decision.options[0].name == part.option

    def _is_no_flow(self, flow: Item, nothing: Set[Key]) -> bool:
        """Does nothing flow, by its rate or since its source is empty?"""
        (source, _), rate = flow.statement.ends, flow.statement.formula
        keys = list(keys_of(self.reach.scope, source, flow.binding)) if source is not None else []
        return (bool(keys) and nothing >= set(keys)) or (rate is not None and self._known(rate, flow, nothing) != _OPEN)

    def _known(self, part: t.Expression, item: Item, nothing: Set[Key]) -> int:
        """What the form of a value says of it, where some elements are nothing; open wherever the form leaves it open."""

        def known(one: t.Expression) -> int:
            return self._known(one, item, nothing)

        if isinstance(part, t.Number):
            return _NOTHING if part.value == 0.0 else _OPEN
        if isinstance(part, t.Name):
            keys = self.reach.named(part, item)
            return _NOTHING if keys and all(key in nothing for key in keys) else _OPEN
        if isinstance(part, t.Is):
            return _NOTHING if (part.decision, ()) in nothing - self.keys and not self._is_default(part) else _OPEN
        if isinstance(part, t.Binary):
            return _of_binary(part.operator, known(part.left), known(part.right))
        if isinstance(part, t.If):
            return known(part.no) if known(part.condition) == _NOTHING else min(known(part.yes), known(part.no))
        if isinstance(part, t.Call) and part.arguments:
            found = [known(one) for one in part.arguments]
            if part.function == "min":
                return max(found)
            if part.function == "max":
                return max(found) if min(found) != _OPEN else _OPEN
            return found[0] if part.function in _KEEP_NOTHING else _OPEN
        return _OPEN


def _of_binary(operator: str, left: int, right: int) -> int:
    if operator in ("*", "and"):
        return _NOTHING if _NOTHING in (left, right) else _OPEN
    if operator in ("/", "per", "^"):
        return left if left == _NOTHING else _OPEN
    if operator == "-":
        return _NOTHING if left == right == _NOTHING else min(left, _AT_MOST_NOTHING)
    if operator in ("<", ">"):
        return _NOTHING if (left if operator == ">" else right) != _OPEN else _OPEN
    return min(left, right) if operator in ("+", "or") else _OPEN
