"""Events at a rate: they fire whenever the accumulated hazard passes a threshold, as often in a step as thresholds are passed.

The rate of a step and its firings belong to the same step: where the rate is 0 no threshold is passed, and what firings take from a
stock that must not be negative is never more than it holds. Thresholds are sums of standard exponentials, so that the number of firings
is that of a Poisson process whatever the step is. Two are kept ahead; should one step pass both, how many more it passes is drawn,
and these fire in the next step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.drains import Drains
from foedus.compile.events import ByCondition, EventLaw, OnDate
from foedus.compile.program import Guard, Update
from foedus.compile.scope import Item
from foedus.compile.value import Value, choose, log, total
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["AtRate", "event_law"]

_AHEAD = 2  # thresholds that are kept


@dataclass(frozen=True)
class _Now:
    """Values of a step: the hazard after it, thresholds passed in it, firings, and whether some of these were held back."""

    hazard: Value
    passed: Value
    firings: Value
    is_held: Value


class AtRate(EventLaw):
    """At a rate: whenever the hazard, which grows by the rate, passes a threshold.

    States: how often it fired; the hazard since the start; for an event that repeats, the next thresholds (rising, on the scale of the
    hazard), how many exponentials have been drawn, and firings that are left over from the step before.
    """

    def __init__(self, builder: Builder, item: Item, event: t.Event, rate: t.Expression) -> None:
        super().__init__(builder, item, event)
        self.rate = rate
        self.counted, self.hazard = self.state(f"{self.name} count"), self.state(f"{self.name} hazard")
        self.thresholds: list[int] = []
        self._steps: dict[int, _Now] = {}
        if event.is_repeating:
            self._keep_ahead()
            builder.shared(Drains).laws[item.key] = self

    def _keep_ahead(self) -> None:
        threshold = self._exponential(self.uniform(self.name))
        for number in range(_AHEAD):
            if number:
                threshold = threshold + self._exponential(self.uniform(self.name, self.constant(number)))
            self.thresholds.append(self.state(f"{self.name} threshold {number}", threshold))
        self.drawn, self.pending = self.state(f"{self.name} drawn", _AHEAD), self.state(f"{self.name} pending")

    def _exponential(self, uniform: Value) -> Value:
        """A standard exponential from a uniform number."""
        return -log(1.0 - uniform)

    def worth(self) -> Value:
        if self.builder.is_start:
            return self.truth(False)
        return self.constant(0.5) < self.load(self.counted)

    def firings(self) -> Value:
        return self._step().firings

    def count(self, option: str = "") -> Value:
        return super().count() if self.builder.is_overridden(self.item.key) else self.load(self.counted)

    def _rate(self) -> Value:
        allowed = self.may_fire()
        with self.under(allowed):
            rate = self.finite(self.amount(self.rate))
        return choose(allowed, rate, 0.0).at_least(0.0)

    def _step(self) -> _Now:
        block = self.builder.block
        if block not in self._steps:
            self._steps[block] = self._firing()
        return self._steps[block]

    def _firing(self) -> _Now:
        rate = self._rate()
        hazard = self.load(self.hazard) + self.builder.step * rate
        if not self.thresholds:
            threshold = self._exponential(self.uniform(self.name))
            has_fired = self.constant(0.5) < self.load(self.counted)
            fires = ((threshold <= hazard) & ~has_fired).number
            return _Now(hazard, fires, fires, self.truth(False))
        passed = total([(self.load(threshold) <= hazard).number for threshold in self.thresholds])
        left = choose(self.constant(0.0) < rate, self.load(self.pending), 0.0)
        due = passed + left
        firings = self.builder.shared(Drains).limited(self.item.key, due)
        return _Now(hazard, passed, firings, firings < due)

    def move(self) -> list[Guard]:
        now = self._step()
        self.update(self.hazard, now.hazard)
        guards = self._thresholds_move(now) if self.thresholds else []
        self.update(self.counted, self.load(self.counted) + now.firings)
        return guards

    def _thresholds_move(self, now: _Now) -> list[Guard]:
        pending = self.load(self.pending)
        is_due = self.constant(0.5) < now.passed + pending
        is_single = (now.passed + pending).equals(1.0)
        is_one = is_single & now.passed.equals(1.0) & ~now.is_held
        is_more = is_due & ~is_one
        return [Guard(is_one.node, self._moved_on()), Guard(is_more.node, self._drawn_anew(now))]

    def _moved_on(self) -> tuple[Update, ...]:
        """One threshold was passed, as nearly always: the others move up, and one is drawn."""
        drawn, ahead = self.load(self.drawn), [self.load(threshold) for threshold in self.thresholds]
        ahead.append(ahead[-1] + self._exponential(self.uniform(self.name, drawn)))
        found = {**dict(zip(self.thresholds, ahead[1:], strict=True)), self.drawn: drawn + 1.0}
        return tuple(Update(state, value.node) for state, value in found.items())

    def _drawn_anew(self, now: _Now) -> tuple[Update, ...]:
        """The thresholds that come next. Where both were passed, or firings were held back, they begin anew at the hazard so far."""
        drawn = self.load(self.drawn)
        fresh = [self._exponential(self.uniform(self.name, drawn + number)) for number in range(_AHEAD)]
        ahead = [self.load(threshold) for threshold in self.thresholds]
        for one in fresh:
            ahead.append(ahead[-1] + one)
        all_passed = now.passed.equals(_AHEAD)
        begins = all_passed | now.is_held
        start, found = now.hazard, {}
        for place, state in enumerate(self.thresholds):
            start = start + fresh[place]
            new = ahead[place]
            for number in range(1, _AHEAD):
                new = choose(now.passed.equals(number), ahead[place + number], new)
            found[state] = choose(begins, start, new)
        found[self.drawn] = drawn + _AHEAD
        beyond = now.hazard - self.load(self.thresholds[-1])
        is_over = all_passed & ~now.is_held
        more = self.builder.luck(f"{self.name} more", drawn.node)
        found[self.pending] = self.value(self.builder.graph.make("poisson", beyond.node, more, is_over.node))
        return tuple(Update(state, value.node) for state, value in found.items())


def event_law(builder: Builder, item: Item, event: t.Event) -> EventLaw:
    """The law of an event, by what brings it about."""
    if event.on is not None:
        return OnDate(builder, item, event, event.on)
    if event.condition is not None:
        return ByCondition(builder, item, event, event.condition)
    assert event.rate is not None
    return AtRate(builder, item, event, event.rate)
