"""Events at a rate: they fire whenever the accumulated hazard passes a threshold, as often in a step as thresholds are passed.

The rate of a step and its firings belong to the same step: where the rate is 0 no threshold is passed, and what firings take from a
stock that must not be negative is never more than it holds. Thresholds are sums of standard exponentials, so that the number of firings
is that of a Poisson process whatever the step is. Two are kept ahead; should one step pass both, how many more it passes is drawn,
and these fire in the next step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.compile.drains import Drains
from foedus.compile.lower import lower_number
from foedus.compile.program import Guard, Update
from foedus.compile.scope import Item, Key, spell
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder
    from foedus.compile.events import Events

__all__ = ["Hazards"]

_AHEAD = 2  # thresholds that are kept


@dataclass
class _Record:
    """States of an event at a rate.

    Attributes:
        hazard: accumulated since the start.
        thresholds: the next ones, rising, on the scale of `hazard`; one value that never changes for an event that fires once.
        drawn: how many exponentials have been drawn.
        pending: firings that are left over from the step before.
    """

    hazard: int
    thresholds: list[int] = field(default_factory=list)
    drawn: int = -1
    pending: int = -1


@dataclass(frozen=True)
class _Now:
    """Values of a step: the hazard after it, thresholds passed in it, firings, and whether some of these were held back."""

    hazard: int
    passed: int
    firings: int
    is_held: int


class Hazards:
    """The events at a rate of a model."""

    def __init__(self, builder: Builder, events: Events) -> None:
        self._builder, self._events = builder, events
        self._records: dict[Key, _Record] = {}
        self._now: dict[tuple[int, Key], _Now] = {}
        self._drains = Drains(builder)

    def declare(self, item: Item) -> None:
        """Make the states."""
        builder, graph, event = self._builder, self._builder.graph, item.statement
        assert isinstance(event, t.Event)
        name = f"event {spell(item.key)}"
        record = self._records[item.key] = _Record(builder.state(f"{name} hazard", "direct", graph.number(0.0)))
        if not event.is_repeating:
            return
        total = self._exponential(builder.uniform(name))
        for number in range(_AHEAD):
            if number:
                total = graph.make("add", total, self._exponential(builder.uniform(name, graph.number(float(number)))))
            record.thresholds.append(builder.state(f"{name} threshold {number}", "direct", total))
        record.drawn = builder.state(f"{name} drawn", "direct", graph.number(float(_AHEAD)))
        record.pending = builder.state(f"{name} pending", "direct", graph.number(0.0))

    def _exponential(self, uniform: int) -> int:
        """A standard exponential from a uniform number: -log(1 - u)."""
        graph = self._builder.graph
        return graph.negative(graph.make("log", graph.make("subtract", graph.number(1.0), uniform)))

    def firings(self, item: Item) -> int:
        """How often the event fires on this step."""
        return self._step(item).firings

    def _rate(self, item: Item) -> int:
        builder, graph, event = self._builder, self._builder.graph, item.statement
        assert isinstance(event, t.Event) and event.rate is not None
        allowed = self._events.may_fire(event, item.binding)
        with builder.guards.under(allowed):
            rate = builder.guards.root(lower_number(builder, event.rate, item.binding))
        return graph.make("maximum", graph.make("choose", allowed, rate, graph.number(0.0)), graph.number(0.0))

    def _step(self, item: Item) -> _Now:
        key = (self._builder.block, item.key)
        if key not in self._now:
            self._now[key] = self._firing(item)
        return self._now[key]

    def _firing(self, item: Item) -> _Now:
        builder, graph, record = self._builder, self._builder.graph, self._records[item.key]
        rate = self._rate(item)
        hazard = graph.make("add", builder.load(record.hazard), graph.make("multiply", graph.number(builder.step), rate))
        if not record.thresholds:
            threshold = self._exponential(builder.uniform(f"event {spell(item.key)}"))
            has_fired = graph.make("less", graph.number(0.5), builder.load(self._events.records[item.key].count))
            fires = graph.make("both", graph.make("less_equal", threshold, hazard), graph.make("negation", has_fired))
            number = graph.as_number(fires)
            return _Now(hazard, number, number, graph.truth(False))
        passed = graph.sum([graph.as_number(graph.make("less_equal", builder.load(slot), hazard)) for slot in record.thresholds])
        left = graph.make("choose", graph.make("less", graph.number(0.0), rate), builder.load(record.pending), graph.number(0.0))
        due = graph.make("add", passed, left)
        firings = self._drains.limited(item.key, due, self.firings)
        return _Now(hazard, passed, firings, graph.make("less", firings, due))

    def finish(self, item: Item) -> tuple[int, list[Guard]]:
        """Set the updates, at the step block. Returns the firings of the step, and what must be drawn anew when there are any."""
        builder, record = self._builder, self._records[item.key]
        now = self._step(item)
        builder.set_update(record.hazard, now.hazard)
        if not record.thresholds:
            return now.firings, []
        graph, pending = builder.graph, builder.load(record.pending)
        is_due = graph.make("less", graph.number(0.5), graph.make("add", now.passed, pending))
        is_single = graph.make("equal", graph.make("add", now.passed, pending), graph.number(1.0))
        is_one = graph.make("both", is_single, graph.make("equal", now.passed, graph.number(1.0)))
        is_one = graph.make("both", is_one, graph.make("negation", now.is_held))
        is_more = graph.make("both", is_due, graph.make("negation", is_one))
        return now.firings, [Guard(is_one, self._moved_on(item, record)), Guard(is_more, self._drawn_anew(item, record, now))]

    def _moved_on(self, item: Item, record: _Record) -> tuple[Update, ...]:
        """One threshold was passed, as nearly always: the others move up, and one is drawn."""
        builder, graph = self._builder, self._builder.graph
        drawn, ahead = builder.load(record.drawn), [builder.load(slot) for slot in record.thresholds]
        ahead.append(graph.make("add", ahead[-1], self._exponential(builder.uniform(f"event {spell(item.key)}", drawn))))
        found = {**dict(zip(record.thresholds, ahead[1:], strict=True)), record.drawn: graph.make("add", drawn, graph.number(1.0))}
        return tuple(Update(slot, value) for slot, value in found.items())

    def _drawn_anew(self, item: Item, record: _Record, now: _Now) -> tuple[Update, ...]:
        """The thresholds that come next. Where both were passed, or firings were held back, they begin anew at the hazard so far."""
        builder, graph, name = self._builder, self._builder.graph, f"event {spell(item.key)}"
        drawn = builder.load(record.drawn)
        fresh = [self._exponential(builder.uniform(name, graph.make("add", drawn, graph.number(float(number))))) for number in range(_AHEAD)]
        ahead = [builder.load(slot) for slot in record.thresholds]
        for one in fresh:
            ahead.append(graph.make("add", ahead[-1], one))
        all_passed = graph.make("equal", now.passed, graph.number(float(_AHEAD)))
        begins = graph.make("either", all_passed, now.is_held)
        start, found = now.hazard, {}
        for place, slot in enumerate(record.thresholds):
            start = graph.make("add", start, fresh[place])
            new = ahead[place]
            for number in range(1, _AHEAD):
                new = graph.make("choose", graph.make("equal", now.passed, graph.number(float(number))), ahead[place + number], new)
            found[slot] = graph.make("choose", begins, start, new)
        found[record.drawn] = graph.make("add", drawn, graph.number(float(_AHEAD)))
        beyond = graph.make("subtract", now.hazard, builder.load(record.thresholds[-1]))
        is_over = graph.make("both", all_passed, graph.make("negation", now.is_held))
        found[record.pending] = graph.make("poisson", beyond, builder.luck(f"{name} more", drawn), is_over)
        return tuple(Update(slot, value) for slot, value in found.items())
