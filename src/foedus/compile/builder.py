"""Builds a program: what each element of a definition is worth, in which block, and what a scenario sets in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from foedus.compile.amounts import constant_in
from foedus.compile.answers import Answers
from foedus.compile.dependencies import pulses
from foedus.compile.guards import Guards, Owner
from foedus.compile.override import Override, Overrides, OverrideWord
from foedus.compile.program import SetValue
from foedus.compile.scope import Item, Key, Scope, spell
from foedus.compile.site import Site
from foedus.language import tree as t
from foedus.units import Unit

__all__ = ["Builder"]

Shared = TypeVar("Shared")


class Builder(Site):
    """The program under construction: a site, and the elements of definitions that are used on it.

    Args:
        answering: what answers for an element that has no law.
    """

    def __init__(
        self,
        scope: Scope,
        step: float,
        first_step: int,
        last_step: int,
        overridden: dict[Key, bool],
        answering: Callable[[Builder, Item], Answers],
        is_given: bool = False,
    ) -> None:
        super().__init__(scope, step, first_step, last_step, overridden, is_given)
        self.guards = Guards(self)
        self.laws: dict[Key, Answers] = {}  # of what happens: noises, events, decisions, treaties
        self.supposed: dict[Key, float] = {}
        self._answering = answering
        self._values: dict[tuple[int, Key], int] = {}
        self._pulses_of: dict[Key, frozenset[Key]] = {}
        self._shared: dict[object, Any] = {}

    def shared(self, make: Callable[[Builder], Shared]) -> Shared:
        """What several laws of one program use together: made when it is asked for first."""
        if make not in self._shared:
            self._shared[make] = make(self)
        found: Shared = self._shared[make]
        return found

    def answers(self, item: Item) -> Answers:
        """What answers for an element: its law, or its statement where it has none."""
        return self.laws.get(item.key) or self._answering(self, item)

    def laws_of(self, *kinds: str) -> list[Answers]:
        """The laws of some kinds of definitions, kind by kind, in the order of the text."""
        return [self.laws[item.key] for kind in kinds for item in self.scope.items(kind)]

    def set_number(self, item: Item, override: Override, found: Overrides) -> None:
        """Set an element to a number: a parameter for the whole run, anything else while the override lasts."""
        scope, value = self.scope, override.value
        slot = self.parameter_of.get(item.key, -1)
        is_whole = slot >= 0 and not self.is_overridden_for_a_while(item.key)
        if isinstance(value, t.ClaimsPrior):
            group = value.group or item.key[0]
            if slot < 0 or self.parameters[slot].claims != group:
                message = f"`{spell(item.key)}` does not rest on the claims `{group}`: a scenario cannot make it."
                help = "Override it with a number, or let its own prior (of a lever, one of its positions) be those claims."
                scope.problems.add(override.at, "bad-override", message, help)
            found.use_prior += [slot] if is_whole else []
            return
        if isinstance(value, OverrideWord) or value is None:
            scope.problems.add(override.at, "bad-override", f"`{spell(item.key)}` is overridden by a number.", "Write a number.")
            return
        unit = scope.symbols[item.key[0]].unit or Unit()
        number = constant_in(scope, value, unit, f"the override of `{spell(item.key)}`") * unit.scale
        if is_whole:
            found.values.append(SetValue(slot, -1, number, self.first_step, self.last_step + 2))
        else:
            found.values.append(SetValue(-1, self.override(spell(item.key)), number, override.start, override.end))

    # --- values

    def value(self, key: Key) -> int:
        """What an element of a definition is worth in the present block, to be used there."""
        self.guards.used(key)
        return self.prepared(key)

    def prepared(self, key: Key) -> int:
        """The same, without being used yet."""
        found = self._values.get((self.block, key))
        if found is None:
            item = self.scope.symbols[key[0]].items[key[1]]
            own = Owner(self.scope.symbols[key[0]].kind, *key, item.statement.at)
            with self.guards.on_behalf(own, key, self._while_its_own(item)):
                found = self.answers(item).worth().node
            if item.key in self._overridden and not self.is_start:
                found = self._with_override(item, found)
            self._values[self.block, key] = found
            if not self.supposed:
                self.guards.worth(key, found)
        return found

    @contextmanager
    def supposing(self, event: Key, firings: float) -> Iterator[None]:
        """What is lowered inside is worth what it would be if an event fired so often on this step."""
        kept, self._values, self.supposed = self._values, self._free_of(event), {**self.supposed, event: firings}
        try:
            yield
        finally:
            self._values, self.supposed = kept, {one: number for one, number in self.supposed.items() if one != event}

    def _free_of(self, event: Key) -> dict[tuple[int, Key], int]:
        """The values known so far, without those that read the event's pulse."""
        return {place: value for place, value in self._values.items() if event not in self._pulses(place[1])}

    def _pulses(self, key: Key) -> frozenset[Key]:
        """The events whose pulse an item reads, through other items too."""
        if key not in self._pulses_of:
            item = self.scope.symbols[key[0]].items[key[1]]
            read = item.statement.formula if self.scope.symbols[key[0]].kind == "let" else None
            self._pulses_of[key] = pulses(self.scope, read, item.binding)
        return self._pulses_of[key]

    def _while_its_own(self, item: Item) -> int | None:
        """The condition that no scenario sets the item; None where none does."""
        if self.is_start or item.key not in self._overridden or item.statement.formula is None:
            return None
        active = self.graph.leaf("override_active", self.override(spell(item.key)), "time", is_condition=True)
        return self.graph.make("negation", active)

    def _with_override(self, item: Item, value: int) -> int:
        kind = self.scope.symbols[item.key[0]].kind
        if kind in ("param", "lever") and not self._overridden[item.key]:
            return value  # set as a parameter of the future
        return self.overridable(spell(item.key), value)
