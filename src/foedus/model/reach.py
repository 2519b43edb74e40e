"""What reads what, at any time: the ways along which one thing can act on another, through memory, stocks and happenings too.

`foedus.compile.dependencies` has the order within one step; here nothing is left out that acts later.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any

from foedus.compile.scope import Binding, Item, Key, Scope
from foedus.constructs import tree as t

__all__ = ["Reach", "keys_of", "mentions"]

_HAPPENINGS = ("event", "decision", "treaty")
_DRAWN = ("param", "lever")
_CARRIED = "stock"


def mentions(scope: Scope, part: Any, binding: Binding) -> Iterator[Key]:
    """Every element that a part of the text names, however deep and under whatever function."""
    if isinstance(part, t.Name):
        yield from keys_of(scope, part, binding)
    elif isinstance(part, t.Is):
        yield from _elements(scope, part.decision, ())
    elif isinstance(part, tuple):
        for one in part:
            yield from mentions(scope, one, binding)
    elif dataclasses.is_dataclass(part):
        if isinstance(part, t.Call):
            yield from _elements(scope, part.function, ())
        kind: Any = type(part)
        for name in _fields(kind):
            yield from mentions(scope, getattr(part, name), binding)


@lru_cache(maxsize=256)
def _fields(kind: Any) -> tuple[str, ...]:
    """The parts of a kind of statement or expression that can name something; where it stands is none."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.name != "at")


def keys_of(scope: Scope, name: t.Name, binding: Binding) -> Iterator[Key]:
    """The elements that a name may stand for: all that fit, where an index runs."""
    yield from _elements(scope, name.name, tuple(_element(scope, part, binding) for part in name.subscripts))


def _element(scope: Scope, part: t.Subscript, binding: Binding) -> str | None:
    found = binding.get(part.name, part.name)
    if part.map is not None and part.map in scope.maps:
        found = scope.maps[part.map].get(found, "")
    return found if found in scope.elements else None


def _elements(scope: Scope, name: str, wanted: tuple[str | None, ...]) -> Iterator[Key]:
    symbol = scope.symbols.get(name)
    if symbol is not None:
        for elements in symbol.items:
            if all(want is None or want == one for want, one in zip(wanted, elements, strict=False)):
                yield (name, elements)


class Reach:
    """Who acts on whom in a model."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._reads: dict[Key, frozenset[Key]] = {}
        self._looked_at: dict[Key, frozenset[Key]] = {}
        self._asked: dict[str, dict[Key, None]] = {}
        self._named: dict[tuple[int, Key], tuple[Key, ...]] = {}

    @cached_property
    def flows(self) -> dict[Key, tuple[list[Item], list[Item]]]:
        """Stock -> its flows in, its flows out."""
        found: dict[Key, tuple[list[Item], list[Item]]] = {}
        for item in self.scope.items("flow"):
            source, target = item.statement.ends
            for place, end in enumerate((target, source)):
                for key in keys_of(self.scope, end, item.binding) if end is not None else ():
                    found.setdefault(key, ([], []))[place].append(item)
        return found

    def item(self, key: Key) -> Item:
        return self.scope.symbols[key[0]].items[key[1]]

    def kind(self, key: Key) -> str:
        return self.scope.symbols[key[0]].kind

    def named(self, name: t.Name, item: Item) -> tuple[Key, ...]:
        """The elements that a name in an item's definition may stand for."""
        place = (id(name), item.key)
        if place not in self._named:
            self._named[place] = tuple(keys_of(self.scope, name, item.binding))
        return self._named[place]

    def reads(self, key: Key) -> frozenset[Key]:
        """What an element is worked out from, at the start or at any step."""
        if key not in self._reads:
            self._reads[key] = self._read(key)
        return self._reads[key]

    def _read(self, key: Key) -> frozenset[Key]:
        item, statement = self.item(key), self.item(key).statement
        if isinstance(statement, t.Stock):
            come, gone = self.flows.get(key, ([], []))
            return frozenset({*mentions(self.scope, statement.initial, item.binding), *(flow.key for flow in (*come, *gone))})
        if isinstance(statement, t.Flow):
            return frozenset(mentions(self.scope, statement.rate, item.binding))
        found = set(mentions(self.scope, statement, item.binding))
        if isinstance(statement, t.Treaty) and statement.name in self.scope.chances:
            found.add((self.scope.chances[statement.name], ()))
        return frozenset(found - {key})

    def looks_at(self, key: Key) -> frozenset[Key]:
        """All that tells whether an element is nothing: what it reads, where a flow comes from, and the same of a stock's flows in."""
        if key not in self._looked_at:
            item, found = self.item(key), self.reads(key)
            if isinstance(item.statement, t.Flow):
                source = item.statement.ends[0]
                found |= frozenset(mentions(self.scope, (source, item.statement.formula), item.binding))
            elif isinstance(item.statement, t.Stock):
                found = found.union(*(self.looks_at(flow.key) for flow in self.flows.get(key, ([], []))[0]))
            self._looked_at[key] = found
        return self._looked_at[key]

    @cached_property
    def readers(self) -> dict[Key, set[Key]]:
        """Element -> the elements that read it."""
        found: dict[Key, set[Key]] = {}
        for symbol in self.scope.symbols.values():
            for item in symbol.items.values():
                for key in self.reads(item.key):
                    found.setdefault(key, set()).add(item.key)
        return found

    @cached_property
    def _names_that_read(self) -> dict[str, set[str]]:
        """Name -> the names of what reads it."""
        found: dict[str, set[str]] = {}
        for key, readers in self.readers.items():
            found.setdefault(key[0], set()).update(reader[0] for reader in readers)
        return found

    def downstream(self, names: Iterable[str]) -> set[str]:
        """The names of all that some things can act on, and their own."""
        reached = set(names)
        waiting = list(reached)
        while waiting:
            fresh = self._names_that_read.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        return reached

    @cached_property
    def _downstream(self) -> dict[str, set[str]]:
        """Event, decision, treaty, parameter or stock -> the names of all that it can act on, and its own."""
        kinds = (*_HAPPENINGS, *_DRAWN, _CARRIED)
        return {symbol.name: self.downstream([symbol.name]) for symbol in self.scope.symbols.values() if symbol.kind in kinds}

    def upstream(self, question: t.Question) -> frozenset[str]:
        """The events, decisions and treaties that can act on the answer."""
        return frozenset(name for name in self._acting(question) if self.scope.symbols[name].kind in _HAPPENINGS)

    def drawn(self, question: t.Question) -> frozenset[str]:
        """The parameters that can act on the answer."""
        return frozenset(name for name in self._acting(question) if self.scope.symbols[name].kind in _DRAWN)

    def idle(self, question: t.Question) -> frozenset[str]:
        """The parameters and stocks that can not act on the answer."""
        acting = set(self._acting(question))
        kinds = (*_DRAWN, _CARRIED)
        return frozenset(one.name for one in self.scope.symbols.values() if one.kind in kinds and one.name not in acting)

    def _acting(self, question: t.Question) -> list[str]:
        names = {key[0] for key in self.asked(question)}
        return [name for name, reached in self._downstream.items() if names & reached]

    def asked(self, question: t.Question) -> Iterable[Key]:
        """What a question reads itself."""
        if question.name not in self._asked:
            self._asked[question.name] = dict.fromkeys(mentions(self.scope, (question.expression, question.given), {}))
        return self._asked[question.name]
