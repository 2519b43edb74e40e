"""Names: what a statement says of its own, over which indices it stands, and which statement stands behind each element."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from foedus.compile.problems import Problems
from foedus.language import Span, Tree
from foedus.language import tree as t
from foedus.language.builtins import BUILTINS
from foedus.language.calendar import Calendar
from foedus.language.tree import Expression, Name, Statement, UnitExpression
from foedus.units import DAYS, UNKNOWN_UNIT, Unit, UnitProblem, UnitTable, singular, written_in_months

__all__ = [
    "MOST_ELEMENTS",
    "Binding",
    "Item",
    "Key",
    "Limits",
    "Meaning",
    "Named",
    "Pulse",
    "Scope",
    "Symbol",
    "build_scope",
    "spell",
]

Key = tuple[str, tuple[str, ...]]
Binding = dict[str, str]
MOST_ELEMENTS = 20_000


@dataclass(frozen=True)
class Limits:
    """Where a stock may stand: below zero? Within which ends, in base units?"""

    is_signed: bool
    within: tuple[float, float] | None = None


@dataclass(frozen=True)
class Pulse:
    """What the firing of an event at a rate reads on its own step, and whether it may fire again."""

    reads: tuple[Expression | None, ...]
    repeats: bool


class Meaning(Statement):
    """A statement of a model. Names are collected in two rounds: what variables are made of, then the variables."""

    def ground(self, scope: Scope) -> None:
        """The first round: units, indices, maps, actors."""

    def declare(self, scope: Scope) -> None:
        """The second round: what has a value."""

    def unit_made(self) -> tuple[str, UnitExpression] | None:
        """The unit that it makes of another one, and that one."""
        return None

    def declares(self) -> tuple[str, ...]:
        """The names that are gone when it is."""
        name = getattr(self, "name", None)
        return (name,) if isinstance(name, str) else ()

    def mentions(self) -> frozenset[str]:
        """The names that it refers to, beside those in its expressions."""
        return frozenset()

    def check(self, scope: Scope) -> None:
        """Note what is wrong with it, once all names are known."""

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """Note what is wrong between statements of this kind."""


class Named(Meaning):
    """A statement that defines a name, for each element of the indices that it stands over."""

    kind: ClassVar[str]
    may_be_set: ClassVar[bool] = True
    """May a scenario set it?"""
    is_kept: ClassVar[bool] = True
    """Can its trajectory be kept?"""
    is_watched: ClassVar[bool] = True
    """Must it be a number wherever it is used? Conditions are always true or not, and parameters are drawn finite."""
    lasts: ClassVar[bool] = True
    """Does an override hold for a while, or is it one moment?"""
    takes_argument: ClassVar[bool] = False
    """Is it read at an argument, as a function is: `NAME(x)`?"""
    name: str
    label: str
    because: str

    def over(self) -> tuple[str, ...]:
        """Indices, and single elements, over which it is defined."""
        return ()

    def mentions(self) -> frozenset[str]:
        """Its indices; its own name too, where several statements define one name together."""
        return frozenset((self.name, *self.over())) if self.over() else frozenset()

    def unit_in(self, scope: Scope) -> Unit | None:
        """The unit of its values; None where it has none."""
        return None

    def argument_in(self, scope: Scope) -> Unit:
        """The unit of the argument, of what is read at one."""
        return Unit()

    def check_element(self, scope: Scope, item: Item) -> None:
        """Note what is wrong with the definition of an element."""

    @property
    def formula(self) -> Expression | None:
        """The expression that it is worth at every step, if that is what it is."""
        return None

    @property
    def initially(self) -> Expression | None:
        """The expression that it is worth before the run begins."""
        return self.formula

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        """What has to be known before its value is, at the start or within a step."""
        return [self.formula]

    @property
    def pulse(self) -> Pulse | None:
        """How its firing depends on the same step, of an event at a rate."""
        return None

    @property
    def ends(self) -> tuple[Name | None, Name | None]:
        """The stocks that lose and gain, of a flow; None for outside."""
        return None, None

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of the options, of a decision."""
        return ()

    def limits(self, scope: Scope) -> Limits:
        """Where its value may stand."""
        return Limits(is_signed=True)


@dataclass(frozen=True)
class Item:
    """One element of a definition: the statement and what its index names stand for."""

    key: Key
    statement: Named
    binding: Binding


@dataclass
class Symbol:
    """A name of the model.

    Attributes:
        kind: stock, flow, let, param, noise, event, table, treaty, decision or lever.
        indices: names of the indices it is defined over.
        unit: None for events, treaties and decisions.
        may_be_set: by scenarios.
    """

    name: str
    kind: str
    indices: tuple[str, ...]
    unit: Unit | None
    at: Span
    items: dict[tuple[str, ...], Item] = field(default_factory=dict)
    may_be_set: bool = True

    @property
    def table(self) -> Named | None:
        """What is read at an argument, as a function is; None where it is not."""
        first = next(iter(self.items.values()), None)
        return first.statement if first is not None and first.statement.takes_argument else None


