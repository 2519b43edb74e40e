"""Tree to program: names, units, order, lowering. Every static check happens on the way, and all problems come at once."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import math
from dataclasses import dataclass

import numpy as np

from foedus.compile.amounts import constant_in, distribution, prior_text
from foedus.compile.builder import START, STEP, Builder
from foedus.compile.dependencies import Order, references
from foedus.compile.kept import KEPT, kept_items
from foedus.compile.observations import observed_items
from foedus.compile.program import Block, ParameterSlot, Program, ReportSlot, SavedSlot, Update
from foedus.compile.questions import CAPTURE, FINISH, SAVE, Asked, ask_questions, watch_checks
from foedus.compile.scenarios import lever_default, overridden_keys, scenario_slots
from foedus.compile.schedule import schedule
from foedus.compile.scope import Item, Key, Scope, build_scope, spell
from foedus.compile.static import check_statically
from foedus.errors import ModelError, Problem
from foedus.language import Tree
from foedus.language import tree as t
from foedus.language.cursor import suggestion
from foedus.language.units import DAYS, Unit

__all__ = ["Options", "compile_model"]

MOST_STEPS = 200_000
NEGATIVE_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Options:
    """How to compile.

    Attributes:
        hindcast: name of a hindcast to run instead of the forecast, "" for the forecast.
        save: "charts" (what charts and series name; all stocks if there are none), "observed" (what `observe` names, at every
            step), "all", or "none".
        checks: watch the checks of the text while running.
        end: run to this day instead of the end that the text declares.
        given: the draws of all random streams are handed in with the inputs (`Program.given`).
        keep: variables whose trajectories are kept besides: `front` (all its elements) or `front[russia]`.
    """

    hindcast: str = ""
    save: str = "charts"
    checks: bool = False
    end: datetime.date | None = None
    given: bool = False
    keep: tuple[str, ...] = ()


def compile_model(tree: Tree, options: Options = Options()) -> Program:
    """Compile a tree.

    Raises:
        ModelError: with every problem that was found.
    """
    scope = build_scope(tree)
    scope.problems.stop_if_any()
    clock = _clock(scope)
    check_statically(scope)
    hindcast = _hindcast(scope, options.hindcast)
    order, start_order = Order(scope, False), Order(scope, True)
    scope.problems.stop_if_any()
    if hindcast is not None:
        start, end = ((day - tree.model.as_of).days / DAYS[scope.units.time_unit]  # type: ignore[operator]
                      for day in (hindcast.start, hindcast.end))  # fmt: skip
        clock = dataclasses.replace(clock, first=math.floor(start / clock.step + 1e-9), last=math.ceil(end / clock.step - 1e-9))
    if options.end is not None and tree.model.as_of is not None:
        last = math.ceil((options.end - tree.model.as_of).days / DAYS[scope.units.time_unit] / clock.step - 1e-9)
        clock = dataclasses.replace(clock, last=max(clock.first + 1, last))
    if options.save == "observed":
        clock = dataclasses.replace(clock, save_every=1)
    return _Compilation(scope, clock, order, start_order, options, hindcast).program()


@dataclass(frozen=True)
class _Clock:
    step: float
    first: int
    last: int
    save_every: int


def _clock(scope: Scope) -> _Clock:
    model, time = scope.tree.model, scope.units.time
    horizon = constant_in(scope, model.horizon, time, "the horizon")
    step = constant_in(scope, model.step, time, "the step")
    scope.problems.stop_if_any()
    if not horizon > 0 or not step > 0:
        scope.problems.add(
            model.at,
            "not-positive",
            "horizon and step must be longer than zero.",
            "Write `for 104 weeks step 1/8 week`.",
        )
    elif horizon / step > MOST_STEPS:
        message = f"the model takes {horizon / step:.3g} steps; at most {MOST_STEPS} are allowed."
        scope.problems.add(model.at, "too-many-steps", message, "Shorten the horizon or lengthen the step.")
    elif abs(round(horizon / step) * step - horizon) > 1e-6 * horizon or horizon < step:
        scope.problems.add(model.at, "not-whole-steps", "the horizon is not a whole number of steps.", "Change one of them.")
    scope.problems.stop_if_any()
    every = 1.0 if model.save_every is None else constant_in(scope, model.save_every, time, "the time between saved moments")
    if not every > 0:
        scope.problems.add(
            model.at, "not-positive", "the time between saved moments must be longer than zero.", "Write `save every week`."
        )
        scope.problems.stop_if_any()
    return _Clock(step, 0, round(horizon / step), max(1, round(every / step)))


def _hindcast(scope: Scope, name: str) -> t.Hindcast | None:
    known = {statement.name: statement for statement in scope.tree.all(t.Hindcast)}
    for statement in known.values():
        assert isinstance(statement, t.Hindcast)
        if scope.tree.model.as_of is None or statement.start >= statement.end:
            scope.problems.add(
                statement.at,
                "bad-hindcast",
                "a hindcast needs an as-of date and ends after it starts.",
                "Mend the dates.",
            )
    if not name:
        return None
    if name not in known:
        raise ModelError(Problem(scope.problems.source.file, 0, 0, "unknown-hindcast", f"there is no hindcast `{name}`.",
                                 suggestion(name, known)))  # fmt: skip
    found = known[name]
    for assignment in found.assignments:
        symbol = scope.symbols.get(assignment.target.name)
        if symbol is not None and symbol.kind == "stock":
            help = "Start the stock from a parameter, and set that."
            message = (
                f"a hindcast sets starting values, and `{assignment.target.name}` is a stock: it would be held for the whole run."
            )
            scope.problems.add(assignment.at, "unknown-target", message, help)
    return found


class _Compilation:
    """One compilation: the builder, and what is collected for the program."""

    def __init__(self, scope: Scope, clock: _Clock, order: Order, start_order: Order, options: Options,
                 hindcast: t.Hindcast | None) -> None:  # fmt: skip
        self.scope, self.clock, self.order, self.start_order = scope, clock, order, start_order
        self.options, self.hindcast = options, hindcast
        self.scenarios: list[t.Scenario] = []
        if hindcast is None:
            self.scenarios = [*scope.tree.all(t.Scenario), *_variants(scope)]
            self.scenarios += list(_forced(scope)) if options.checks else []
        changes = [one for one in hindcast.assignments if one.prior is None] if hindcast else []
        history = [t.Scenario("history", "", tuple(changes))] if changes else []
        self.history = history
        overridden = overridden_keys(scope, [*self.scenarios, *history])
        self.builder = Builder(scope, clock.step, clock.first, clock.last, overridden, options.given)

    def program(self) -> Program:
        builder, scope = self.builder, self.scope
        self._parameters()
        self._prepare(START, self.start_order, [item.key for item in scope.items("stock")])
        self._stocks()
        builder.happenings.declare()
        asked = Asked(builder) if self.hindcast else ask_questions(builder)
        slots = scenario_slots(builder, [*self.scenarios, *self.history], self._baseline())
        scope.problems.stop_if_any()
        self._prepare(STEP, self.order, self.order.keys)
        self._stock_updates()
        guards = builder.happenings.finish()
        asked.finish()
        reports = watch_checks(builder) if self.options.checks else []
        reports += self._conservation() if self.options.checks else []
        status = self._status()
        blocks = self._blocks(asked)
        saved = self._saved()
        reports += self._reports()
        with builder.at_block(STEP):
            builder.memory.finish()
        scope.problems.stop_if_any()
        return self._assembled(slots, blocks, guards, saved, asked, reports, status)

    def _baseline(self) -> t.Baseline | None:
        found = self.scope.tree.all(t.Baseline)
        return found[0] if found else None

    def _prepare(self, block: int, order: Order, roots: list[Key]) -> None:
        """Compute the elements that some roots need, arguments first, so that no chain is followed by recursion."""
        with self.builder.at_block(block):
            for key in order.closure(roots):
                if self.scope.symbols[key[0]].kind not in (
                    "treaty",
                    "decision",
                    "event" if block == START else "",
                ):
                    self.builder.value(key)

    # --- inputs

    def _parameters(self) -> None:
        replaced = {}
        for assignment in self.hindcast.assignments if self.hindcast else ():
            if assignment.prior is not None:
                item = self.scope.resolve(assignment.target, {})
                if item is not None:
                    replaced[item.key] = assignment
        for item in self.scope.items("param", "lever", "treaty"):
            slot = self._slot(item, replaced.get(item.key))
            if slot is not None:
                key = (f"{item.key[0]}_chance", ()) if isinstance(item.statement, t.Treaty) else item.key
                self.builder.parameter_of[key] = len(self.builder.parameters)
                self.builder.parameters.append(slot)

    def _slot(self, item: Item, replaced: t.Assignment | None) -> ParameterSlot | None:
        statement, scope = item.statement, self.scope
        if isinstance(statement, t.Treaty):
            if not isinstance(statement.chance, t.Prior):
                return None
            return self._prior_slot(f"{statement.name}_chance", Unit(), statement.chance, f"Chance that {statement.name} is honoured",
                                    statement.because)  # fmt: skip
        unit = scope.symbols[item.key[0]].unit
        assert unit is not None and isinstance(statement, t.Parameter | t.Lever)
        if isinstance(statement, t.Lever):
            value, claims = lever_default(scope, statement)
            base = None if value is None else value * unit.scale
            text = f'claims "{claims}"' if claims else ""
            return ParameterSlot(
                spell(item.key),
                str(unit),
                unit.scale,
                statement.label,
                statement.because,
                None,
                base,
                claims,
                True,
                text,
            )
        if replaced is not None and replaced.prior is not None:
            return self._prior_slot(spell(item.key), unit, replaced.prior, statement.label, replaced.because)
        if statement.prior is not None:
            return self._prior_slot(spell(item.key), unit, statement.prior, statement.label, statement.because)
        if not self.builder.is_overridden(item.key):
            return None
        assert statement.value is not None
        value = constant_in(scope, statement.value, unit, f"parameter `{spell(item.key)}`, which a scenario overrides,")
        return ParameterSlot(
            spell(item.key),
            str(unit),
            unit.scale,
            statement.label,
            statement.because,
            None,
            value * unit.scale,
        )

    def _prior_slot(self, name: str, unit: Unit, prior: t.Prior, label: str, because: str) -> ParameterSlot:
        claims = (prior.group or name) if isinstance(prior, t.ClaimsPrior) else ""
        law = distribution(self.scope, prior, unit)
        text, is_belief = prior_text(prior), isinstance(prior, t.ClaimsPrior) and prior.is_belief
        return ParameterSlot(name, str(unit), unit.scale, label, because, law, None, claims, False, text, is_belief)

    # --- stocks

    def _stocks(self) -> None:
        for item in self.scope.items("stock"):
            with self.builder.at_block(START):
                initial = self.builder.value(item.key)
            if self.builder.graph.nodes[initial].phase == "step":
                help = "It may use numbers, parameters and other starting values."
                self.scope.problems.add(
                    item.statement.at, "bad-start", f"the start of `{spell(item.key)}` cannot be known.", help
                )
            self.builder.state(spell(item.key), "integral", initial)

    def _stock_updates(self) -> None:
        graph = self.builder.graph
        rates: dict[Key, int] = {}
        for item in self.scope.items("flow"):
            flow = item.statement
            assert isinstance(flow, t.Flow)
            rate = graph.as_number(self.builder.value(item.key))
            for end, operation in ((flow.source, "subtract"), (flow.target, "add")):
                stock = self.scope.resolve(end, item.binding) if end is not None else None
                if stock is not None:
                    before = rates.get(stock.key)
                    if before is None:
                        rates[stock.key] = rate if operation == "add" else graph.negative(rate)
                    else:
                        rates[stock.key] = graph.make(operation, before, rate)
        for item in self.scope.items("stock"):
            slot = self.builder.state_named(spell(item.key))
            assert slot is not None
            self.builder.set_update(slot, rates.get(item.key, graph.number(0.0)))

    def _status(self) -> int:
        """The value of the status: 0 ok, 1 not finite, 2 negative stock, 3 out of range."""
        builder, graph = self.builder, self.builder.graph
        zero = graph.number(0.0)
        lowest, outside = zero, zero
        for item in self.scope.items("stock"):
            stock = item.statement
            assert isinstance(stock, t.Stock)
            level = builder.load(builder.state_named(spell(item.key)))  # type: ignore[arg-type]
            if not stock.is_signed:
                lowest = graph.make("minimum", lowest, level)
            if stock.within is not None:
                unit = self.scope.symbols[stock.name].unit or Unit()
                low, high = (graph.number(constant_in(self.scope, end, unit, "a range") * unit.scale) for end in stock.within)
                outside = graph.make("minimum", outside, graph.make("subtract", level, low))
                outside = graph.make("minimum", outside, graph.make("subtract", high, level))
        slots = []
        for name, value in (("lowest", lowest), ("outside", outside)):
            slots.append(builder.state(f"status {name}", "direct", zero))
            builder.set_update(slots[-1], graph.make("minimum", builder.load(slots[-1]), value))
        with builder.at_block(FINISH):
            finite = zero
            for index, state in enumerate(builder.states):
                if state.kind == "integral":
                    finite = graph.make("add", finite, graph.make("multiply", builder.load(index), zero))
            limit = graph.number(-NEGATIVE_TOLERANCE)
            code = graph.make("choose", graph.make("less", builder.load(slots[1]), limit), graph.number(3.0), zero)
            code = graph.make("choose", graph.make("less", builder.load(slots[0]), limit), graph.number(2.0), code)
            return graph.make("choose", graph.make("equal", finite, zero), code, graph.number(1.0))

    # --- blocks, trajectories, figures to report

    def _blocks(self, asked: Asked) -> list[Block]:
        happenings = self.builder.happenings
        for record in happenings.decisions.records.values():
            number = 1 + len(happenings.noises) + list(happenings.decisions.records.values()).index(record)
            keys = [key for option in record.statement.options for key in references(self.scope, option.utility, {})]
            keys += list(references(self.scope, record.statement.condition, {}))
            self._prepare(number, self.order, keys)
        found = _merged(happenings.blocks(1))
        keys = [key for _, _, expression, _ in asked.caught for key in references(self.scope, expression, {})]
        self._prepare(CAPTURE, self.order, keys)
        block = asked.block()
        return [*found, block] if block is not None else found

    def _saved_items(self) -> list[Item]:
        scope = self.scope
        if self.options.save == "none":
            return []
        if self.options.save == "observed":
            return observed_items(scope)
        if self.options.save == "all":
            return list(scope.items(*KEPT))
        names = [name for chart in scope.tree.all(t.Chart) for name in chart.names]
        names += [series.of for series in scope.tree.all(t.Series)]
        items: dict[Key, Item] = {}
        for name in names:
            symbol = scope.symbols[name.name]
            found = [scope.resolve(name, {})] if name.subscripts or not symbol.indices else list(symbol.items.values())
            items |= {item.key: item for item in found if item is not None}
        return list(items.values()) or list(scope.items("stock"))

    def _saved(self) -> list[SavedSlot]:
        items = list({item.key: item for item in (*self._saved_items(), *kept_items(self.scope, self.options.keep))}.values())
        self._prepare(SAVE, self.order, [item.key for item in items])
        found = []
        with self.builder.at_block(SAVE):
            for item in items:
                symbol = self.scope.symbols[item.key[0]]
                unit = symbol.unit or Unit()
                value = self.builder.graph.as_number(self.builder.value(item.key))
                label = getattr(item.statement, "label", "")
                found.append(SavedSlot(spell(item.key), str(unit), unit.scale, label, symbol.kind, value))
        return found

    def _conservation(self) -> list[ReportSlot]:
        """For each conservation check: what is in the stocks at the end, minus the start, minus what came from outside."""
        builder, graph, reports = self.builder, self.builder.graph, []
        for number, check in enumerate(self.scope.tree.all(t.ConserveCheck)):
            assert isinstance(check, t.ConserveCheck)
            net: list[int] = []
            for item in self.scope.items("flow"):
                flow = item.statement
                assert isinstance(flow, t.Flow)
                ends = [end.name if end is not None else "outside" for end in (flow.source, flow.target)]
                if "outside" in ends and (set(ends) - {"outside"}) & set(check.names):
                    rate = builder.value(item.key)
                    net.append(rate if ends[0] == "outside" else graph.negative(rate))
            came = builder.state(f"conserve #{number}", "integral", graph.number(0.0))
            builder.set_update(came, graph.sum(net))
            slots = [builder.state_named(spell(item.key)) for item in self.scope.items("stock") if item.key[0] in check.names]
            with builder.at_block(FINISH):
                end = graph.sum([builder.load(slot) for slot in slots])  # type: ignore[arg-type]
                begin = graph.sum([builder.states[slot].initial for slot in slots])  # type: ignore[index]
                gap = graph.make("subtract", graph.make("subtract", end, begin), builder.load(came))
                size = graph.make("maximum", graph.make("absolute", end), graph.number(1.0))
                gap = graph.make("divide", graph.make("absolute", gap), size)
            reports.append(ReportSlot("conserve", str(number), check.text, "gap", gap))
        return reports

    def _reports(self) -> list[ReportSlot]:
        builder, found = self.builder, []
        with builder.at_block(FINISH):
            for key, event in builder.happenings.events.records.items():
                label = getattr(event.item.statement, "label", "")
                found.append(ReportSlot("event", spell(key), label, "time", builder.load(event.time)))
            for name, treaty in builder.happenings.treaties.records.items():
                for stage in ("in_force", "invoked", "honoured"):
                    found.append(ReportSlot("treaty", name, treaty.statement.label, stage, builder.load(treaty.times[stage])))
            for name, decision in builder.happenings.decisions.records.items():
                label = decision.statement.label
                found.append(ReportSlot("decision", name, label, "considered", builder.load(decision.considered)))
                for position, option in enumerate(decision.statement.options):
                    full = f"{name}: {option.name}"
                    found.append(ReportSlot("decision", full, label, "time", builder.load(decision.times[position])))
                    found.append(ReportSlot("decision", full, label, "chance", builder.load(decision.chances[position])))
                    for text, state in decision.terms[position]:
                        found.append(ReportSlot("decision", full, label, f"term {text}", builder.load(state)))
        return found

    # --- together

    def _assembled(self, slots, blocks, guards, saved, asked, reports, status) -> Program:  # type: ignore[no-untyped-def]
        builder, scope, model = self.builder, self.scope, self.scope.tree.model
        if model.method == "rk4":
            _refuse_jumps(scope, builder)
        correlations = _correlations(scope, builder)
        scope.problems.stop_if_any()
        states = [dataclasses.replace(state, update=state.update) for state in builder.states]
        plan = schedule(builder.graph, states, builder.rings, blocks, guards, saved, asked.results, reports, status)
        program = Program(
            name=model.name, title=model.title, as_of=model.as_of, steps=self.clock.last - self.clock.first, first_step=self.clock.first,
            step=self.clock.step, time_unit=scope.units.time_unit, save_every=self.clock.save_every, method=model.method,
            nodes=tuple(builder.graph.nodes), parameters=tuple(builder.parameters), correlations=correlations, states=tuple(states),
            rings=tuple(builder.rings), streams=tuple(builder.streams), overrides=tuple(builder.overrides), scenarios=tuple(slots),
            blocks=tuple(blocks), guards=tuple(guards), saved=tuple(saved), results=tuple(asked.results), reports=tuple(reports),
            status=status, columns=plan.columns, constants=plan.constants, stages=plan.stages, given=tuple(builder.given),
            warnings=tuple(str(warning) for warning in scope.problems.warnings), indices=tuple(scope.indices.items()),
            over=tuple((symbol.name, symbol.indices) for symbol in scope.symbols.values() if symbol.indices),
        )  # fmt: skip
        text = repr(dataclasses.replace(program, warnings=(), digest=""))
        return dataclasses.replace(program, digest=hashlib.sha256(text.encode()).hexdigest())


def _variants(scope: Scope) -> list[t.Scenario]:
    """Rival models are hidden scenarios, so that they are run on the same futures."""
    return [t.Scenario(f"variant {variant.name}", variant.label, variant.assignments, True, variant.at)
            for variant in scope.tree.all(t.Variant)]  # fmt: skip


def _forced(scope: Scope) -> list[t.Scenario]:
    """For checks `when NAME = number then …`: a hidden scenario in which the name has that value."""
    found = []
    for number, check in enumerate(scope.tree.all(t.WatchCheck)):
        assert isinstance(check, t.WatchCheck)
        condition = check.condition
        if isinstance(condition, t.Binary) and condition.operator == "=" and isinstance(condition.left, t.Name) \
                and isinstance(condition.right, t.Number | t.Not):  # fmt: skip
            symbol = scope.symbols.get(condition.left.name)
            if symbol is not None and symbol.kind in ("stock", "let", "flow", "lever", "param"):
                assignment = t.Assignment(condition.left, condition.right, at=condition.at)
                found.append(t.Scenario(f"check {number}", check.text, (assignment,), True, check.at))
    return found


def _merged(blocks: list[Block]) -> list[Block]:
    """Neighbouring noise blocks of the same schedule become one: they read nothing of each other."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        same = last is not None and (last.every, last.offset, last.first, last.last) == (
            block.every,
            block.offset,
            block.first,
            block.last,
        )
        if same and last is not None and last.name.startswith("noise") and block.name.startswith("noise"):
            updates: tuple[Update, ...] = (*last.updates, *block.updates)
            found[-1] = dataclasses.replace(last, name=f"{last.name}, {block.name[6:]}", updates=updates)
        else:
            found.append(block)
    return found


