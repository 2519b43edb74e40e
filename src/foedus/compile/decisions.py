"""Decisions: options drawn by their utilities, with the books that are kept about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.amounts import duration_steps, step_of
from foedus.compile.law import Law
from foedus.compile.program import Block, Guard, ReportSlot, Update
from foedus.compile.scope import Item
from foedus.compile.value import Value, choose, exp, total
from foedus.language import tree as t
from foedus.language.printer import print_expression

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["DecisionLaw", "terms_of"]

_NEVER = math.inf


def terms_of(expression: t.Expression) -> list[t.Expression]:
    """The summands of an expression, left to right."""
    if isinstance(expression, t.Binary) and expression.operator == "+":
        return [*terms_of(expression.left), *terms_of(expression.right)]
    if isinstance(expression, t.Binary) and expression.operator == "-":
        right = expression.right
        return [*terms_of(expression.left), t.Not("-", right, right.at)]
    return [expression]


@dataclass(frozen=True)
class _Books:
    """States about one option: how often chosen, when first, its summed chance, the summed terms of its utility."""

    name: str
    utility: t.Expression
    count: int
    time: int
    chance: int
    terms: tuple[tuple[t.Expression, int], ...]


class DecisionLaw(Law):
    """A multinomial choice on a schedule: of options with the utilities u, option i has the chance exp(u[i]) / sum(exp(u))."""

    def __init__(self, builder: Builder, item: Item, decision: t.Decision) -> None:
        super().__init__(builder, item)
        self.decision, self.name = decision, f"decision {decision.name}"
        self.choice, self.chosen_now = self.state(self.name), self.state(f"{self.name} now", -1.0)
        self.considered = self.state(f"{self.name} considered")
        self.books = [self._opened(option) for option in decision.options]

    def _opened(self, option: t.Option) -> _Books:
        name = f"{self.name}: {option.name}"
        states = (self.state(f"{name} {what}", start) for what, start in (("count", 0.0), ("first time", _NEVER), ("chance", 0.0)))
        count, time, chance = states
        terms = tuple((term, self.state(f"{name} term {number}")) for number, term in enumerate(terms_of(option.utility)))
        return _Books(option.name, option.utility, count, time, chance, terms)

    def _position(self, option: str) -> int:
        return [books.name for books in self.books].index(option)

    def chooses(self, option: str) -> Value:
        choice = self.load(self.choice)
        if self.builder.is_overridden(self.item.key) and not self.builder.is_start:
            choice = self.value(self.builder.overridable(self.decision.name, choice.node))
        return choice.equals(self._position(option))

    def now(self, option: str = "") -> Value:
        chosen = self.load(self.chosen_now)
        if self.builder.is_overridden(self.item.key):
            chosen = self.value(self.builder.overridable(f"{self.decision.name} now", chosen.node))
        return chosen.equals(self._position(option))

    def count(self, option: str = "") -> Value:
        return self.load(self.books[self._position(option)].count)

    def considers(self) -> list[t.Expression]:
        condition = self.decision.condition
        return [*(option.utility for option in self.decision.options), *([] if condition is None else [condition])]

    def block(self, number: int) -> Block:
        """Consider the decision: draw an option by its chance, and keep the books."""
        builder, decision = self.builder, self.decision
        every = duration_steps(builder.scope, decision.every, builder.step, "the time between two considerations")
        first = step_of(builder.scope, decision.start, builder.step, builder.first_step)
        last = step_of(builder.scope, decision.until, builder.step, builder.last_step + 1) - 1
        begins, offset = max(first, builder.first_step), first if decision.start is not None else 0
        with builder.at_block(number), builder.guards.on_behalf(self.owner()):
            considered = self.truth(True) if decision.condition is None else self.condition(decision.condition)
            if decision.is_once:
                considered = considered & self.load(self.choice).equals(0.0)
            draw = self.value(builder.uniform_periodic(f"decision:{decision.name}", every, offset, begins))
            with self.under(considered):
                chances = self._chances([self.finite(self.amount(books.utility)) for books in self.books])
                updates = self._updates(considered, self._drawn(draw, chances), chances)
        return Block(self.name, every, offset, begins, last, tuple(updates))

    def _chances(self, utilities: list[Value]) -> list[Value]:
        largest = utilities[0]
        for utility in utilities[1:]:
            largest = largest.at_least(utility)
        weights = [exp(utility - largest) for utility in utilities]
        whole = total(weights)
        return [weight / whole for weight in weights]

    def _drawn(self, draw: Value, chances: list[Value]) -> Value:
        """The number of the option whose stretch of (0, 1) the draw falls into; the default has the first stretch."""
        chosen, edge = self.constant(0.0), chances[0]
        for position in range(1, len(chances)):
            chosen = choose(edge <= draw, position, chosen)
            edge = edge + chances[position]
        return chosen

    def _updates(self, considered: Value, chosen: Value, chances: list[Value]) -> list[Update]:
        def added(state: int, value: Value) -> Update:
            counted = choose(considered, value, 0.0)
            return Update(state, (self.load(state) + counted).node)

        updates = [Update(self.choice, choose(considered, chosen, self.load(self.choice)).node),
                   Update(self.chosen_now, choose(considered, chosen, -1.0).node),
                   added(self.considered, self.constant(1.0))]  # fmt: skip
        for position, books in enumerate(self.books):
            is_this = chosen.equals(position)
            updates += [added(books.count, is_this.number), added(books.chance, chances[position])]
            first = self.load(books.time)
            is_first = considered & is_this & first.equals(_NEVER)
            updates.append(Update(books.time, choose(is_first, self.time, first).node))
            updates += [added(state, self.amount(term)) for term, state in books.terms]
        return updates

    def finish(self) -> list[Guard]:
        """Nothing is chosen anew until the next consideration."""
        self.update(self.chosen_now, self.constant(-1.0))
        return []

    def tell(self) -> list[ReportSlot]:
        label = self.decision.label
        found = [ReportSlot("decision", self.decision.name, label, "considered", self.load(self.considered).node)]
        for books in self.books:
            states = [("time", books.time), ("chance", books.chance)]
            states += [(f"term {print_expression(term)}", state) for term, state in books.terms]
            name = f"{self.decision.name}: {books.name}"
            found += [ReportSlot("decision", name, label, stage, self.load(state).node) for stage, state in states]
        return found
