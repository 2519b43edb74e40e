"""Treaties: when they are in force, when their case arises, whether they are honoured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.scope import Item
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Treaties", "TreatyRecord"]

_NEVER = math.inf


@dataclass
class TreatyRecord:
    statement: t.Treaty
    invoked: int
    early: int
    granted: int
    times: dict[str, int]


class Treaties:
    """The treaties of a model: in force, invoked, honoured."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.records: dict[str, TreatyRecord] = {}

    def _direct(self, name: str, initial: float = 0.0) -> int:
        return self._builder.state(name, "direct", self._builder.graph.number(initial))

    def declare(self, item: Item) -> None:
        treaty = item.statement
        assert isinstance(treaty, t.Treaty)
        name = f"treaty {treaty.name}"
        times = {stage: self._direct(f"{name} {stage} time", _NEVER) for stage in ("in_force", "invoked", "granted", "honoured")}
        self.records[treaty.name] = TreatyRecord(
            treaty,
            self._direct(f"{name} invoked"),
            self._direct(f"{name} early"),
            self._direct(f"{name} granted"),
            times,
        )

    def stage(self, name: str, stage: str) -> int:
        """`in_force`, `invoked` or `honoured` of a treaty, now."""
        graph, builder = self._builder.graph, self._builder
        in_force, arises, early, grants = self._now(name)
        record = self.records[name]
        if stage == "in_force":
            return in_force
        if builder.is_start:
            return graph.truth(False)
        if stage == "invoked":
            before = graph.make("either", *(graph.as_condition(builder.load(slot)) for slot in (record.invoked, record.early)))
            return graph.make("either", before, graph.make("either", arises, early))
        granted = graph.make("either", graph.as_condition(builder.load(record.granted)), grants)
        if record.statement.delay is None:
            return granted
        since = graph.make("minimum", builder.load(record.times["granted"]), builder.time())
        waited = graph.make("subtract", builder.time(), graph.make("choose", graph.as_condition(builder.load(record.granted)), since,
                                                                   builder.time()))  # fmt: skip
        is_long = graph.make("less_equal", lower_number(builder, record.statement.delay, {}), waited)
        return graph.make("both", granted, is_long)

    def _now(self, name: str) -> tuple[int, int, int, int]:
        """In force? Does its case arise for the first time? Too early? Is help granted on this step?"""
        builder, graph, record = self._builder, self._builder.graph, self.records[name]
        treaty = record.statement
        in_force = lower_condition(builder, treaty.in_force, {})
        if builder.is_start:
            false = graph.truth(False)
            return in_force, false, false, false
        trigger = lower_condition(builder, treaty.trigger, {})
        arises = graph.make(
            "both",
            graph.make("both", in_force, trigger),
            graph.make("negation", graph.as_condition(builder.load(record.invoked))),
        )
        luck = builder.uniform(f"treaty:{name}")
        with builder.guards.under(arises):
            grants = graph.make("both", arises, graph.make("less", luck, self._chance(treaty)))
        if treaty.early_chance is None:
            return in_force, arises, graph.truth(False), grants
        early = graph.make("both", graph.make("both", trigger, graph.make("negation", in_force)),
                           graph.make("negation", graph.as_condition(builder.load(record.early))))  # fmt: skip
        with builder.guards.under(early):
            soon = graph.make("both", early, graph.make("less", luck, lower_number(builder, treaty.early_chance, {})))
        return in_force, arises, early, graph.make("either", grants, soon)

    def _chance(self, treaty: t.Treaty) -> int:
        chance = self._builder.scope.chances.get(treaty.name)
        if chance is not None:
            return self._builder.value((chance, ()))
        assert not isinstance(treaty.chance, t.Prior)
        return lower_number(self._builder, treaty.chance, {})

    def finish(self) -> None:
        """Set the updates of all treaties. To be called at the step block."""
        builder = self._builder
        for name, record in self.records.items():
            with builder.guards.on_behalf(Owner("treaty", name, (), record.statement.at)):
                self._finish(name, record)

    def _finish(self, name: str, record: TreatyRecord) -> None:
        builder, graph = self._builder, self._builder.graph
        _, arises, early, grants = self._now(name)
        for state, happens in ((record.invoked, arises), (record.early, early), (record.granted, grants)):
            builder.set_update(state, graph.make("choose", happens, graph.number(1.0), builder.load(state)))
        stages = {stage: self.stage(name, stage) for stage in ("in_force", "invoked", "honoured")} | {"granted": grants}
        for stage, state in record.times.items():
            first = builder.load(state)
            is_first = graph.make("both", stages[stage], graph.make("equal", first, graph.number(_NEVER)))
            builder.set_update(state, graph.make("choose", is_first, builder.time(), first))
