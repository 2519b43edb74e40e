"""Tree to program: names, units, order, lowering. Every static check happens on the way, and all problems come at once."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
from dataclasses import dataclass

from foedus.compile.builder import Builder
from foedus.compile.clock import Clock, clock_of, clock_of_run
from foedus.compile.dependencies import Order, references
from foedus.compile.guards import Owner
from foedus.compile.lower import memory_of
from foedus.compile.meaning import Definition, Formula, definition_of
from foedus.compile.places import CAPTURE, CHARTS, FINISH, SAVE, START, STEP
from foedus.compile.program import Block, Guard, ParameterSlot, Program, ReportSlot, SavedSlot, ScenarioSlot, Update, Watch
from foedus.compile.reduction import problems_with_later_ones
from foedus.compile.schedule import schedule
from foedus.compile.scope import Key, Scope, build_scope, spell
from foedus.constructs import CONSTRUCTS
from foedus.constructs import tree as t
from foedus.constructs.asked import Asked
from foedus.constructs.ground import coefficients
from foedus.constructs.scenario import overridden_keys
from foedus.constructs.stock import begin_stocks, carried_slot, move_stocks
from foedus.constructs.variable import prior_slot
from foedus.errors import ModelError, Problem, suggestion
from foedus.language import Source, Tree
from foedus.language.tree import UsedPart
from foedus.model.kept import charted_items, is_saved_now, kept_items, saved_items
from foedus.model.parse import survey
from foedus.model.scenarios import scenario_slots
from foedus.model.settled import with_reach
from foedus.model.static import check_statically
from foedus.parts import expand
from foedus.units import Unit

__all__ = ["Options", "compile_model", "problems_of", "read_model"]


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
        keep: variables whose trajectories are kept besides: `front` (all its elements) or `front[north]`.
        reach: also work out which happenings an answer can depend on, and which answers a scenario sets itself: for runs that are shown.
        carried: stocks that begin with what a posterior says: for each a parameter (`ParameterSlot.is_start`) in place of its start.
    """

    hindcast: str = ""
    save: str = "charts"
    checks: bool = False
    end: datetime.date | None = None
    given: bool = False
    keep: tuple[str, ...] = ()
    reach: bool = True
    carried: tuple[str, ...] = ()


def read_model(source: Source | str) -> Tree:
    """The tree of a model text.

    Raises:
        ModelError: it cannot be read; with every problem of the text and of what could be read of it.
    """
    tree = expand(survey(source))
    if tree.faults is not None:
        compile_model(tree)
    return tree


def problems_of(source: Source) -> list[Problem]:
    """Everything that is wrong with a model text, in whatever step."""
    try:
        compile_model(read_model(source))
    except ModelError as error:
        return error.problems
    return []


def compile_model(tree: Tree, options: Options = Options()) -> Program:
    """Compile a tree.

    Raises:
        ModelError: with every problem that was found, in whatever step.
    """
    tree = expand(tree)
    try:
        return _compiled_once(tree, tree.source, tree.parts, options)
    except ModelError as error:
        later = functools.partial(_compiled, options=options, goes_on=True)
        raise ModelError(problems_with_later_ones(tree, error.problems, later)) from None


@functools.lru_cache(maxsize=8)
def _compiled_once(tree: Tree, source: Source, parts: tuple[UsedPart, ...], options: Options) -> Program:
    """The program of a text that is compiled again and again: a case that is loaded anew, the checks of it, a page of it.

    A tree is known by its statements. Where they stand, what of the text could not be read, and what parts they came from is no part of
    that: the text and the parts tell it here, for it is seen in warnings and refusals.
    """
    return _compiled(tree, options)


def _compiled(tree: Tree, options: Options, goes_on: bool = False) -> Program:
    """The program; with `goes_on`, only the problems of lowering count, for the others are known."""
    scope = build_scope(tree)
    clock = clock_of(scope)
    check_statically(scope)
    hindcast = _hindcast(scope, options.hindcast)
    order, start_order = Order(scope, False), Order(scope, True)
    if goes_on:
        scope.problems.found.clear()
    scope.problems.stop_if_any()
    clock = clock_of_run(scope, clock, scope.tree.all(t.Hindcast), hindcast, options.end)
    if options.save == "observed":
        clock = dataclasses.replace(clock, save_every=1)
    return _Compilation(scope, clock, order, start_order, options, hindcast).program()


