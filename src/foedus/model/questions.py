"""Questions and watched checks: what is noted while a future runs, and the number that comes out of it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from foedus.compile.amounts import step_of
from foedus.compile.crossings import Crossings
from foedus.compile.dimension import infer
from foedus.compile.guards import Owner
from foedus.compile.kinds import Kind
from foedus.compile.lower import lower_condition, lower_number
from foedus.compile.places import CAPTURE, FINISH
from foedus.compile.program import Block, ReportSlot, ResultSlot, Update
from foedus.constructs import tree as t
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["Asked", "ask_questions", "watch_checks"]


class Asked:
    """What questions need while the program is built: values caught at one step, values gathered at every step."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.caught: list[tuple[int, int, t.Expression, bool]] = []
        self.gathered: list[tuple[int, t.Question, int, int]] = []
        self.is_smooth = builder.scope.tree.model.method == "rk4"
        self._read: list[tuple[int, int, int]] = []
        self._firsts: list[tuple[int, int, int, int]] = []
        self.results: list[ResultSlot] = []
        self._catching: dict[tuple[int, t.Expression, bool], int] = {}
        self._owners: dict[int, Owner] = {}

    def catch(self, step: int, expression: t.Expression, is_condition: bool, question: t.Question) -> int:
        """A state that holds the expression as it is at a step, for a question."""
        key = (step, expression, is_condition)
        if key not in self._catching:
            slot = self.builder.state(f"caught #{len(self.caught)}", "direct", self.builder.graph.number(0.0))
            self._catching[key] = slot
            self._owners[slot] = owner_of(question)
            self.caught.append((slot, step, expression, is_condition))
        return self._catching[key]

    def gather(self, question: t.Question, first: int, last: int) -> int:
        """A state that gathers what a question asks about between two steps; of an integral, one that has it once the last is there."""
        initial = {"min": math.inf, "first": math.inf, "max": -math.inf}.get(question.measure, 0.0)
        kind = "integral" if self._is_integral(question) else "direct"
        slot = self.builder.state(f"question {question.name}", kind, self.builder.graph.number(initial))
        self.gathered.append((slot, question, first, last))
        if kind == "direct":
            return slot
        found = self.builder.state(f"question {question.name} at its end", "direct", self.builder.graph.number(0.0))
        self._owners[found] = owner_of(question)
        self._read.append((found, last, slot))
        self.builder.guards.doubt(slot)
        return found

    def _is_integral(self, question: t.Question) -> bool:
        return self.is_smooth and question.measure in ("mean", "total")

    def block(self) -> Block | None:
        """The block in which everything is caught."""
        if not (self.caught or self._read):
            return None
        builder, graph = self.builder, self.builder.graph
        updates = []
        with builder.at_block(CAPTURE):
            for slot, step, expression, is_condition in self.caught:
                is_now = graph.make("equal", builder.time(), graph.number(step * builder.step))
                with builder.guards.on_behalf(self._owners[slot], None, is_now):
                    rule = lower_condition if is_condition else lower_number
                    value = builder.guards.root(graph.as_number(rule(builder, expression, {})))
                updates.append(Update(slot, graph.make("choose", is_now, value, builder.load(slot))))
            for slot, step, integral in self._read:
                is_now = graph.make("equal", builder.time(), graph.number(step * builder.step))
                with builder.guards.on_behalf(self._owners[slot], None, is_now):
                    value = builder.guards.root(builder.load(integral))
                updates.append(Update(slot, graph.make("choose", is_now, value, builder.load(slot))))
        steps = tuple(sorted({step for _, step, _, _ in self.caught} | {step for _, step, _ in self._read}))
        return Block("questions", 1, 0, steps[0], steps[-1], tuple(updates), steps)

    def finish(self) -> None:
        """Updates of what is gathered at every step. To be called at the step block."""
        for slot, question, first, last in self.gathered:
            with self.builder.guards.on_behalf(owner_of(question)):
                rule = self._integrated if self._is_integral(question) else self._gathered
                self.builder.set_update(slot, rule(slot, question, first, last))

    def cross(self) -> None:
        """What `first time` answers under rk4, once every rate is known. To be called at the step block."""
        builder, graph = self.builder, self.builder.graph
        crossings = Crossings(builder)
        for slot, holds, inside, first in self._firsts:
            old, is_start = builder.load(slot), graph.make("less", builder.time(), graph.number((first + 0.5) * builder.step))
            since = graph.make("choose", is_start, builder.time(), crossings.since(holds))
            is_new = graph.make("both", graph.make("both", inside, holds), graph.make("equal", old, graph.number(math.inf)))
            builder.set_update(slot, graph.make("choose", is_new, since, old))

    def _integrated(self, slot: int, question: t.Question, first: int, last: int) -> int:
        """The rate of an integral, which the method adds up like that of a stock: the steps of the window as a whole, not their moments.

        A step asks at its middle and end too, and the end of the last one is no longer in the window; when the step began tells.
        """
        builder, graph = self.builder, self.builder.graph
        began, step = self._began(), builder.step
        inside = graph.make("both", graph.make("less", graph.number((first - 0.5) * step), began),
                            graph.make("less", began, graph.number((last - 0.5) * step)))  # fmt: skip
        with builder.guards.under(inside):
            value = builder.guards.root(lower_number(builder, question.expression, {}))
        return graph.make("choose", inside, value, graph.number(0.0))

    def _began(self) -> int:
        """When the present step began, also while its middle and its end are tried."""
        builder, graph, name = self.builder, self.builder.graph, "step began"
        slot = builder.state_named(name)
        if slot is None:
            slot = builder.state(name, "direct", graph.number(builder.first_step * builder.step))
            builder.set_update(slot, graph.make("add", builder.time(), graph.number(builder.step)))
        return builder.load(slot)

    def _gathered(self, slot: int, question: t.Question, first: int, last: int) -> int:
        builder, graph = self.builder, self.builder.graph
        old = builder.load(slot)
        upto = "less" if question.measure in ("mean", "total") else "less_equal"
        inside = graph.make("both", graph.make("less_equal", graph.number(first * builder.step), builder.time()),
                            graph.make(upto, builder.time(), graph.number(last * builder.step)))  # fmt: skip
        if question.measure in ("ever", "always", "first"):
            with builder.guards.under(inside):
                holds = lower_condition(builder, question.expression, {})
            if question.measure == "always":
                holds = graph.make("negation", holds)
            if question.measure == "first" and self.is_smooth:
                self._firsts.append((slot, holds, inside, first))
                return old  # until `cross`
            if question.measure == "first":
                new = graph.make("minimum", old, builder.time())
                return graph.make("choose", graph.make("both", inside, holds), new, old)
            return graph.make("choose", graph.make("both", inside, holds), graph.number(1.0), old)
        with builder.guards.under(inside):
            value = builder.guards.root(lower_number(builder, question.expression, {}))
        operation = {"min": "minimum", "max": "maximum"}.get(question.measure, "add")
        if operation == "add":
            value = graph.make("multiply", graph.number(builder.step), value)
        return graph.make("choose", inside, graph.make(operation, old, value), old)


