"""Events: the moment at which something happens, once or again and again: on a date, by a condition, or at a rate."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import TYPE_CHECKING

from foedus.compile.law import Law
from foedus.compile.program import Guard, ReportSlot, Update
from foedus.compile.scope import Item, spell
from foedus.compile.value import Value, choose
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["ByCondition", "EventLaw", "OnDate"]

_NEVER = math.inf


class EventLaw(Law):
    """What every event has: the moment at which it fired first."""

    def __init__(self, builder: Builder, item: Item, event: t.Event) -> None:
        super().__init__(builder, item)
        self.event, self.name = event, f"event {spell(item.key)}"
        self.first_time = self.state(f"{self.name} first time", _NEVER)

    def may_fire(self) -> Value:
        """Is this the time in which it may?"""
        allowed = self.truth(True)
        if self.event.after is not None:
            allowed = allowed & (self.amount(self.event.after) <= self.time)
        if self.event.until is not None:
            allowed = allowed & (self.time < self.amount(self.event.until))
        return allowed

    @abstractmethod
    def firings(self) -> Value:
        """How often does it fire on this step by itself?"""

    @abstractmethod
    def move(self) -> list[Guard]:
        """Set the updates of what it counts."""

    def now(self, option: str = "") -> Value:
        found = self.firings().number
        if self.builder.is_overridden(self.item.key):
            found = self.value(self.builder.overridable(f"{spell(self.item.key)} now", found.node))
        return found

    def count(self, option: str = "") -> Value:
        """So often as it holds: once, where it comes on a date or a scenario sets it."""
        return self.value(self.builder.value(self.item.key)).number

    def finish(self) -> list[Guard]:
        with self.builder.guards.on_behalf(self.owner()):
            first = self.load(self.first_time)
            is_first = self.value(self.builder.value(self.item.key)) & first.equals(_NEVER)
            self.update(self.first_time, choose(is_first, self.time, first))
            return self.move()

    def tell(self) -> list[ReportSlot]:
        return [ReportSlot("event", spell(self.item.key), self.event.label, "time", self.load(self.first_time).node)]


class OnDate(EventLaw):
    """On a day, with a chance that is drawn once for each future."""

    def __init__(self, builder: Builder, item: Item, event: t.Event, on: t.Expression) -> None:
        super().__init__(builder, item, event)
        self.on = on

    def worth(self) -> Value:
        has_come = self.amount(self.on) <= self.time
        if self.event.chance is None:
            return has_come
        luck = self.uniform(self.name)
        return has_come & (luck < self.amount(self.event.chance))

    def firings(self) -> Value:
        earlier = self.time - self.builder.step
        had_come = self.amount(self.on) <= earlier
        return self.worth() & ~had_come

    def move(self) -> list[Guard]:
        return []


class ByCondition(EventLaw):
    """When a condition begins to hold; each time that it does, where it repeats."""

    def __init__(self, builder: Builder, item: Item, event: t.Event, condition: t.Expression) -> None:
        super().__init__(builder, item, event)
        self.cause = condition
        self.counted, self.before = self.state(f"{self.name} count"), self.state(f"{self.name} before")
        has_luck = event.is_repeating and event.chance is not None
        self.luck = self.state(f"{self.name} luck", self.uniform(self.name)) if has_luck else None

    def worth(self) -> Value:
        if self.builder.is_start:
            return self.truth(False)
        return (self.constant(0.5) < self.load(self.counted)) | self.firings()

    def firings(self) -> Value:
        is_new = self._holds() & ~self.load(self.before).holds
        if self.event.chance is None:
            return is_new
        luck = self.uniform(self.name) if self.luck is None else self.load(self.luck)
        return is_new & (luck < self.amount(self.event.chance))

    def _holds(self) -> Value:
        return self.condition(self.cause) & self.may_fire()

    def count(self, option: str = "") -> Value:
        if self.builder.is_overridden(self.item.key):
            return super().count()
        return self.load(self.counted) + self.firings().number

    def move(self) -> list[Guard]:
        holds, before = self._holds(), self.load(self.before)
        self.update(self.before, (holds if self.event.is_repeating else holds | before.holds).number)
        self.update(self.counted, self.load(self.counted) + self.firings().number)
        return [] if self.luck is None else [self._drawn_anew(self.luck, holds & ~before.holds)]

    def _drawn_anew(self, luck: int, tried: Value) -> Guard:
        """Each attempt has its own luck."""
        attempts = self.state(f"{self.name} attempts")
        number = self.load(attempts) + tried.number
        self.update(attempts, number)
        return Guard(tried.node, (Update(luck, self.uniform(self.name, number).node),))
