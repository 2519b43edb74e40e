"""Which element needs which: the order of evaluation, and loops by name."""

from __future__ import annotations

import graphlib
from collections.abc import Iterable, Iterator

from foedus.compile.scope import Binding, Item, Key, Pulse, Scope, spell
from foedus.language import tree as t
from foedus.language.reserved import TIMES

__all__ = ["Order", "pulses", "references"]

_REMEMBERING = frozenset({"smooth", "smooth3", "smoothn", "delay1", "delay3", "delayn", "delay", "time_since"})
_PULSE = "pulse of "  # a key that is no item: no name has a blank in it
_MATERIAL = frozenset({"delay1", "delay3", "delayn"})


def references(scope: Scope, expression: t.Expression | None, binding: Binding, at_start: bool = False) -> Iterator[Key]:
    """The elements that an expression reads at the same moment. What it only remembers does not count, except at the start."""
    if expression is None or isinstance(expression, t.Number | t.DateLiteral | t.Is):
        return
    if isinstance(expression, t.Name):
        if expression.name in TIMES and not expression.subscripts:
            return
        item = scope.resolve(expression, binding)
        if item is not None:
            yield item.key
    elif isinstance(expression, t.Not):
        yield from references(scope, expression.operand, binding, at_start)
    elif isinstance(expression, t.Binary):
        yield from references(scope, expression.left, binding, at_start)
        yield from references(scope, expression.right, binding, at_start)
    elif isinstance(expression, t.If):
        for part in (expression.condition, expression.yes, expression.no):
            yield from references(scope, part, binding, at_start)
    elif isinstance(expression, t.Call):
        yield from _call_references(scope, expression, binding, at_start)


def _call_references(scope: Scope, call: t.Call, binding: Binding, at_start: bool) -> Iterator[Key]:
    name = call.arguments[0].name if call.arguments and isinstance(call.arguments[0], t.Name) else ""
    symbol = scope.symbols.get(name)
    if call.function in ("in_force", "invoked", "honoured"):
        yield (name, ())
        return
    if call.function in _REMEMBERING and not at_start:
        if call.function in _MATERIAL and len(call.arguments) > 1:
            yield from references(scope, call.arguments[1], binding)
        return
    start = 3 if call.function.endswith("n") else 2
    if call.function in _REMEMBERING and len(call.arguments) > start:
        yield from references(scope, call.arguments[start], binding, at_start)
        return
    if call.function == "share" and symbol is not None:
        yield from (item.key for item in symbol.items.values())
        return
    happening = call.arguments[0] if call.function == "pulse" and call.arguments else None
    if isinstance(happening, t.Name) and symbol is not None and symbol.kind == "event" and not at_start:
        item = scope.resolve(happening, binding)
        if item is not None:
            yield _pulse_of(item)
        return
    is_whole = (
        symbol is not None and bool(symbol.indices) and isinstance(call.arguments[0], t.Name) and not call.arguments[0].subscripts
    )
    if call.over or is_whole or call.function in ("sum", "mean", "product"):
        argument, bindings = scope.terms(call, binding)
        for one in bindings:
            yield from references(scope, argument, one, at_start)
        return
    for argument in call.arguments:
        yield from references(scope, argument, binding, at_start)


def _pulse_of(item: Item) -> Key:
    """What has to be known before an event's pulse is: its rate, of the same step, or the event itself."""
    return item.key if item.statement.pulse is None else (f"{_PULSE}{item.key[0]}", item.key[1])


def pulses(scope: Scope, expression: t.Expression | None, binding: Binding) -> frozenset[Key]:
    """The events at a rate whose pulse an expression reads on the same step, through auxiliaries too."""
    found: set[Key] = set()
    seen: set[Key] = set()
    waiting = list(references(scope, expression, binding))
    while waiting:
        key = waiting.pop()
        if key[0].startswith(_PULSE):
            found.add((key[0].removeprefix(_PULSE), key[1]))
        elif key not in seen:
            seen.add(key)
            waiting += _let_reads(scope, key)
    return frozenset(found)


