"""Names: what is declared, over which indices, and which definition stands behind each element."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from foedus.compile.meaning import Definition, Meaning
from foedus.compile.problems import Problems
from foedus.errors import suggestion
from foedus.language import Span, Tree
from foedus.language import tree as t
from foedus.language.builtins import BUILTINS
from foedus.language.calendar import Calendar
from foedus.language.reserved import meaning
from foedus.units import DAYS, UNKNOWN_UNIT, Unit, UnitProblem, UnitTable, singular, written_in_months

__all__ = ["MOST_ELEMENTS", "Binding", "Item", "Key", "Scope", "Symbol", "build_scope", "spell", "time_unit_of"]

Key = tuple[str, tuple[str, ...]]
Binding = dict[str, str]
MOST_ELEMENTS = 20_000


@dataclass(frozen=True)
class Item:
    """One element of a definition: the statement and what its index names stand for."""

    key: Key
    statement: Definition
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


def spell(key: Key) -> str:
    """`front[north]` for the key of an element."""
    return key[0] + (f"[{', '.join(key[1])}]" if key[1] else "")


def time_unit_of(tree: Tree, written: t.UnitExpression | None) -> str:
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


def _time_unit(tree: Tree, problems: Problems) -> str:
    """The unit of the horizon, which must be one of time."""
    model = tree.model
    if found := time_unit_of(tree, model.horizon.unit):
        return found
    at = model.horizon.unit.at if model.horizon.unit else model.at
    problems.add(at, "units-differ", "the horizon is not a time.", f"Give it in {', '.join(name + 's' for name in DAYS)}.")
    return "week"


class Scope:
    """Everything that names mean in one model."""

    def __init__(self, tree: Tree, problems: Problems) -> None:
        self.tree = tree
        self.problems = problems
        self.units = UnitTable(_time_unit(tree, problems))
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

    def define(self, statement: Definition) -> None:
        """Declare the name of a definition, and its elements; problems are noted."""
        _define(self, statement)

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
                    suggestion(subscript.map, self.maps),
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
            near = suggestion(subscript.name, [*self.elements, *self.indices])
            self.problems.add(subscript.at, "unknown-element", f"`{subscript.name}` is no element and no index.", near)
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
        if found is None and name not in self.doubtful:
            near = suggestion(name, [*self.symbols, *(also or ("time", "time_step"))])
            other = self.not_values.get(name, "")
            if name in self.indices or name in self.elements:
                near = "It is an index or an element; it can only stand in brackets."
            elif name in BUILTINS:
                near = f"It is a function: `{name}({BUILTINS[name].arguments})`."
            elif other:
                near = other
            self.problems.add(at, "unknown-name", f"`{name}` is not declared{' as a variable' if other else ''}.", near)
        return found


def build_scope(tree: Tree) -> Scope:
    """Collect the declarations of a tree; problems are noted in `scope.problems`."""
    scope = Scope(tree, Problems(tree.source, tree.faults))
    statements = [one for one in tree.statements if isinstance(one, Meaning)]
    for statement in statements:
        statement.ground(scope)
    for statement in statements:
        statement.declare(scope)
    return scope


def _define(scope: Scope, statement: Definition) -> None:
    name, kind, written = statement.name, statement.kind, statement.over()
    if not _may_be_declared(scope, name, written, statement.at):
        scope.doubtful.add(name)
        return
    indices = tuple(_index_of(scope, part, statement.at) for part in written)
    if "" in indices:
        scope.doubtful.add(name)
        return
    unit = statement.unit_in(scope)
    symbol = scope.symbols.get(name)
    if symbol is None:
        symbol = scope.symbols[name] = Symbol(name, kind, indices, unit, statement.at, may_be_set=statement.may_be_set)
    elif symbol.kind != kind or symbol.indices != indices or not written:
        line = scope.problems.source.words_for(symbol.at.start, statement.at.start)
        scope.problems.add(
            statement.at,
            "duplicate-name",
            f"`{name}` is declared already in {line}.",
            "Rename one of them.",
        )
        return
    count = math.prod(len(scope.indices.get(part, (part,))) for part in written)
    if count > MOST_ELEMENTS:
        message = f"`{name}` has {count:,} elements; at most {MOST_ELEMENTS:,} are allowed."
        scope.problems.add(statement.at, "too-many-elements", message, "Use fewer indices.")
        scope.doubtful.add(name)
        return
    for elements in _expansions(scope, written):
        if elements in symbol.items:
            message = f"{spell((name, elements))} is defined twice."
            scope.problems.add(statement.at, "duplicate-name", message, "Remove one of the definitions.")
        binding = dict(zip(written, elements, strict=True)) | dict(zip(indices, elements, strict=True))
        symbol.items[elements] = Item((name, elements), statement, binding)


def _may_be_declared(scope: Scope, name: str, written: tuple[str, ...], at: Span) -> bool:
    """Is the name free, and does each of its indices stand for something of its own?"""
    what = meaning(name) or ("an index" if name in scope.indices else "a map" if name in scope.maps else "")
    if what:
        scope.problems.add(at, "reserved-name", f"`{name}` has a meaning already: it is {what}.", "Choose another name.")
        return False
    repeated = next((part for part in written if part in scope.indices and written.count(part) > 1), None)
    if repeated is not None:
        message = f"`{name}` has index `{repeated}` twice: one name cannot stand for two elements at once."
        help = f"Declare a second index with the same elements, `index other = {', '.join(scope.indices[repeated][:3])}`, and use both."
        scope.problems.add(at, "repeated-index", message, help)
        return False
    return True


def _index_of(scope: Scope, part: str, at: Span) -> str:
    if part in scope.indices:
        return part
    if part in scope.elements:
        return scope.elements[part][0]
    if part not in scope.doubtful:
        near = suggestion(part, [*scope.indices, *scope.elements])
        scope.problems.add(at, "unknown-index", f"`{part}` is no index and no element.", near or f"Declare `index {part} = …`.")
    return ""


def _expansions(scope: Scope, written: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return itertools.product(*(scope.indices.get(part, (part,)) for part in written))