def ask_questions(builder: Builder) -> Asked:
    """Note what each question needs; units, windows and dates are checked on the way."""
    asked = Asked(builder)
    for question in builder.scope.tree.all(t.Question):
        assert isinstance(question, t.Question)
        _ask(asked, question)
    return asked


def _ask(asked: Asked, question: t.Question) -> None:
    builder = asked.builder
    scope, step = builder.scope, builder.step
    first = step_of(scope, question.start, step, builder.first_step)
    last = step_of(scope, question.end, step, builder.last_step)
    for moment, where in ((first, question.start), (last, question.end)):
        if where is not None and not builder.first_step <= moment <= builder.last_step:
            message = f"question `{question.name}` looks at a moment outside the run."
            end = builder.last_step * step
            help = f"The run goes from 0 to {end:g} {scope.units.time_unit}s after the start. Change the date or `for …`."
            scope.problems.add(where.at, "outside-horizon", message, help)
            return
    if first >= last and question.measure not in ("true", "value", "first"):
        scope.problems.add(
            question.at,
            "empty-window",
            f"the window of question `{question.name}` is empty.",
            "Swap the dates.",
        )
        return
    kind = infer(scope, question.expression, {})
    is_condition = question.measure in ("true", "ever", "always", "first")
    if is_condition and not kind.is_condition and kind.unit is not None and not kind.unit.is_plain:
        message = f"question `{question.name}` needs a condition, found a number in {kind.unit}."
        scope.problems.add(question.expression.at, "not-a-condition", message, "Compare it with something.")
    unit = _shown_unit(builder, question, kind)
    if not scope.problems.found:
        _note(asked, question, unit, first, last)