def spell(key: Key) -> str:
    """`front[north]` for the key of an element."""
    return key[0] + (f"[{', '.join(key[1])}]" if key[1] else "")


def _time_unit_of(tree: Tree, written: t.UnitExpression | None) -> str:
    """The unit of time that a unit is, or that it is made of; "" where it is none of time."""
    made = dict(one for statement in tree.statements if isinstance(statement, Meaning) and (one := statement.unit_made()))
    for _ in range(len(made) + 1):
        if written is None or len(written.factors) != 1 or written.factors[0][1] != 1:
            return ""
        name = written.factors[0][0]
        if singular(name) in DAYS:
            return name
        written = made.get(name) or made.get(name.removesuffix("s"))
    return ""


class Scope:
    """Everything that names mean in one model."""

    def __init__(self, tree: Tree, problems: Problems) -> None:
        self.tree = tree
        self.problems = problems
        horizon = tree.model.horizon
        time_unit = _time_unit_of(tree, horizon.unit)
        if not time_unit:
            help = f"Give it in {', '.join(name + 's' for name in DAYS)}."
            problems.add(horizon.unit.at if horizon.unit else tree.model.at, "units-differ", "the horizon is not a time.", help)
        self.is_timed = bool(time_unit) or horizon.unit is None  # is the horizon a time, or a bare number?
        self.units = UnitTable(time_unit or "week")
        self.indices: dict[str, tuple[str, ...]] = {}
        self.elements: dict[str, list[str]] = {}
        self.maps: dict[str, dict[str, str]] = {}  # each element, and what it is mapped to
        self.actors: dict[str, str] = {}
        self.symbols: dict[str, Symbol] = {}
        # names whose declaration is a problem already: what refers to them is not blamed
        self.doubtful: set[str] = set(tree.faults.names) if tree.faults is not None else set()
        self.chances: dict[str, str] = {}  # treaty -> the parameter that is its chance, where it has a prior
        self.let_reads: dict[Key, tuple[Key, ...]] = {}  # what an auxiliary names, once somebody has looked
        self.stock_units: dict[str, t.UnitExpression] = {}
        self.not_values: dict[str, str] = {}  # what else a name can be, and what to say of it

    @property
    def calendar(self) -> Calendar | None:
        """How time and dates belong together; None in a model without dates."""
        model = self.tree.model
        if model.as_of is None:
            return None
        units = [written.factors for written in (model.step.unit, model.horizon.unit) if written is not None]
        by_months = bool(units) and all(written_in_months(found, self.units.of_months) for found in units)
        return Calendar(model.as_of, self.units.time_unit, by_months)

    def unit(self, written: t.UnitExpression) -> Unit:
        """The meaning of a written unit; an unknown one is noted where it stands first, and fits any other from then on."""
        while True:
            try:
                return self.units.read(written.factors)
            except UnitProblem as problem:
                if not problem.name:
                    self.problems.add(written.at, "bad-unit", problem.message, problem.help)
                    return UNKNOWN_UNIT
                if problem.name not in self.doubtful:
                    self.problems.add(
                        written.at, "unknown-unit", f"{problem.message}{self._elsewhere(problem.name, written)}", problem.help
                    )
                self.units.assume(problem.name)

    def number(self, written: t.Number, unit: Unit, what: str) -> float:
        """A written number in a unit; a bare one is taken to be in it. NaN (and a problem) where it does not fit."""
        own = self.unit(written.unit) if written.unit is not None else None
        value = written.value * (own.scale if own is not None else 1.0)
        if math.isinf(value):
            self.problems.add(written.at, "not-finite", f"{what} is not finite.", "Use a number below 1e308.")
            return math.nan
        if own is None:
            return value
        if not own.matches(unit):
            message = f"units differ in {what}: found {own}, expected {unit}."
            self.problems.add(written.at, "units-differ", message, f"Write it in {unit}.")
            return math.nan
        return value / unit.scale

    def _elsewhere(self, name: str, written: t.UnitExpression) -> str:
        """In which other lines an unknown unit stands."""
        here, place = self.problems.source.place(written.at.start)[0], self.problems.source.place
        lines = {
            place(node.at.start)[0]
            for node in t.nodes(self.tree.statements)
            if isinstance(node, t.UnitExpression) and any(name == factor for factor, _ in node.factors)
        }
        others = sorted(lines - {here})
        return f" It stands in line{'s' if len(others) > 1 else ''} {', '.join(map(str, others))} too." if others else ""

    def items(self, *kinds: str) -> Iterator[Item]:
        """The elements of all definitions of some kinds, of all without any, in the order of the text."""
        for symbol in self.symbols.values():
            if not kinds or symbol.kind in kinds:
                yield from symbol.items.values()

    def element(self, subscript: t.Subscript, binding: Binding) -> str | None:
        """The element that a subscript stands for, None (and a problem) if there is none."""
        if subscript.map is not None:
            mapping = self.maps.get(subscript.map)
            inner = binding.get(subscript.name, subscript.name)
            if subscript.map in self.doubtful or inner in self.doubtful:
                return None
            if mapping is None:
                self.problems.add(
                    subscript.at,
                    "unknown-map",
                    f"`{subscript.map}` is no map.",
                    near=(subscript.map, self.maps),
                )
                return None
            found = mapping.get(inner)
            if found is None:
                self.problems.add(subscript.at, "unknown-element", f"map `{subscript.map}` says nothing about `{inner}`.")
            return found
        found = binding.get(subscript.name)
        if found is not None:
            return found
        if subscript.name in self.elements:
            return subscript.name
        if subscript.name in self.doubtful:
            return None
        if subscript.name in self.indices:
            message = f"index `{subscript.name}` stands for nothing here."
            help = "Define the variable over the index, name an element, or reduce with `sum(… over index)`."
            self.problems.add(subscript.at, "unbound-index", message, help)
        else:
            message = f"`{subscript.name}` is no element and no index."
            self.problems.add(subscript.at, "unknown-element", message, near=(subscript.name, (*self.elements, *self.indices)))
        return None

    def resolve(self, name: t.Name, binding: Binding, also: tuple[str, ...] = ()) -> Item | None:
        """The element of a definition that a name refers to, None (and a problem) if there is none."""
        symbol = self.symbol(name.name, name.at, also)
        if symbol is None:
            return None
        if len(name.subscripts) != len(symbol.indices):
            wanted = f"[{', '.join(symbol.indices)}]" if symbol.indices else "no index"
            message = f"`{name.name}` takes {wanted}; found {len(name.subscripts)} of {len(symbol.indices)}."
            self.problems.add(
                name.at,
                "wrong-index",
                message,
                "Name the element, or use `sum(…)`." if symbol.indices else "",
            )
            return None
        elements = tuple(self.element(subscript, binding) for subscript in name.subscripts)
        if None in elements:
            return None
        found = symbol.items.get(elements)  # type: ignore[arg-type]
        if found is None and name.name not in self.doubtful:
            known = ", ".join(spell(item.key) for item in symbol.items.values())
            self.problems.add(
                name.at,
                "undefined-element",
                f"{spell((name.name, elements))} has no definition.",  # type: ignore[arg-type]
                f"Defined: {known[:200]}.",
            )
        return found

    def symbol(self, name: str, at: Span, also: tuple[str, ...] = ()) -> Symbol | None:
        """What a name means, None (and a problem) if it is unknown; `also` names what else could be meant here."""
        found = self.symbols.get(name)
        if found is None and self.doubtful.isdisjoint((name, name.partition(".")[0])):  # `army.serving` hangs on the part `army`
            other = help = self.not_values.get(name, "")
            if name in self.indices or name in self.elements:
                help = "It is an index or an element; it can only stand in brackets."
            elif name in BUILTINS:
                help = f"It is a function: `{name}({BUILTINS[name].arguments})`."
            known = () if help else (*self.symbols, *(also or ("time", "time_step")))
            message = f"`{name}` is not declared{' as a variable' if other else ''}."
            self.problems.add(at, "unknown-name", message, help, near=(name, known))
        return found

    def terms(self, call: t.Call, binding: Binding) -> tuple[t.Expression, list[Binding]]:
        """What a reduction adds up: the expression, and one binding for each element."""
        argument = call.arguments[0]
        indices = call.over
        if not indices and isinstance(argument, t.Name):
            symbol = self.symbols.get(argument.name)
            if symbol is not None and not argument.subscripts:
                indices = symbol.indices
                argument = t.Name(argument.name, tuple(t.Subscript(name, None, argument.at) for name in indices), argument.at)
            elif symbol is not None:
                indices = tuple(
                    subscript.name
                    for subscript in argument.subscripts
                    if subscript.map is None and subscript.name in self.indices and subscript.name not in binding
                )
        repeated = next((index for index in call.over if call.over.count(index) > 1), None)
        if repeated is not None:
            self.problems.add(call.at, "repeated-index", f"`over` names index `{repeated}` twice.", "Name each index once.")
        size = math.prod(len(self.indices.get(index, (index,))) for index in indices)
        if size > MOST_ELEMENTS:
            message = f"this adds up {size:,} elements; at most {MOST_ELEMENTS:,} are allowed."
            self.problems.add(call.at, "too-many-elements", message, "Use fewer indices.")
            return argument, []
        bindings: list[Binding] = [dict(binding)]
        for index in indices:
            if index not in self.indices:
                if index not in self.doubtful:
                    self.problems.add(call.at, "unknown-index", f"`{index}` is no index.", near=(index, self.indices))
                return argument, []
            bindings = [{**one, index: element} for one in bindings for element in self.indices[index]]
        return argument, bindings


def build_scope(tree: Tree) -> Scope:
    """Collect the declarations of a tree; problems are noted in `scope.problems`."""
    scope = Scope(tree, Problems(tree.source, tree.faults))
    statements = [one for one in tree.statements if isinstance(one, Meaning)]
    for statement in statements:
        statement.ground(scope)
    for statement in statements:
        statement.declare(scope)
    return scope
