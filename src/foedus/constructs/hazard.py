"""Events at a rate: they fire whenever the accumulated hazard passes a threshold, as often in a step as thresholds are passed.

The rate of a step and its firings belong to the same step: where the rate is 0 no threshold is passed, and what firings take from a
stock that must not be negative is never more than it holds. Thresholds are sums of standard exponentials, so that the number of firings
is that of a Poisson process whatever the step is. Two are kept ahead; should one step pass both, how many more it passes is drawn with a
number that was kept for that, and all of them fire in this step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from foedus.compile.law import Law
from foedus.compile.program import Guard, Update
from foedus.compile.value import Value, choose, log, total
from foedus.constructs.drains import Drains

__all__ = ["Hazard", "Now"]

_AHEAD = 2  # thresholds that are kept


@dataclass(frozen=True)
class Now:
    """Values of a step: the hazard after it, kept thresholds passed in it, how often it is due, firings, and whether some were held back."""

    hazard: Value
    passed: Value
    due: Value
    firings: Value
    is_held: Value


class Hazard:
    """The hazard of an event at a rate, and when it passes the next threshold.

    States: the hazard since the start; for an event that repeats, the next thresholds (rising, on the scale of the hazard), how many
    exponentials have been drawn, and a uniform number for how many more are passed when both are.
    """

    def __init__(self, law: Law, name: str, counted: int, growth: Callable[[], Value], repeats: bool) -> None:
        """The hazard of a law.

        Args:
            name: of its states.
            counted: the state that counts firings.
            growth: how fast the hazard grows now.
            repeats: does the event fire again?
        """
        self._law, self._name, self._counted, self._growth = law, name, counted, growth
        self._level = law.state(f"{name} hazard")
        self._thresholds: list[int] = []
        self._steps: dict[int, Now] = {}
        if repeats:
            self._keep_ahead()
            law.builder.shared(Drains).firings[law.item.key] = lambda: self.step().firings

    def _keep_ahead(self) -> None:
        law, threshold = self._law, self._exponential(self._law.uniform(self._name))
        for number in range(_AHEAD):
            if number:
                threshold = threshold + self._exponential(law.uniform(self._name, law.constant(number)))
            self._thresholds.append(law.state(f"{self._name} threshold {number}", threshold))
        self._drawn = law.state(f"{self._name} drawn", _AHEAD)
        self._spare = law.state(f"{self._name} spare", self._another(law.constant(0.0)))

    def _exponential(self, uniform: Value) -> Value:
        """A standard exponential from a uniform number."""
        return -log(1.0 - uniform)

    def _another(self, count: Value) -> Value:
        """A uniform number for how many more there are."""
        return self._law.value(self._law.builder.luck(f"{self._name} more", count.node))

    def step(self) -> Now:
        """What happens on this step."""
        block = self._law.builder.block
        if block not in self._steps:
            self._steps[block] = self._firing()
        return self._steps[block]

    def _firing(self) -> Now:
        law, rate = self._law, self._growth()
        hazard = law.load(self._level) + law.builder.step * rate
        if not self._thresholds:
            threshold = self._exponential(law.uniform(self._name))
            has_fired = law.constant(0.5) < law.load(self._counted)
            fires = ((threshold <= hazard) & ~has_fired).number
            return Now(hazard, fires, fires, fires, law.truth(False))
        passed = total([(law.load(threshold) <= hazard).number for threshold in self._thresholds])
        beyond = hazard - law.load(self._thresholds[-1])
        more = law.builder.graph.make("poisson", beyond.node, law.load(self._spare).node, passed.equals(_AHEAD).node)
        due = passed + law.value(more)
        firings = law.builder.shared(Drains).limited(law.item.key, due)
        return Now(hazard, passed, due, firings, firings < due)

    def move(self) -> list[Guard]:
        """Set the updates, at the step block. Returns what must be drawn anew when something fired."""
        now = self.step()
        self._law.update(self._level, now.hazard)
        if not self._thresholds:
            return []
        is_one = now.due.equals(1.0) & ~now.is_held
        is_more = (self._law.constant(0.5) < now.due) & ~is_one
        return [Guard(is_one.node, self._moved_on()), Guard(is_more.node, self._drawn_anew(now))]

    def _moved_on(self) -> tuple[Update, ...]:
        """One threshold was passed, as nearly always: the others move up, and one is drawn."""
        law = self._law
        drawn, ahead = law.load(self._drawn), [law.load(threshold) for threshold in self._thresholds]
        ahead.append(ahead[-1] + self._exponential(law.uniform(self._name, drawn)))
        found = {**dict(zip(self._thresholds, ahead[1:], strict=True)), self._drawn: drawn + 1.0}
        return tuple(Update(state, value.node) for state, value in found.items())

    def _drawn_anew(self, now: Now) -> tuple[Update, ...]:
        """The thresholds that come next. Where both were passed, or firings were held back, they begin anew at the hazard so far."""
        law, drawn = self._law, self._law.load(self._drawn)
        fresh = [self._exponential(law.uniform(self._name, drawn + number)) for number in range(_AHEAD)]
        ahead = [law.load(threshold) for threshold in self._thresholds]
        for one in fresh:
            ahead.append(ahead[-1] + one)
        begins = now.passed.equals(_AHEAD) | now.is_held
        start, found = now.hazard, {}
        for place, state in enumerate(self._thresholds):
            start = start + fresh[place]
            new = ahead[place]
            for number in range(1, _AHEAD):
                new = choose(now.passed.equals(number), ahead[place + number], new)
            found[state] = choose(begins, start, new)
        found[self._drawn] = drawn + _AHEAD
        found[self._spare] = self._another(drawn)
        return tuple(Update(state, value.node) for state, value in found.items())