def _refuse_jumps(scope: Scope, builder: Builder) -> None:
    """Runge-Kutta needs smooth right-hand sides."""
    kinds = [symbol.kind for symbol in scope.symbols.values() if symbol.kind in ("noise", "event", "treaty", "decision")]
    if kinds or builder.rings:
        what = kinds[0] if kinds else "fixed delay"
        help = "Use `method euler`."
        scope.problems.add(scope.tree.model.at, "rk4-with-jumps", f"method rk4 does not go with a {what}.", help)


def _correlations(scope: Scope, builder: Builder) -> tuple[tuple[int, int, float], ...]:
    found: list[tuple[int, int, float]] = []
    for statement in scope.tree.all(t.Correlate):
        assert isinstance(statement, t.Correlate)
        slots = []
        for name in (statement.first, statement.second):
            item = scope.resolve(name, {})
            slot = builder.parameter_of.get(item.key) if item is not None else None
            uncertain = slot is not None and (builder.parameters[slot].distribution or builder.parameters[slot].claims)
            if item is not None and not uncertain:
                scope.problems.add(name.at, "not-uncertain", f"`{name.name}` is no uncertain parameter.", "Give it a prior.")
            slots.append(slot)
        if not -1 < statement.coefficient < 1:
            message = f"a correlation lies between -1 and 1; found {statement.coefficient:g}."
            scope.problems.add(statement.at, "bad-correlation", message, "Choose a number inside.")
        elif slots[0] is not None and slots[1] is not None:
            if slots[0] == slots[1]:
                scope.problems.add(
                    statement.at,
                    "bad-correlation",
                    "a parameter cannot be correlated with itself.",
                    "Remove this.",
                )
            low, high = sorted((slots[0], slots[1]))
            found.append((low, high, statement.coefficient))
    _check_positive_definite(scope, found)
    return tuple(found)


def _check_positive_definite(scope: Scope, found: list[tuple[int, int, float]]) -> None:
    if not found:
        return
    slots = sorted({slot for first, second, _ in found for slot in (first, second)})
    matrix = np.eye(len(slots))
    for first, second, coefficient in found:
        matrix[slots.index(first), slots.index(second)] = matrix[slots.index(second), slots.index(first)] = coefficient
    if np.linalg.eigvalsh(matrix)[0] <= 1e-10:
        at = scope.tree.all(t.Correlate)[0].at
        help = "Make some of them weaker: no joint distribution has these correlations."
        scope.problems.add(
            at,
            "not-positive-definite",
            "the correlations contradict each other (not positive definite).",
            help,
        )
