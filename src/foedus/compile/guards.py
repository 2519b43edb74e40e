"""Guards: what must be a number wherever it is used, and stocks that must stay in their range. The first fault of a future is kept.

A value that is not finite fails its future when something uses it: not in a branch that is not taken, not while a scenario holds what reads
it. Named values are looked at as a whole. Inside an expression only a comparison, a minimum and the like could hide that something is no
number; `Graph.make` tells of every one of them, so that none can be forgotten.

In the step one sum over all values tells that something is wrong; which value it is, is looked for where that happens. Most runs only ask
whether anything is wrong at all, which costs less: a stock that is no number remains so to the end.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from foedus.compile.causes import CheckRow, causes_of, levels_of
from foedus.compile.looks import CheckSlot
from foedus.compile.places import FINISH, START, STEP
from foedus.compile.program import Guard, Status, Update, Watch
from foedus.compile.scope import Item, Key, spell
from foedus.compile.signs import Signs
from foedus.compile.site import Site
from foedus.language import Span
from foedus.units import Unit

__all__ = ["NEGATIVE_TOLERANCE", "Guards", "Owner"]

NEGATIVE_TOLERANCE = 1e-6
_SHOWN = "alarm of what is shown"
_STATES = ("code", "when", "what", "value", "alarm", "lowest", _SHOWN)
_SHOWING = {"add": 2, "subtract": 2, "multiply": 2, "divide": 1, "absolute": 1, "floor": 1, "square_root": 1, "log": 1}
"""Operations that give nothing finite where one of so many first arguments is not finite."""
_FAULTS = {"low": Status.NEGATIVE_STOCK, "range": Status.OUT_OF_RANGE, "finite": Status.NOT_FINITE}


@dataclass(frozen=True)
class Owner:
    """Whose value is looked at: the kind of statement, its name, its elements."""

    kind: str
    variable: str
    elements: tuple[str, ...] = ()
    at: Span | None = field(default=None, compare=False)


@dataclass(frozen=True)
class _Use:
    """A value that is used in a block: by an item (None: always), under a condition (None: always)."""

    reader: Key | None
    path: int | None


@dataclass(frozen=True)
class _Check:
    """A value to look at, where `gate` holds (None: always). `limit` is "finite", "low" or "range"; a part stands inside an expression."""

    owner: Owner
    node: int
    gate: int | None
    limit: str
    is_part: bool = False


class Guards:
    """Notes every use of a value while a program is built, and makes the guards once all are known."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.owner = Owner("model", site.scope.tree.model.name)
        self.reader: Key | None = None
        self.path: int | None = None
        self.slots: dict[CheckSlot, int] = {}  # each with the number of its row
        self.first_node = 0  # from here on values belong to guards
        self._uses: dict[tuple[int, Key], dict[_Use, None]] = {}
        self._values: dict[tuple[int, Key], int] = {}
        self._operands: dict[int, dict[tuple[Owner, int, _Use], None]] = {}
        self._roots: dict[int, dict[tuple[Owner, int, int | None], None]] = {}
        self._gates: dict[tuple[int, Key], int] = {}
        self._states: dict[str, int] = {}
        self._steady: dict[Key, tuple[int, ...]] = {}
        self._doubtful: set[int] = set()
        site.graph.watch = self._masked

    # --- what is noted

    @contextmanager
    def on_behalf(self, owner: Owner, reader: Key | None = None, path: int | None = None) -> Iterator[None]:
        """What is lowered inside belongs to an owner, is used by an item, and only under a condition."""
        before = self.owner, self.reader, self.path
        self.owner, self.reader, self.path = owner, reader, path
        try:
            yield
        finally:
            self.owner, self.reader, self.path = before

    @contextmanager
    def under(self, condition: int) -> Iterator[None]:
        """What is lowered inside is used only where the condition holds."""
        before = self.path
        self.path = condition if before is None else self._site.graph.make("both", before, condition)
        try:
            yield
        finally:
            self.path = before

    def used(self, key: Key) -> None:
        """An item's value is used here."""
        self._uses.setdefault((self._site.block, key), {})[_Use(self.reader, self.path)] = None

    def worth(self, key: Key, value: int) -> None:
        """An item's value in the present block."""
        self._values[self._site.block, key] = value

    def rests_on(self, noise: Key, values: tuple[int, ...]) -> None:
        """A noise is finite at all times if these values, the same at all times, are."""
        self._steady[noise] = values

    def doubt(self, state: int) -> None:
        """A state that may be anything: whoever reads it has to look."""
        self._doubtful.add(state)

    def root(self, value: int) -> int:
        """A value that must be finite here. Returns it."""
        self._roots.setdefault(self._site.block, {})[self.owner, value, self.path] = None
        return value

    def _masked(self, arguments: tuple[int, ...]) -> None:
        found = self._operands.setdefault(self._site.block, {})
        for value in arguments:
            fixed = self._site.graph.constant(value)
            if fixed is None or math.isnan(fixed):
                found[self.owner, value, _Use(self.reader, self.path)] = None

    # --- the guards

    def declare(self) -> None:
        """The states that keep a future's first fault."""
        site, graph = self._site, self._site.graph
        starts = {name: graph.number(-1.0 if name == "what" else 0.0) for name in _STATES}
        self._states = {name: site.state(f"failure {name}", "direct", start) for name, start in starts.items()}

    def found(self) -> dict[str, int]:
        """What, when and value of the first fault; to be called at the finish."""
        return {name: self._site.load(self._states[name]) for name in ("what", "when", "value")}

    def finish(self, order: list[Key], stocks: list[tuple[Item, int]]) -> Watch:
        """The watch. Everything must have been lowered; `order` has arguments first; stocks come with their levels in the step."""
        site, graph = self._site, self._site.graph
        self.first_node = len(graph.nodes)
        with site.at_block(STEP), self._site.graph.unwatched():
            checks = [
                *self._stock_checks(stocks),
                *self._item_checks(START, order),
                *self._item_checks(STEP, order),
                *self._own_checks(START),
                *self._own_checks(STEP),
            ]
            self._refuse_constants(checks)
            code = self._code(checks)
            is_new = graph.make("both", self._is_fine(), graph.make("less", graph.number(0.5), code))
            updates = self._chosen(is_new, {"code": code, "when": site.time()})
            detail = Guard(is_new, self._first_broken(checks, is_new, ("what", "value")))
            quick = self._quick(checks)
        status, quick_status = self._status("code"), self._status("alarm")
        keeps = (self._states["code"], self._states["when"], self._states["what"], self._states["value"])
        rows = [
            CheckRow(self._slot(check), check.node, check.owner.kind == "stock" and check.limit == "finite") for check in checks
        ]
        causes = causes_of(graph.nodes, {value: self._told(check) for value, check in self._large(checks).items()}, rows)
        levels = levels_of(graph.nodes, site.states, causes, rows, self._covered)
        return Watch(updates, detail, status, quick, quick_status, None, keeps, levels, causes)

    def _large(self, checks: list[_Check]) -> dict[int, _Check]:
        """Named values that may be beyond what a stock can hold: of those that no check looks at the stock tells."""
        looked_at, symbols = {check.node for check in checks}, self._site.scope.symbols
        found: dict[int, _Check] = {}
        for (block, key), value in self._values.items():
            kind = symbols[key[0]].kind if block == STEP and key[0] in symbols else ""
            is_large = kind in ("let", "flow") and self._wide.can_outgrow(value, is_looked_at=value in looked_at)
            if is_large and value in self._shown_by_stocks:
                found.setdefault(value, _Check(Owner(kind, *key), value, None, "finite"))
        return found

    def block_updates(self, block: int, order: list[Key]) -> tuple[tuple[Update, ...], tuple[Update, ...]]:
        """For a block on a schedule: updates for what is used in it and not looked at in every step anyway; and the quick ones."""
        with self._site.at_block(block), self._site.graph.unwatched():
            checks = self._block_checks(block, order)
            if not checks:
                return (), ()
            self._refuse_constants(checks)
            quick = self._raised("alarm", {self._term(check) for check in checks})
            return self._first_broken(checks, self._is_fine(), ("code", "when", "what", "value")), (quick,)

    def shown(self, block: int, order: list[Key], is_due: int) -> Guard | None:
        """The quick update for what is used in a block that finds the states as the step does, computed in the step where it is due."""
        with self._site.at_block(block), self._site.graph.unwatched():
            checks = self._block_checks(block, order)
            return Guard(is_due, (self._raised(_SHOWN, {self._term(check) for check in checks}),)) if checks else None

    def _block_checks(self, block: int, order: list[Key]) -> list[_Check]:
        items = [check for check in self._item_checks(block, order) if not self._is_always((STEP, _key_of(check.owner)))]
        return [*items, *self._own_checks(block)]

    def _raised(self, alarm: str, terms: set[int]) -> Update:
        """An alarm with what is lost of some terms that must be finite."""
        graph = self._site.graph
        lost = graph.make("multiply", self._sum(terms), graph.number(0.0))
        return Update(self._states[alarm], graph.make("add", self._site.load(self._states[alarm]), lost))

    def _quick(self, checks: list[_Check]) -> tuple[Update, ...]:
        """What is lost when a value is no number is added up, and the lowest level kept; stocks are looked at after the last step."""
        site, graph = self._site, self._site.graph
        signs = self._signs_of(with_sizes=False, hoists=True)
        steady = {_key_of(check.owner) for check in checks if check.owner.kind == "noise"} & set(self._steady)
        hard = [
            check
            for check in checks
            if (check.owner.kind == "noise" and _key_of(check.owner) not in steady)
            or signs.can_be_infinite(check.node)
            or self._is_too_wide(check.node)
        ]
        once = {graph.make("divide", graph.number(1.0), divisor) for divisor in signs.hoisted}
        once |= {value for key in steady for value in self._steady[key]}
        margins = [margin for check in checks for margin in self._margins(check)]
        # in pairs a level that is no number may hide another one; it stays none to the end, where all levels are looked at
        lowest = graph.least_of_pairs([*sorted(set(margins)), site.load(self._states["lowest"])])
        return self._raised("alarm", self._terms(hard, with_stocks=False) | once), Update(self._states["lowest"], lowest)

    def _margins(self, check: _Check) -> Iterator[int]:
        """How far a stock is from what it must not go below, and above: what is below zero is too far."""
        graph = self._site.graph
        if check.limit == "low":
            yield check.node
        elif check.limit == "range":
            low, high = self._range(check)
            if math.isfinite(low):
                yield check.node if low == 0.0 else graph.make("subtract", check.node, graph.number(low))
            if math.isfinite(high):
                yield graph.make("subtract", graph.number(high), check.node)

    def _range(self, check: _Check) -> tuple[float, float]:
        """The ends between which a stock must stay, in base units."""
        name, elements = _key_of(check.owner)
        scope = self._site.scope
        return scope.symbols[name].items[elements].statement.limits(scope).within or (-math.inf, math.inf)

    def _status(self, state: str) -> int:
        """The status after the last step: the code, or 1 where the alarm tells that something is broken."""
        site, graph = self._site, self._site.graph
        with site.at_block(FINISH), self._site.graph.unwatched():
            if state == "code":
                return site.load(self._states["code"])
            zero = graph.number(0.0)
            levels = [site.load(slot) for slot, one in enumerate(site.states) if one.kind == "integral"]
            alarms = [site.load(self._states[name]) for name in ("alarm", _SHOWN)]
            lost = graph.make("multiply", self._sum({*alarms, *levels}), zero)
            is_broken = graph.make("negation", graph.make("equal", lost, zero))
            low = graph.make("less", site.load(self._states["lowest"]), graph.number(-NEGATIVE_TOLERANCE))
            return graph.as_number(graph.make("either", is_broken, low))

    def _is_fine(self) -> int:
        """Has nothing failed so far?"""
        graph = self._site.graph
        return graph.make("less", self._site.load(self._states["code"]), graph.number(0.5))

    def _refuse_constants(self, checks: list[_Check]) -> None:
        """What is no number in every future is no matter of a run."""
        site = self._site
        for check in checks:
            fixed = site.graph.constant(check.node)
            is_always = check.gate is None or site.graph.nodes[check.gate].phase in ("constant", "time")
            if fixed is not None and is_always and not math.isfinite(fixed) and (check.limit == "finite" or math.isnan(fixed)):
                at = check.owner.at or site.scope.tree.model.at
                message = f"`{spell((check.owner.variable, check.owner.elements))}` is {fixed} in every future."
                help = "Look for a logarithm or a root of a negative number, or a division by zero."
                site.scope.problems.add(at, "not-finite", message, help)

    def _is_always(self, place: tuple[int, Key]) -> bool:
        return place in self._values and self._site.graph.constant(self._gate(place)) == 1.0

    def _gate(self, place: tuple[int, Key]) -> int:
        """The condition under which an item's value is used in a block."""
        found = self._gates.get(place)
        if found is None:
            graph = self._site.graph
            self._gates[place] = found = graph.truth(False)
            for use in self._uses.get(place, ()):
                found = graph.make("either", found, self._of_use(place[0], use))
            self._gates[place] = found
        return found

    def _of_use(self, block: int, use: _Use) -> int:
        graph = self._site.graph
        reader = graph.truth(True) if use.reader is None else self._gate((block, use.reader))
        return reader if use.path is None else graph.make("both", reader, use.path)

    def _stock_checks(self, stocks: list[tuple[Item, int]]) -> Iterator[_Check]:
        """No stock is negative or out of its range, and all are numbers: in this order, which is that of `_code`."""
        found: dict[str, list[_Check]] = {"low": [], "range": [], "finite": []}
        for item, level in stocks:
            stock = item.statement
            limits = stock.limits(self._site.scope)
            wanted = {"low": not limits.is_signed, "range": limits.within is not None, "finite": True}
            for limit, is_wanted in wanted.items():
                if is_wanted:
                    found[limit].append(_Check(Owner("stock", *item.key, stock.at), level, None, limit))
        for checks in found.values():
            yield from checks

    def _item_checks(self, block: int, order: list[Key]) -> Iterator[_Check]:
        graph, symbols = self._site.graph, self._site.scope.symbols
        for key in reversed(order):  # those that read before those that are read, so that no chain is followed by recursion
            self._gate((block, key))
        for key in order:
            if key[0] not in symbols:  # an event's pulse
                continue
            kind, value, statement = symbols[key[0]].kind, self._values.get((block, key)), symbols[key[0]].items[key[1]].statement
            if not statement.is_watched or kind == "stock" or value is None or graph.nodes[value].is_condition:
                continue
            gate = self._gate((block, key))
            if graph.constant(gate) != 0.0 and (kind == "noise" or self._can_be_infinite(value)):
                yield _Check(Owner(kind, *key, statement.at), value, gate, "finite")

    def _own_checks(self, block: int) -> Iterator[_Check]:
        """Values without a name: roots that must be finite, and what a comparison could hide."""
        graph = self._site.graph
        named = frozenset(self._values.values())  # looked at under their own names
        for owner, value, path in self._roots.get(block, ()):
            is_used = path is None or graph.constant(path) != 0.0
            if is_used and value not in named and self._can_be_infinite(value):
                yield _Check(owner, value, path, "finite")
        for owner, value, use in self._operands.get(block, ()):
            if self._can_be_infinite(value):
                gate = self._of_use(block, use)
                if graph.constant(gate) != 0.0:
                    yield _Check(owner, value, gate, "finite", is_part=True)

    def _signs_of(self, *, with_sizes: bool, hoists: bool = False) -> Signs:
        integrals = frozenset(slot for slot, state in enumerate(self._site.states) if state.kind == "integral")
        known = frozenset(self._values.values()), frozenset(self._doubtful), integrals if with_sizes else None
        return Signs(self._site.graph, *known, hoists=hoists)

    @cached_property
    def _signs(self) -> Signs:
        return self._signs_of(with_sizes=False)

    @cached_property
    def _wide(self) -> Signs:
        return self._signs_of(with_sizes=True)

    @cached_property
    def _shown_by_stocks(self) -> set[int]:
        """What makes a stock infinite if it is so itself."""
        return self._covered([state.update for state in self._site.states if state.kind == "integral" and state.update >= 0])

    def _can_be_infinite(self, value: int) -> bool:
        return self._signs.can_be_infinite(value) or self._is_too_wide(value)

    def _is_too_wide(self, value: int) -> bool:
        """Could it be infinite only as a product of what is very large, and no stock tells of it?"""
        is_wide = self._wide.can_be_infinite(value) and not self._signs.can_be_infinite(value)
        return is_wide and value not in self._shown_by_stocks

    # --- conditions and updates

    def _term(self, check: _Check) -> int:
        """The value itself, or 0 where it is not looked at: to be added up."""
        graph, value, zero = self._site.graph, check.node, self._site.graph.number(0.0)
        return value if check.gate is None else graph.make("choose", check.gate, value, zero)

    def _code(self, checks: list[_Check]) -> int:
        """The status of what is broken now, 0 for nothing: a stock below zero, out of its range, or something that is no number."""
        graph, code = self._site.graph, self._site.graph.number(float(Status.OK))
        for limit, is_broken in (
            ("finite", self._is_no_number(checks)),
            ("range", self._is_outside(checks)),
            ("low", self._is_negative(checks)),
        ):
            code = graph.make("choose", is_broken, graph.number(float(_FAULTS[limit])), code)
        return code

    def _is_no_number(self, checks: list[_Check]) -> int:
        graph, zero = self._site.graph, self._site.graph.number(0.0)
        lost = graph.make("multiply", self._sum(self._terms(checks, with_stocks=True)), zero)
        return graph.make("negation", graph.make("equal", lost, zero))

    def _sum(self, terms: set[int]) -> int:
        """A sum by phases, so that what does not change is added up once, and in the order in which its terms are made."""
        graph = self._site.graph
        phases = [
            sorted(term for term in terms if graph.nodes[term].phase == phase) for phase in ("constant", "future", "time", "step")
        ]
        return graph.sum([graph.sum(found) for found in phases if found])

    def _terms(self, checks: list[_Check], *, with_stocks: bool) -> set[int]:
        """What has to be added up so that nothing is missed: what is made of a value stands for the value.

        Where a stock stands follows from its start and its flows, so these stand for it.
        """
        graph, states = self._site.graph, self._site.states
        own = [
            check for check in checks if check.limit == "finite" and (check.is_part or check.owner.kind not in ("stock", "flow"))
        ]
        rates = [state.update for state in states if state.kind == "integral" and state.update >= 0]
        covered = self._covered(rates)
        terms = {*rates, *(state.initial for state in states if state.kind == "integral")} if with_stocks else set()
        for check in sorted(own, key=lambda check: -check.node):
            if check.node in covered:
                continue
            terms.add(self._term(check))
            if check.gate is None or graph.constant(check.gate) == 1.0:
                covered |= self._covered([check.node])
        return terms

    def _covered(self, roots: list[int]) -> set[int]:
        """Everything that makes the roots infinite or no number if it is so itself."""
        found: set[int] = set()
        waiting = list(roots)
        while waiting:
            value = waiting.pop()
            if value not in found:
                found.add(value)
                node = self._site.graph.nodes[value]
                waiting += node.arguments[: _SHOWING.get(node.operation, 0)]
        return found

    def _lowest(self, checks: list[_Check]) -> int:
        """The lowest level of the stocks that must not be negative, or 0."""
        graph = self._site.graph
        return graph.least([*sorted(check.node for check in checks if check.limit == "low"), graph.number(0.0)])

    def _is_negative(self, checks: list[_Check]) -> int:
        graph = self._site.graph
        return graph.make("less", self._lowest(checks), graph.number(-NEGATIVE_TOLERANCE))

    def _is_outside(self, checks: list[_Check]) -> int:
        graph, found = self._site.graph, self._site.graph.truth(False)
        for check in checks:
            if check.limit == "range":
                found = graph.make("either", found, self._is_broken(check))
        return found

    def _is_broken(self, check: _Check) -> int:
        graph, value, zero = self._site.graph, check.node, self._site.graph.number(0.0)
        if check.limit == "low":
            found = graph.make("less", value, graph.number(-NEGATIVE_TOLERANCE))
        elif check.limit == "range":
            low, high = self._range(check)
            found = graph.make(
                "either",
                graph.make("less", value, graph.number(low - NEGATIVE_TOLERANCE)),
                graph.make("less", graph.number(high + NEGATIVE_TOLERANCE), value),
            )
        else:
            found = graph.make("negation", graph.make("equal", graph.make("multiply", value, zero), zero))
        return found if check.gate is None else graph.make("both", check.gate, found)

    def _first_broken(self, checks: list[_Check], is_new: int, states: tuple[str, ...]) -> tuple[Update, ...]:
        """The first broken check of the list, into some of the states."""
        site, graph = self._site, self._site.graph
        found = {"code": graph.number(0.0), "what": graph.number(-1.0), "value": graph.number(0.0), "when": site.time()}
        for number, check in reversed([(self._slot(check), check) for check in checks]):
            is_broken = self._is_broken(check)
            seen = {"code": graph.number(float(_FAULTS[check.limit])), "what": graph.number(float(number)), "value": check.node}
            found |= {name: graph.make("choose", is_broken, value, found[name]) for name, value in seen.items()}
        is_new = graph.make("both", is_new, graph.make("less", graph.number(-0.5), found["what"]))
        return self._chosen(is_new, {name: found[name] for name in states})

    def _chosen(self, is_new: int, values: dict[str, int]) -> tuple[Update, ...]:
        """Updates of states to values where something is new."""
        site, graph = self._site, self._site.graph
        return tuple(
            Update(self._states[name], graph.make("choose", is_new, value, site.load(self._states[name])))
            for name, value in values.items()
        )

    def _slot(self, check: _Check) -> int:
        """The number of the check's row among the program's checks."""
        return self.slots.setdefault(self._told(check), len(self.slots))

    def _told(self, check: _Check) -> CheckSlot:
        """Whose value it is, in which unit, and what may be wrong with it."""
        symbol = self._site.scope.symbols.get(check.owner.variable)
        is_whole = symbol is not None and not check.is_part and check.owner.kind == symbol.kind
        unit = symbol.unit if symbol is not None and is_whole else None
        owner, fault = check.owner, Status.NAMES[_FAULTS[check.limit]]
        place = owner.variable, ", ".join(owner.elements), owner.kind, fault
        if unit is None:
            return CheckSlot(*place, "", 1.0)
        # The digest keeps what a flow was called before it was told in the unit of its stock.
        spelled = Unit(unit.dimensions) if owner.kind == "flow" and unit.scale != 1.0 else unit
        return CheckSlot(*place, str(spelled), unit.scale, str(unit))


def _key_of(owner: Owner) -> Key:
    return owner.variable, owner.elements
