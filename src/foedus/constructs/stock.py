"""`stock` and `flow`: what there is, and what moves it.

A stock changes only by the flows that start or end at it. It must not fall below zero unless it is `signed`, and must stay `within` its
range if it has one: a future in which it does not has failed, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.amounts import constant_in
from foedus.compile.checks import check_definition
from foedus.compile.lower import lower_definition
from foedus.compile.meaning import Definition
from foedus.compile.places import START
from foedus.compile.program import ParameterSlot, start_name
from foedus.compile.scope import Item, Key, Limits, Scope, spell
from foedus.compile.starts import check_start
from foedus.compile.value import Value
from foedus.language.clauses import Notes, indexed_name, notes
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, name_with_subscripts, unit
from foedus.language.printer import indexed_text, name_text, notes_text, print_expression, unit_text
from foedus.language.source import Span
from foedus.language.tree import Expression, Name, UnitExpression, at_nowhere
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["FLOW", "STOCK", "Flow", "Stock", "begin_stocks", "carried_slot", "move_stocks"]


@dataclass(frozen=True)
class Stock(Definition):
    """An amount that only flows change.

    Attributes:
        indices: over which there is one stock for each element.
        initial: what it holds before the run begins.
        is_signed: may it fall below zero?
        within: the ends between which it must stay.
    """

    kind: ClassVar[str] = "stock"

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    initial: Expression
    is_signed: bool = False
    within: tuple[Expression, Expression] | None = None
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Stock:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of a stock")
        cursor.needs(":", "and the unit of the stock")
        found = unit(cursor)
        cursor.needs("=", "and the starting value of the stock")
        initial = expression(cursor)
        extra, is_signed, within, clauses = Notes(), False, None, Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("signed"):
                is_signed = True
            elif clauses.takes("within"):
                low = expression(cursor, 5)
                cursor.needs("to")
                within = (low, expression(cursor, 5))
            elif not extra.take(cursor):
                break
        return cls(name, indices, found, initial, is_signed, within, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"stock {indexed_text(self.name, self.indices)} : {unit_text(self.unit)} = {print_expression(self.initial)}"
        text += " signed" if self.is_signed else ""
        if self.within:
            text += f" within {print_expression(self.within[0], 5)} to {print_expression(self.within[1], 5)}"
        return text + notes_text(self.label, self.because)

    def ground(self, scope: Scope) -> None:
        """A flow may stand before its stock, and takes its unit."""
        scope.stock_units[self.name] = self.unit

    def over(self) -> tuple[str, ...]:
        return self.indices

    def unit_in(self, scope: Scope) -> Unit:
        return scope.unit(self.unit)

    def check_element(self, scope: Scope, item: Item) -> None:
        check_definition(scope, item, self.initial)
        if self.within is not None:
            unit = scope.symbols[self.name].unit or Unit()
            low, high = (constant_in(scope, end, unit, "an end of the range") for end in self.within)
            if low >= high:
                scope.problems.add(self.at, "empty-range", f"the range of `{self.name}` is empty.", "Write the low end first.")

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """A start is known before anything is drawn."""
        help = "A starting value may use numbers, parameters and other starting values."
        for item in scope.items("stock"):
            if item.statement.initially is not None:
                check_start(scope, item, item.statement.initially, f"the start of `{spell(item.key)}`", "bad-start", help)

    @property
    def initially(self) -> Expression:
        return self.initial

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        return [self.initial] if at_start else []

    def limits(self, scope: Scope) -> Limits:
        if self.within is None:
            return Limits(self.is_signed)
        unit = scope.symbols[self.name].unit or Unit()
        low, high = (constant_in(scope, end, unit, "a range") * unit.scale for end in self.within)
        return Limits(self.is_signed, (low, high))

    def worth(self, builder: Builder, item: Item) -> int:
        slot = builder.state_named(spell(item.key))
        if not builder.is_start and slot is not None:
            return builder.load(slot)
        left = builder.start_of.get(item.key)
        return (
            builder.graph.leaf("parameter", left, "future") if left is not None else lower_definition(builder, item, self.initial)
        )


@dataclass(frozen=True)
class Flow(Definition):
    """What moves from one stock to another, so much per time.

    Attributes:
        indices: over which there is one flow for each element.
        source, target: a stock, or None for outside.
        rate: how much moves per time.
    """

    kind: ClassVar[str] = "flow"

    name: str
    indices: tuple[str, ...]
    source: Name | None
    target: Name | None
    rate: Expression
    label: str = ""
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Flow:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of a flow")
        cursor.needs(":", "and where the flow comes from")
        source = _end(cursor)
        cursor.needs("->", "and where the flow goes")
        target = _end(cursor)
        cursor.needs("=", "and the rate of the flow")
        rate = expression(cursor)
        extra = notes(cursor)
        return cls(name, indices, source, target, rate, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        source, target = (name_text(end) if end else "outside" for end in (self.source, self.target))
        text = f"flow {indexed_text(self.name, self.indices)} : {source} -> {target} = {print_expression(self.rate)}"
        return text + notes_text(self.label, self.because)

    def over(self) -> tuple[str, ...]:
        return self.indices

    def unit_in(self, scope: Scope) -> Unit | None:
        """That of its stock, per time."""
        end = self.source or self.target
        if end is None:
            scope.problems.add(self.at, "flow-to-nowhere", "a flow from outside to outside moves nothing.", "Name a stock.")
            return None
        unit = scope.stock_units.get(end.name)
        if unit is None:
            return None
        moved = scope.unit(unit)
        found = moved.over(scope.units.time)
        # What was computed is spelled in base units; one of another size keeps the name that its numbers are told in.
        return found if found.scale == 1.0 else Unit(found.dimensions, found.scale, f"{moved}/{scope.units.time}")

    def check_element(self, scope: Scope, item: Item) -> None:
        units = []
        for end in (self.source, self.target):
            if end is None:
                continue
            found = scope.resolve(end, item.binding, ("outside",))
            symbol = scope.symbols.get(end.name)
            if found is not None and symbol is not None and symbol.kind != "stock":
                message = f"a flow goes from stock to stock; `{end.name}` is a {symbol.kind}."
                scope.problems.add(end.at, "not-a-stock", message, "Declare it with `stock`.")
            elif symbol is not None and symbol.unit is not None:
                units.append(symbol.unit)
        if len(units) == 2 and not units[0].matches(units[1]):
            message = f"flow `{self.name}` goes from a stock in {units[0]} to one in {units[1]}."
            scope.problems.add(self.at, "units-differ", message, "Both ends of a flow hold the same thing.")
        check_definition(scope, item, self.rate)

    @property
    def formula(self) -> Expression:
        return self.rate

    @property
    def ends(self) -> tuple[Name | None, Name | None]:
        return self.source, self.target

    def worth(self, builder: Builder, item: Item) -> int:
        return lower_definition(builder, item, self.rate)


def _end(cursor: Cursor) -> Name | None:
    return None if cursor.takes("outside") else name_with_subscripts(cursor, "of a stock, or `outside`")


def carried_slot(scope: Scope, item: Item) -> ParameterSlot:
    """The parameter that a stock begins from where a posterior says what the past left in it."""
    unit, name = scope.symbols[item.key[0]].unit or Unit(), spell(item.key)
    elements = ", ".join(element for index, element in item.binding.items() if element != index)  # of one statement for many
    label = f"{item.statement.label} ({elements})" if item.statement.label and elements else item.statement.label or name
    label = f"{label}, at the start"
    reason = "smoothed: what the past left, as the series show it"
    return ParameterSlot(start_name(name), str(unit), unit.scale, label, reason, prior_text="what the past left", is_start=True)


def begin_stocks(builder: Builder) -> None:
    """The states of all stocks, with what they hold before the run."""
    for item in builder.scope.items("stock"):
        with builder.at_block(START):
            initial = builder.value(item.key)
        if builder.graph.nodes[initial].phase == "step":
            help = "It may use numbers, parameters and other starting values."
            message = f"the start of `{spell(item.key)}` cannot be known."
            builder.scope.problems.add(item.statement.at, "bad-start", message, help)
        builder.state(spell(item.key), "integral", initial)


def move_stocks(builder: Builder) -> None:
    """Every stock moves by its flows. To be called at the step block."""
    scope, graph = builder.scope, builder.graph
    rates: dict[Key, Value] = {}
    for item in scope.items("flow"):
        rate = Value(graph, builder.value(item.key)).number
        for stock, is_gain in _ends(scope, item):
            before = rates.get(stock.key)
            if before is None:
                rates[stock.key] = rate if is_gain else -rate
            else:
                rates[stock.key] = before + rate if is_gain else before - rate
    for item in scope.items("stock"):
        state = builder.state_named(spell(item.key))
        if state is not None:
            rate = rates.get(item.key, Value(graph, graph.number(0.0)))
            builder.set_update(state, _held(builder, item, state, rate).node)


def _held(builder: Builder, item: Item, state: int, rate: Value) -> Value:
    """How fast a stock moves: by its flows, but to what it is held at while a scenario holds it, so that it goes on from there."""
    if not builder.is_overridden_for_a_while(item.key):
        return rate
    graph, own = builder.graph, builder.load(state)
    gap = Value(graph, builder.overridable(spell(item.key), own)) - Value(graph, own)
    return Value(graph, builder.overridable(spell(item.key), rate.node, (gap / Value(graph, graph.number(builder.step))).node))


def _ends(scope: Scope, item: Item) -> Iterator[tuple[Item, bool]]:
    """The stocks at which a flow ends, and whether each gains."""
    for end, is_gain in zip(item.statement.ends, (False, True), strict=True):
        stock = scope.resolve(end, item.binding) if end is not None else None
        if stock is not None:
            yield stock, is_gain


STOCK = Construct(
    "stock",
    Stock.parse,
    (Stock,),
    "signed, within, because",
    is_variable=True,
    examples=(
        Example(
            'stock men[side] : person = 1000 person "Fit for combat"',
            "One stock for each side, with a thousand people at the start.",
            "index side = red, blue",
        ),
        Example("stock balance : 1 = 0 signed within -5 to 5", "May be negative, but must stay between its ends."),
    ),
)
FLOW = Construct(
    "flow",
    Flow.parse,
    (Flow,),
    "because",
    is_variable=True,
    examples=(
        Example(
            """\
flow killed[side] : men[side] -> dead[side] = 0.01/week * men[side]
flow recruited[side] : outside -> men[side] = 20 person/week""",
            "From stock to stock, and from outside; a rate has the unit of the stock per time.",
            "index side = red, blue\nstock men[side] : person = 1000 person\nstock dead[side] : person = 0 person",
        ),
    ),
)