def _hindcast(scope: Scope, name: str) -> t.Hindcast | None:
    known = {statement.name: statement for statement in scope.tree.all(t.Hindcast)}
    if not name:
        return None
    if name not in known:
        raise ModelError(
            Problem(
                scope.problems.source.file, 0, 0, "unknown-hindcast", f"there is no hindcast `{name}`.", suggestion(name, known)
            )
        )
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

    def __init__(
        self, scope: Scope, clock: Clock, order: Order, start_order: Order, options: Options, hindcast: t.Hindcast | None
    ) -> None:
        self.scope, self.clock, self.order, self.start_order = scope, clock, order, start_order
        self.options, self.hindcast = options, hindcast
        self.scenarios: list[t.Scenario] = []
        if hindcast is None:
            self.scenarios = [*scope.tree.all(t.Scenario), *_variants(scope)]
            forced = [check.forced(scope, number) for number, check in enumerate(scope.tree.all(t.WatchCheck)) if options.checks]
            self.scenarios += [scenario for scenario in forced if scenario is not None]
        changes = [one for one in hindcast.assignments if one.prior is None] if hindcast else []
        history = [t.Scenario("history", "", tuple(changes))] if changes else []
        self.history = history
        self._numbers: dict[str, int] = {}  # block name -> number, of blocks in which values are used
        overridden = overridden_keys(scope, [*self.scenarios, *history])
        self.builder = Builder(scope, clock.step, clock.first, clock.last, overridden, Formula, options.given)

    def program(self) -> Program:
        builder, scope = self.builder, self.scope
        self._parameters()
        self._prepare(START, self.start_order, [item.key for item in scope.items("stock")])
        begin_stocks(builder)
        self._declare_laws()
        builder.guards.declare()
        asked = Asked(builder)
        for question in [] if self.hindcast else scope.tree.all(t.Question):
            question.answer(asked)
        slots = scenario_slots(builder, [*self.scenarios, *self.history], self._baseline())
        scope.problems.stop_if_any()
        if self.options.reach:
            asked.results, slots = with_reach(scope, asked.results, slots, self.scenarios, self.order.keys)
        self._prepare(STEP, self.order, self.order.keys)
        move_stocks(builder)
        guards = [guard for law in builder.laws_of("event", "treaty", "decision") for guard in law.finish()]
        asked.finish()
        reports = self._watched() if self.options.checks else []
        blocks = [*self._blocks(asked), *self._watched_charts()]
        saved = self._saved()
        with builder.at_block(STEP):
            memory_of(builder).finish()
            asked.cross()
            levels = [(item, builder.value(item.key)) for item in scope.items("stock")]
        watch = builder.guards.finish(self.order.keys, levels)
        watch = dataclasses.replace(watch, shown=self._shown())
        blocks = [block for block in map(self._guarded, blocks) if block.updates or block.watched]
        reports += self._reports()
        scope.problems.stop_if_any()
        return self._assembled(slots, blocks, guards, saved, asked, reports, watch)

    def _declare_laws(self) -> None:
        """Make the laws of what happens, before anything reads their states."""
        for construct in CONSTRUCTS.values():
            for kind in construct.kinds:
                for item in self.scope.items(kind.kind) if issubclass(kind, Definition) else ():
                    law = definition_of(item).law(self.builder, item)
                    if law is not None:
                        self.builder.laws[item.key] = law

    def _baseline(self) -> t.Baseline | None:
        found = self.scope.tree.all(t.Baseline)
        return found[0] if found else None

    def _prepare(self, block: int, order: Order, roots: list[Key]) -> None:
        """Compute the elements that some roots need, arguments first, so that no chain is followed by recursion."""
        with self.builder.at_block(block):
            for key in order.closure(roots):
                if key[0] in self.scope.chances.values():
                    continue  # read where the treaty is: the numbers of values stay what they were before it had a name
                if self.scope.symbols[key[0]].kind not in (
                    "treaty",
                    "decision",
                    "event" if block == START else "",
                ):
                    self.builder.prepared(key)

    # --- inputs

    def _parameters(self) -> None:
        replaced: dict[Key, ParameterSlot] = {}  # by what was believed in the past
        for assignment in self.hindcast.assignments if self.hindcast else ():
            if assignment.prior is not None:
                item = self.scope.resolve(assignment.target, {})
                if item is not None and item.statement.kind == "param":
                    replaced[item.key] = prior_slot(self.scope, item, assignment.prior, assignment.because)
        for item in self.scope.items("param", "lever"):
            slot = replaced[item.key] if item.key in replaced else definition_of(item).input(self.builder, item)
            if slot is not None:
                self.builder.parameter_of[item.key] = len(self.builder.parameters)
                self.builder.parameters.append(slot)
        for item in self.scope.items("stock") if self.options.carried else ():
            if spell(item.key) in self.options.carried:
                self.builder.start_of[item.key] = len(self.builder.parameters)
                self.builder.parameters.append(carried_slot(self.scope, item))

    # --- blocks, trajectories, figures to report

    def _blocks(self, asked: Asked) -> list[Block]:
        laws = list(enumerate(self.builder.laws_of("noise", "decision"), start=1))
        for number, law in laws:
            self._prepare(
                number, self.order, [key for one in law.considers() for key in references(self.scope, one, law.item.binding)]
            )
        blocks = {number: law.block(number) for number, law in laws}
        self._numbers |= {
            block.name: number for number, block in blocks.items() if block is not None and dict(laws)[number].considers()
        }
        found = _merged([block for block in blocks.values() if block is not None])
        keys = [key for expression in asked.reads() for key in references(self.scope, expression, {})]
        self._prepare(CAPTURE, self.order, keys)
        block = asked.block()
        self._numbers["questions"] = CAPTURE
        return [*found, block] if block is not None else found

    def _guarded(self, block: Block) -> Block:
        """The block, with the guards of what is used in it."""
        number = self._numbers.get(block.name)
        if number is None:
            return block
        watched, quick = self.builder.guards.block_updates(number, self.order.keys)
        return dataclasses.replace(block, watched=watched, quick=quick if number != CHARTS else ())

    def _shown(self) -> Guard | None:
        """What tells that a charted value is broken, where the step is one that the text says is saved."""
        if "charts" not in self._numbers:
            return None
        return self.builder.guards.shown(
            CHARTS, self.order.keys, is_saved_now(self.builder, self.clock.first, self.clock.save_every)
        )

    def _watched_charts(self) -> list[Block]:
        """What charts and series show must be numbers at the moments that the text says are saved, whatever is kept of them."""
        items = [item for item in charted_items(self.scope) if self.scope.symbols[item.key[0]].kind != "stock"]
        self._prepare(CHARTS, self.order, [item.key for item in items])
        with self.builder.at_block(CHARTS), self.builder.guards.on_behalf(Owner("chart", "chart")):
            for item in items:
                self.builder.value(item.key)
        self._numbers["charts"] = CHARTS
        block = Block("charts", self.clock.save_every, self.clock.first, self.clock.first, self.clock.last, ())
        return [block] if items else []

    def _saved(self) -> list[SavedSlot]:
        wanted = (*saved_items(self.scope, self.options.save), *kept_items(self.scope, self.options.keep))
        items = list({item.key: item for item in wanted}.values())
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

    def _watched(self) -> list[ReportSlot]:
        """Figures about the checks: of each kind, by its number in the text."""
        watched = [
            slot for number, check in enumerate(self.scope.tree.all(t.WatchCheck)) for slot in check.watch(self.builder, number)
        ]
        conserved = [
            slot
            for number, check in enumerate(self.scope.tree.all(t.ConserveCheck))
            for slot in check.watch(self.builder, number)
        ]
        return watched + conserved

    def _reports(self) -> list[ReportSlot]:
        builder, found = self.builder, []
        with builder.at_block(FINISH):
            found += [ReportSlot("failure", "", "", stage, value) for stage, value in builder.guards.found().items()]
            found += [slot for law in builder.laws_of("event", "treaty", "decision") for slot in law.tell()]
        return found

    # --- together

    def _assembled(
        self,
        slots: list[ScenarioSlot],
        blocks: list[Block],
        guards: list[Guard],
        saved: list[SavedSlot],
        asked: Asked,
        reports: list[ReportSlot],
        watch: Watch,
    ) -> Program:
        builder, scope, model = self.builder, self.scope, self.scope.tree.model
        if model.method == "rk4":
            _refuse_jumps(scope, builder)
        correlations = coefficients(builder)
        scope.problems.stop_if_any()
        states = [dataclasses.replace(state, update=state.update) for state in builder.states]
        plan = schedule(
            builder.graph, states, builder.rings, blocks, guards, saved, asked.results, reports, watch, builder.guards.first_node
        )
        program = Program(
            name=model.name,
            title=model.title,
            as_of=model.as_of,
            steps=self.clock.last - self.clock.first,
            first_step=self.clock.first,
            step=self.clock.step,
            time_unit=scope.units.time_unit,
            save_every=self.clock.save_every,
            method=model.method,
            nodes=tuple(builder.graph.nodes),
            parameters=tuple(builder.parameters),
            correlations=correlations,
            states=tuple(states),
            checks=tuple(builder.guards.slots),
            watch=watch,
            rings=tuple(builder.rings),
            streams=tuple(builder.streams),
            overrides=tuple(builder.overrides),
            scenarios=tuple(slots),
            blocks=tuple(blocks),
            guards=tuple(guards),
            saved=tuple(saved),
            results=tuple(asked.results),
            reports=tuple(reports),
            columns=plan.columns,
            constants=plan.constants,
            by_months=scope.calendar is not None and scope.calendar.by_months,
            stages=plan.stages,
            given=tuple(builder.given),
            warnings=tuple(scope.problems.warnings),
            indices=tuple(scope.indices.items()),
            over=tuple((symbol.name, symbol.indices) for symbol in scope.symbols.values() if symbol.indices),
        )
        return dataclasses.replace(program, digest=hashlib.sha256(program.canonical().encode()).hexdigest())


def _variants(scope: Scope) -> list[t.Scenario]:
    """Rival models are hidden scenarios, so that they are run on the same futures."""
    return [
        t.Scenario(f"variant {variant.name}", variant.label, variant.assignments, True, variant.at)
        for variant in scope.tree.all(t.Variant)
    ]


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
    for item in scope.items("stock"):
        if builder.is_overridden_for_a_while(item.key):
            message = f"method rk4 does not go with a stock that a scenario holds for a while: `{spell(item.key)}`."
            help = "Use `method euler`, or override what flows into it and out of it."
            scope.problems.add(item.statement.at, "rk4-with-jumps", message, help)
