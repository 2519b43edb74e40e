"""Decisions: options drawn by their utilities, with the books that are kept about it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.compile.amounts import duration_steps, step_of
from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.program import Block, Update
from foedus.compile.scope import Item
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["DecisionRecord", "Decisions", "terms_of"]

_NEVER = math.inf


@dataclass
class DecisionRecord:
    """States of a decision, and per option: how often chosen, when first, summed chance, summed terms of the utility."""

    statement: t.Decision
    choice: int
    now: int
    considered: int
    block: int
    counts: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    chances: list[int] = field(default_factory=list)
    terms: list[list[tuple[str, int]]] = field(default_factory=list)


def terms_of(expression: t.Expression) -> list[t.Expression]:
    """The summands of an expression, left to right."""
    if isinstance(expression, t.Binary) and expression.operator == "+":
        return [*terms_of(expression.left), *terms_of(expression.right)]
    if isinstance(expression, t.Binary) and expression.operator == "-":
        right = expression.right
        return [*terms_of(expression.left), t.Not("-", right, right.at)]
    return [expression]


class Decisions:
    """The decisions of a model: multinomial choices on a schedule."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self.records: dict[str, DecisionRecord] = {}

    def _direct(self, name: str, initial: float = 0.0) -> int:
        return self._builder.state(name, "direct", self._builder.graph.number(initial))

    def declare(self, item: Item) -> None:
        decision = item.statement
        assert isinstance(decision, t.Decision)
        name = f"decision {decision.name}"
        record = DecisionRecord(
            decision,
            self._direct(name),
            self._direct(f"{name} now", -1.0),
            self._direct(f"{name} considered"),
            0,
        )
        for option in decision.options:
            inner = f"{name}: {option.name}"
            record.counts.append(self._direct(f"{inner} count"))
            record.times.append(self._direct(f"{inner} first time", _NEVER))
            record.chances.append(self._direct(f"{inner} chance"))
            record.terms.append([(_term_text(term), self._direct(f"{inner} term {number}"))
                                 for number, term in enumerate(terms_of(option.utility))])  # fmt: skip
        self.records[decision.name] = record

    def _position(self, expression: t.Is) -> int:
        options = [option.name for option in self.records[expression.decision].statement.options]
        return options.index(expression.option)

    def option_holds(self, expression: t.Is) -> int:
        """Is this the option that holds?"""
        builder, graph = self._builder, self._builder.graph
        choice = builder.load(self.records[expression.decision].choice)
        if builder.is_overridden((expression.decision, ())) and not builder.is_start:
            choice = builder.overridable(expression.decision, choice)
        return graph.make("equal", choice, graph.number(float(self._position(expression))))

    def happens_now(self, expression: t.Is) -> int:
        """Is the option chosen anew on this step?"""
        builder, graph = self._builder, self._builder.graph
        chosen = builder.load(self.records[expression.decision].now)
        if builder.is_overridden((expression.decision, ())):
            chosen = builder.overridable(f"{expression.decision} now", chosen)
        return graph.make("equal", chosen, graph.number(float(self._position(expression))))

    def count(self, expression: t.Is) -> int:
        """How often has the option been chosen?"""
        return self._builder.load(self.records[expression.decision].counts[self._position(expression)])

    def blocks(self, first_number: int) -> list[Block]:
        """One block for each decision, in the order of the text."""
        return [self._block(record, first_number + place) for place, record in enumerate(self.records.values())]

    def _block(self, record: DecisionRecord, number: int) -> Block:
        """Consider the decision: draw an option by its chance, and keep the books."""
        builder, graph, decision = self._builder, self._builder.graph, record.statement
        every = duration_steps(builder.scope, decision.every, builder.step, "the time between two considerations")
        first = step_of(builder.scope, decision.start, builder.step, builder.first_step)
        last = step_of(builder.scope, decision.until, builder.step, builder.last_step + 1) - 1
        record.block = number
        with builder.at_block(number), builder.guards.on_behalf(Owner("decision", decision.name, (), decision.at)):
            considered = graph.truth(True) if decision.condition is None else lower_condition(builder, decision.condition, {})
            if decision.is_once:
                undecided = graph.make("equal", builder.load(record.choice), graph.number(0.0))
                considered = graph.make("both", considered, undecided)
            offset = first if decision.start is not None else 0
            draw = builder.uniform_periodic(f"decision:{decision.name}", every, offset, max(first, builder.first_step))
            with builder.guards.under(considered):
                utilities = [builder.guards.root(lower_number(builder, option.utility, {})) for option in decision.options]
                chances = self._chances(utilities)
                chosen = self._drawn(draw, chances)
                updates = self._books(record, considered, chosen, chances)
        return Block(f"decision {decision.name}", every, offset, max(first, builder.first_step), last, tuple(updates))

    def _chances(self, utilities: list[int]) -> list[int]:
        graph = self._builder.graph
        largest = utilities[0]
        for utility in utilities[1:]:
            largest = graph.make("maximum", largest, utility)
        weights = [graph.make("exp", graph.make("subtract", utility, largest)) for utility in utilities]
        total = graph.sum(weights)
        return [graph.make("divide", weight, total) for weight in weights]

    def _drawn(self, draw: int, chances: list[int]) -> int:
        """The number of the option whose stretch of (0, 1) the draw falls into; the default has the first stretch."""
        graph = self._builder.graph
        chosen, edge = graph.number(0.0), chances[0]
        for position in range(1, len(chances)):
            beyond = graph.make("less_equal", edge, draw)
            chosen = graph.make("choose", beyond, graph.number(float(position)), chosen)
            edge = graph.make("add", edge, chances[position])
        return chosen

    def _books(self, record: DecisionRecord, considered: int, chosen: int, chances: list[int]) -> list[Update]:
        builder, graph = self._builder, self._builder.graph

        def added(state: int, value: int) -> Update:
            counted = graph.make("choose", considered, value, graph.number(0.0))
            return Update(state, graph.make("add", builder.load(state), counted))

        updates = [Update(record.choice, graph.make("choose", considered, chosen, builder.load(record.choice))),
                   Update(record.now, graph.make("choose", considered, chosen, graph.number(-1.0))),
                   added(record.considered, graph.number(1.0))]  # fmt: skip
        for position, option in enumerate(record.statement.options):
            is_this = graph.make("equal", chosen, graph.number(float(position)))
            updates.append(added(record.counts[position], graph.as_number(is_this)))
            updates.append(added(record.chances[position], chances[position]))
            first = builder.load(record.times[position])
            is_first = graph.make(
                "both",
                graph.make("both", considered, is_this),
                graph.make("equal", first, graph.number(_NEVER)),
            )
            updates.append(Update(record.times[position], graph.make("choose", is_first, builder.time(), first)))
            for (_, state), term in zip(record.terms[position], terms_of(option.utility), strict=True):
                updates.append(added(state, lower_number(builder, term, {})))
        return updates

    def finish(self) -> None:
        """Nothing is chosen anew until the next consideration. To be called at the step block."""
        for record in self.records.values():
            self._builder.set_update(record.now, self._builder.graph.number(-1.0))


def _term_text(term: t.Expression) -> str:
    from foedus.language.printer import print_expression

    return print_expression(term)
