"""Events: the moment at which something happens, once or again and again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.guards import Owner
from foedus.compile.hazards import Hazards
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.program import Guard, Update
from foedus.compile.scope import Binding, Item, Key, spell
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["EventRecord", "Events"]

_NEVER = math.inf


@dataclass
class EventRecord:
    """States of an event. `count`: how often it fired; `time`: when first (infinite if never); `luck`: of the next attempt."""

    item: Item
    time: int
    count: int = -1
    before: int = -1
    luck: int = -1


class Events:
    """The events of a model: at a rate, on a date, or by a condition."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.records: dict[Key, EventRecord] = {}
        self.hazards = Hazards(builder, self)

    def _direct(self, name: str, initial: float = 0.0) -> int:
        return self._builder.state(name, "direct", self._builder.graph.number(initial))

    def declare(self, item: Item) -> None:
        name, event = f"event {spell(item.key)}", item.statement
        assert isinstance(event, t.Event)
        record = EventRecord(item, self._direct(f"{name} first time", _NEVER))
        if event.on is None:
            record.count = self._direct(f"{name} count")
        if event.rate is not None:
            self.hazards.declare(item)
        if event.condition is not None:
            record.before = self._direct(f"{name} before")
            if event.is_repeating and event.chance is not None:
                record.luck = self._builder.state(f"{name} luck", "direct", self._builder.uniform(name))
        self.records[item.key] = record

    def may_fire(self, event: t.Event, binding: Binding) -> int:
        builder, graph = self._builder, self._builder.graph
        allowed = graph.truth(True)
        if event.after is not None:
            allowed = graph.make(
                "both",
                allowed,
                graph.make("less_equal", lower_number(builder, event.after, binding), builder.time()),
            )
        if event.until is not None:
            allowed = graph.make(
                "both",
                allowed,
                graph.make("less", builder.time(), lower_number(builder, event.until, binding)),
            )
        return allowed

    def fired(self, item: Item) -> int:
        """Has it fired up to now?"""
        builder, graph = self._builder, self._builder.graph
        event, record = item.statement, self.records[item.key]
        assert isinstance(event, t.Event)
        if event.on is not None:
            has_come = graph.make("less_equal", lower_number(builder, event.on, item.binding), builder.time())
            if event.chance is None:
                return has_come
            luck = builder.uniform(f"event {spell(item.key)}")
            return graph.make("both", has_come, graph.make("less", luck, lower_number(builder, event.chance, item.binding)))
        if builder.is_start:
            return graph.truth(False)
        before = graph.make("less", graph.number(0.5), builder.load(record.count))
        return before if event.condition is None else graph.make("either", before, self._succeeds(item))

    def _succeeds(self, item: Item) -> int:
        """An event by condition: does it fire on this step?"""
        builder, graph = self._builder, self._builder.graph
        event, record = item.statement, self.records[item.key]
        assert isinstance(event, t.Event) and event.condition is not None
        holds = graph.make(
            "both",
            lower_condition(builder, event.condition, item.binding),
            self.may_fire(event, item.binding),
        )
        is_new = graph.make("both", holds, graph.make("negation", graph.as_condition(builder.load(record.before))))
        if event.chance is None:
            return is_new
        luck = builder.load(record.luck) if record.luck >= 0 else builder.uniform(f"event {spell(item.key)}")
        return graph.make("both", is_new, graph.make("less", luck, lower_number(builder, event.chance, item.binding)))

    def firings(self, item: Item) -> int:
        """How often does it fire on this step?"""
        builder, now = self._builder, self._builder.graph.as_number(self._now(item))
        return builder.overridable(f"{spell(item.key)} now", now) if builder.is_overridden(item.key) else now

    def _now(self, item: Item) -> int:
        builder, graph = self._builder, self._builder.graph
        event = item.statement
        assert isinstance(event, t.Event)
        if event.condition is not None:
            return self._succeeds(item)
        if event.rate is not None:
            return self.hazards.firings(item)
        assert event.on is not None
        earlier = graph.make("subtract", builder.time(), graph.number(builder.step))
        had_come = graph.make("less_equal", lower_number(builder, event.on, item.binding), earlier)
        return graph.make("both", self.fired(item), graph.make("negation", had_come))

    def count(self, item: Item) -> int:
        """How often has it fired?"""
        builder, graph = self._builder, self._builder.graph
        record, event = self.records[item.key], item.statement
        assert isinstance(event, t.Event)
        if event.on is not None or builder.is_overridden(item.key):
            return graph.as_number(builder.value(item.key))
        total = builder.load(record.count)
        return graph.make("add", total, graph.as_number(self._succeeds(item))) if event.condition is not None else total

    def finish(self) -> list[Guard]:
        """Set the updates of all events, at the step block. Returns what must be redrawn when something fired."""
        builder, graph = self._builder, self._builder.graph
        guards = []
        for key, record in self.records.items():
            event = record.item.statement
            assert isinstance(event, t.Event)
            with builder.guards.on_behalf(Owner("event", *key, event.at)):
                first = builder.load(record.time)
                is_first = graph.make("both", builder.value(key), graph.make("equal", first, graph.number(_NEVER)))
                builder.set_update(record.time, graph.make("choose", is_first, builder.time(), first))
                if event.rate is not None:
                    guards += self._finish_rate(record)
                elif event.condition is not None:
                    guards += self._finish_condition(record, event)
        return guards

    def _finish_rate(self, record: EventRecord) -> list[Guard]:
        builder, graph = self._builder, self._builder.graph
        firings, guards = self.hazards.finish(record.item)
        builder.set_update(record.count, graph.make("add", builder.load(record.count), firings))
        return guards

    def _finish_condition(self, record: EventRecord, event: t.Event) -> list[Guard]:
        builder, graph = self._builder, self._builder.graph
        assert event.condition is not None
        item = record.item
        holds = graph.make(
            "both",
            lower_condition(builder, event.condition, item.binding),
            self.may_fire(event, item.binding),
        )
        before = builder.load(record.before)
        kept = (
            graph.as_number(holds)
            if event.is_repeating
            else graph.as_number(graph.make("either", holds, graph.as_condition(before)))
        )
        builder.set_update(record.before, kept)
        builder.set_update(record.count, graph.make("add", builder.load(record.count), graph.as_number(self._succeeds(item))))
        if record.luck < 0:
            return []
        tried = graph.make("both", holds, graph.make("negation", graph.as_condition(before)))
        attempts = builder.state(f"event {spell(item.key)} attempts", "direct", graph.number(0.0))
        total = graph.make("add", builder.load(attempts), graph.as_number(tried))
        builder.set_update(attempts, total)
        fresh = builder.uniform(f"event {spell(item.key)}", total)
        return [Guard(tried, (Update(record.luck, fresh),))]