def _shown_unit(builder: Builder, question: t.Question, kind: Kind) -> Unit:
    scope = builder.scope
    if question.measure in ("true", "ever", "always"):
        return Unit()
    if question.measure == "first":
        return scope.units.time
    found = kind.unit or Unit()
    if question.measure == "total":
        found = found.times(scope.units.time)
    if question.unit is not None:
        wanted = scope.unit(question.unit)
        if not wanted.matches(found):
            scope.problems.add(
                question.unit.at,
                "units-differ",
                f"the answer is in {found}, not in {wanted}.",
                f"Show it in {found}.",
            )
        return wanted
    if isinstance(question.expression, t.Name) and question.measure != "total":
        symbol = scope.symbols.get(question.expression.name)
        if symbol is not None and symbol.unit is not None:
            return symbol.unit
    return Unit(found.dimensions, 1.0, "")


def _note(asked: Asked, question: t.Question, unit: Unit, first: int, last: int) -> None:
    """Make the states, and the value after the run."""
    builder, graph, measure = asked.builder, asked.builder.graph, question.measure
    if measure in ("true", "value"):
        slot = asked.catch(last, question.expression, measure == "true", question)
    elif measure == "change":
        slot = asked.catch(last, question.expression, False, question)
    else:
        slot = asked.gather(question, first, last)
    before = asked.catch(first, question.expression, False, question) if measure == "change" else -1
    given = asked.catch(last, question.given, True, question) if question.given is not None else -1
    with builder.at_block(FINISH):
        value = builder.load(slot)
        if measure == "always":
            value = graph.make("subtract", graph.number(1.0), value)
        elif measure == "change":
            value = graph.make("subtract", value, builder.load(before))
        elif measure == "mean":
            value = graph.make("divide", value, graph.number((last - first) * builder.step))
        if unit.scale != 1.0:
            value = graph.make("divide", value, graph.number(unit.scale))
        if given >= 0:
            value = graph.make("choose", graph.as_condition(builder.load(given)), value, graph.number(math.nan))
    kind = "probability" if measure in ("true", "ever", "always") else "quantity"
    text = "" if kind == "probability" else str(unit)
    asked.results.append(ResultSlot(question.name, question.ask, kind, text, unit.scale, value, measure == "first", last))


def owner_of(question: t.Question) -> Owner:
    return Owner("question", question.name, (), question.at)


def watch_checks(builder: Builder) -> list[ReportSlot]:
    """States of the watched checks: was the condition ever true; was it ever true while the consequence was not."""
    graph, reports = builder.graph, []
    for number, check in enumerate(builder.scope.tree.all(t.WatchCheck)):
        assert isinstance(check, t.WatchCheck)
        builder.compares_nearly = True
        with builder.guards.on_behalf(Owner("check", check.text, (), check.at)):
            holds = lower_condition(builder, check.then, {})
            applies = graph.truth(True) if check.condition is None else lower_condition(builder, check.condition, {})
        builder.compares_nearly = False
        fails = graph.make("both", applies, graph.make("negation", holds))
        for stage, condition in (("seen", applies), ("broken", fails)):
            slot = builder.state(f"check #{number} {stage}", "direct", graph.number(0.0))
            builder.set_update(slot, graph.make("choose", condition, graph.number(1.0), builder.load(slot)))
            with builder.at_block(FINISH):
                reports.append(ReportSlot("check", str(number), check.text, stage, builder.load(slot)))
    return reports
