"""Treaties: when they are in force, when their case arises, whether they are honoured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.law import Law
from foedus.compile.program import Guard, ReportSlot
from foedus.compile.scope import Item
from foedus.compile.value import Value, choose
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["TreatyLaw"]

_NEVER = math.inf
_STAGES = ("in_force", "invoked", "honoured")


@dataclass(frozen=True)
class _Now:
    """A treaty on this step: in force? Does its case arise for the first time? Too early? Is help granted?"""

    in_force: Value
    arises: Value
    early: Value
    grants: Value


class TreatyLaw(Law):
    """In force, invoked, honoured: whether help is granted is drawn once, when the case arises."""

    def __init__(self, builder: Builder, item: Item, treaty: t.Treaty) -> None:
        super().__init__(builder, item)
        self.treaty = treaty
        name = f"treaty {treaty.name}"
        self.times = {stage: self.state(f"{name} {stage} time", _NEVER) for stage in ("in_force", "invoked", "granted", "honoured")}
        self.invoked, self.early, self.granted = (self.state(f"{name} {what}") for what in ("invoked", "early", "granted"))

    def stage(self, stage: str) -> Value:
        now = self._now()
        if stage == "in_force":
            return now.in_force
        if self.builder.is_start:
            return self.truth(False)
        if stage == "invoked":
            return (self.load(self.invoked).holds | self.load(self.early).holds) | (now.arises | now.early)
        return self._honoured(now)

    def _now(self) -> _Now:
        in_force = self.condition(self.treaty.in_force)
        if self.builder.is_start:
            never = self.truth(False)
            return _Now(in_force, never, never, never)
        trigger = self.condition(self.treaty.trigger)
        arises = in_force & trigger & ~self.load(self.invoked).holds
        luck = self.uniform(f"treaty:{self.treaty.name}")
        with self.under(arises):
            grants = arises & (luck < self._chance())
        if self.treaty.early_chance is None:
            return _Now(in_force, arises, self.truth(False), grants)
        early = trigger & ~in_force & ~self.load(self.early).holds
        with self.under(early):
            soon = early & (luck < self.amount(self.treaty.early_chance))
        return _Now(in_force, arises, early, grants | soon)

    def _chance(self) -> Value:
        chance = self.treaty.chance
        if isinstance(chance, t.Prior):  # a parameter of its own
            return self.value(self.builder.value((self.builder.scope.chances[self.treaty.name], ())))
        return self.amount(chance)

    def _honoured(self, now: _Now) -> Value:
        granted = self.load(self.granted).holds | now.grants
        if self.treaty.delay is None:
            return granted
        since = self.load(self.times["granted"]).at_most(self.time)
        waited = self.time - choose(self.load(self.granted).holds, since, self.time)
        return granted & (self.amount(self.treaty.delay) <= waited)

    def finish(self) -> list[Guard]:
        with self.builder.guards.on_behalf(self.owner()):
            now = self._now()
            for state, happens in ((self.invoked, now.arises), (self.early, now.early), (self.granted, now.grants)):
                self.update(state, choose(happens, self.constant(1.0), self.load(state)))
            stages = {stage: self.stage(stage) for stage in _STAGES} | {"granted": now.grants}
            for stage, state in self.times.items():
                first = self.load(state)
                self.update(state, choose(stages[stage] & first.equals(_NEVER), self.time, first))
        return []

    def tell(self) -> list[ReportSlot]:
        return [ReportSlot("treaty", self.treaty.name, self.treaty.label, stage, self.load(self.times[stage]).node) for stage in _STAGES]