def _let_reads(scope: Scope, key: Key) -> tuple[Key, ...]:
    """What an auxiliary reads on the same step; nothing for anything else."""
    if key not in scope.let_reads:
        symbol = scope.symbols.get(key[0])
        item = symbol.items.get(key[1]) if symbol is not None else None
        is_let = item is not None and item.statement.kind == "let"
        scope.let_reads[key] = (
            tuple(references(scope, item.statement.formula, item.binding)) if item is not None and is_let else ()
        )
    return scope.let_reads[key]


class Order:
    """The order in which elements can be evaluated, within a step or at the start."""

    def __init__(self, scope: Scope, at_start: bool) -> None:
        self._scope = scope
        self._at_start = at_start
        self._needs: dict[Key, tuple[Key, ...]] = {}
        for symbol in scope.symbols.values():
            for item in symbol.items.values():
                if symbol.kind != "table":
                    self._needs[item.key] = tuple(dict.fromkeys(self._needed(item)))
        if not at_start:
            for item in list(scope.items("event")):
                if item.statement.pulse is not None:
                    self._needs[_pulse_of(item)] = tuple(dict.fromkeys(self._pulse_needs(item, item.statement.pulse)))
        self.keys = self._sorted()
        self._rank = {key: rank for rank, key in enumerate(self.keys)}

    def _needed(self, item: Item) -> Iterator[Key]:
        for expression in item.statement.needs(self._at_start):
            yield from references(self._scope, expression, item.binding, self._at_start)

    def _pulse_needs(self, item: Item, pulse: Pulse) -> Iterator[Key]:
        """What a firing at a rate reads on its step: the rate, when it may fire, and what its firings take from stocks."""
        scope = self._scope
        for expression in pulse.reads:
            yield from references(scope, expression, item.binding)
        if pulse.repeats:
            for flow in scope.items("flow"):
                if item.key in pulses(scope, flow.statement.formula, flow.binding):
                    for key in references(scope, flow.statement.formula, flow.binding):
                        if not key[0].startswith(_PULSE) and item.key not in self._pulses_of(key):
                            yield key

    def _pulses_of(self, key: Key) -> frozenset[Key]:
        symbol = self._scope.symbols.get(key[0])
        item = symbol.items.get(key[1]) if symbol is not None else None
        if item is None or item.statement.kind != "let":
            return frozenset()
        return pulses(self._scope, item.statement.formula, item.binding)

    def _sorted(self) -> list[Key]:
        needs = {key: dict.fromkeys(one for one in found if one in self._needs) for key, found in self._needs.items()}
        for _ in range(20):
            try:
                return list(graphlib.TopologicalSorter(needs).static_order())
            except graphlib.CycleError as error:
                cycle: list[Key] = error.args[1][::-1]
                self._report(cycle)
                needs[cycle[0]].pop(cycle[1], None)
        return list(needs)

    def _report(self, cycle: list[Key]) -> None:
        cycle = [(key[0].removeprefix(_PULSE), key[1]) for key in cycle]
        names = " → ".join(spell(key) for key in cycle)
        item = self._scope.symbols[cycle[0][0]].items[cycle[0][1]]
        where = "starting values" if self._at_start else "values"
        help = "Give one of them a start of its own." if self._at_start else "Break the loop with a stock, `smooth` or `delay`."
        self._scope.problems.add(item.statement.at, "loop", f"{where} depend on each other in a loop: {names}.", help)

    def closure(self, roots: Iterable[Key]) -> list[Key]:
        """Every item that the roots need, in order."""
        found: set[Key] = set()
        waiting = [key for key in roots if key in self._needs]
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += [other for other in self._needs[key] if other not in found and other in self._needs]
        return sorted((key for key in found if not key[0].startswith(_PULSE)), key=lambda key: self._rank[key])

    def needs(self, key: Key) -> tuple[Key, ...]:
        return self._needs.get(key, ())
