"""`check`: what must hold in every future, between the scenarios, or by the structure of the model. `foedus check` runs them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.compile.checks import is_condition, is_known, refuse_second
from foedus.compile.guards import Owner
from foedus.compile.lower import lower_condition
from foedus.compile.places import FINISH
from foedus.compile.program import ReportSlot
from foedus.compile.scope import Meaning, Scope, spell
from foedus.compile.value import Value, choose
from foedus.constructs.question import Question
from foedus.constructs.scenario import Assignment, Scenario
from foedus.constructs.stock import Flow
from foedus.language.clauses import names
from foedus.language.construct import Construct, Example
from foedus.language.cursor import Cursor
from foedus.language.expressions import expression, number_with_unit, unit
from foedus.language.printer import number_text, print_expression, quoted, unit_text
from foedus.language.source import Span
from foedus.language.tree import Binary, Expression, Name, Not, Number, UnitExpression, at_nowhere

if TYPE_CHECKING:
    from foedus.compile.builder import Builder

__all__ = ["CHECK", "Check", "ConserveCheck", "EffectCheck", "WatchCheck"]

_FORCED = ("stock", "let", "flow", "lever", "param")  # what a check can make equal to a number


class Check(Meaning):
    """A check of any kind; its text says what is checked."""

    text: str

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        refuse_second(scope, ((one.text, one.at) for one in scope.tree.statements if isinstance(one, Check)), "check")


@dataclass(frozen=True)
class ConserveCheck(Check):
    """Nothing comes or goes between these stocks but through the flows between them.

    Attributes:
        unit: what is conserved.
        names: of the stocks; `outside` where what comes from there and goes there is counted.
    """

    text: str
    unit: UnitExpression
    names: tuple[str, ...]
    at: Span = at_nowhere()

    def spell(self) -> str:
        return f"check {quoted(self.text)} conserve {unit_text(self.unit)} over {', '.join(self.names)}"

    def mentions(self) -> frozenset[str]:
        return frozenset(self.names)

    def check(self, scope: Scope) -> None:
        """Every flow at a listed stock must have both its ends in the list (outside counts when listed)."""
        unit, listed = scope.unit(self.unit), set(self.names)
        for name in self.names:
            symbol = scope.symbols.get(name)
            if name == "outside" or name in scope.doubtful:
                continue
            if symbol is None or symbol.kind != "stock":
                stocks = [other for other, found in scope.symbols.items() if found.kind == "stock"]
                scope.problems.add(self.at, "not-a-stock", f"`{name}` is no stock.", near=(name, stocks))
            elif symbol.unit is not None and not symbol.unit.matches(unit):
                scope.problems.add(self.at, "units-differ", f"`{name}` is in {symbol.unit}, not in {unit}.", "Leave it out.")
        for flow in scope.tree.all(Flow):
            ends = {end.name if end is not None else "outside" for end in (flow.source, flow.target)}
            leaking = ends - listed
            if ends & (listed - {"outside"}) and leaking:
                message = f"flow `{flow.name}` leads to {', '.join(sorted(leaking))}, which the check does not count."
                scope.problems.add(self.at, "not-conserved", message, "Add it to the check, or mend the flow.")

    def watch(self, builder: Builder, number: int) -> list[ReportSlot]:
        """What is in the stocks at the end, minus the start, minus what came from outside; as a share of the whole."""
        rates = self._from_outside(builder)
        came = builder.state(f"conserve #{number}", "integral", builder.graph.number(0.0))
        builder.set_update(came, builder.graph.sum(rates))
        states = [builder.state_named(spell(item.key)) for item in builder.scope.items("stock") if item.key[0] in self.names]
        slots, graph = [state for state in states if state is not None], builder.graph
        with builder.at_block(FINISH):
            end = Value(graph, graph.sum([builder.load(slot) for slot in slots]))
            begin = Value(graph, graph.sum([builder.states[slot].initial for slot in slots]))
            gap = end - begin - Value(graph, builder.load(came))
            size = abs(end).at_least(1.0)
            return [ReportSlot("conserve", str(number), self.text, "gap", (abs(gap) / size).node)]

    def _from_outside(self, builder: Builder) -> list[int]:
        """What comes from outside per time, and minus what goes there."""
        net: list[int] = []
        for item in builder.scope.items("flow"):
            ends = [end.name if end is not None else "outside" for end in item.statement.ends]
            if "outside" in ends and (set(ends) - {"outside"}) & set(self.names):
                rate = builder.value(item.key)
                net.append(rate if ends[0] == "outside" else builder.graph.negative(rate))
        return net


@dataclass(frozen=True)
class WatchCheck(Check):
    """What must hold at every step of every future.

    Attributes:
        condition: it must hold whenever this does; None for always.
        then: what must hold.
    """

    text: str
    condition: Expression | None
    then: Expression
    at: Span = at_nowhere()

    def spell(self) -> str:
        when = "always" if self.condition is None else f"when {print_expression(self.condition)} then"
        return f"check {quoted(self.text)} {when} {print_expression(self.then)}"

    def check(self, scope: Scope) -> None:
        for part in (self.condition, self.then):
            if part is not None:
                is_condition(scope, part, {})

    def forced(self, scope: Scope, number: int) -> Scenario | None:
        """For `when NAME = number then …`: a hidden scenario in which the name has that value."""
        condition = self.condition
        if not isinstance(condition, Binary) or condition.operator != "=" or not isinstance(condition.left, Name):
            return None
        symbol = scope.symbols.get(condition.left.name)
        if symbol is None or symbol.kind not in _FORCED or not isinstance(condition.right, Number | Not):
            return None
        assignment = Assignment(condition.left, condition.right, at=condition.at)
        return Scenario(f"check {number}", self.text, (assignment,), True, self.at)

    def watch(self, builder: Builder, number: int) -> list[ReportSlot]:
        """Was the condition ever true? Was it ever true while the consequence was not?"""
        graph, reports = builder.graph, []
        builder.compares_nearly = True
        with builder.guards.on_behalf(Owner("check", self.text, (), self.at)):
            holds = Value(graph, lower_condition(builder, self.then, {}))
            applies = Value(graph, graph.truth(True) if self.condition is None else lower_condition(builder, self.condition, {}))
        builder.compares_nearly = False
        fails = applies & ~holds
        for stage, condition in (("seen", applies), ("broken", fails)):
            state = builder.state(f"check #{number} {stage}", "direct", graph.number(0.0))
            one = Value(graph, graph.number(1.0))
            builder.set_update(state, choose(condition, one, Value(graph, builder.load(state))).node)
            with builder.at_block(FINISH):
                reports.append(ReportSlot("check", str(number), self.text, stage, builder.load(state)))
        return reports


@dataclass(frozen=True)
class EffectCheck(Check):
    """What a scenario must do to the answer of a question.

    Attributes:
        scenario, question: by their names.
        direction: "raises", "lowers", "moves" or "leaves".
        margin: by how much at least, None for any; of what it leaves, by how much at most, None for not in a single future.
        against: the scenario that it is compared with; "" for the baseline.
    """

    text: str
    scenario: str
    direction: str
    question: str
    margin: Number | None
    against: str = ""
    at: Span = at_nowhere()

    def spell(self) -> str:
        margin = f" {_margin_word(self.direction)} {number_text(self.margin)}" if self.margin else ""
        against = f" against {self.against}" if self.against else ""
        return f"check {quoted(self.text)} scenario {self.scenario} {self.direction} {self.question}{margin}{against}"

    def mentions(self) -> frozenset[str]:
        return frozenset(name for name in (self.scenario, self.question, self.against) if name)

    def check(self, scope: Scope) -> None:
        known = [one.name for one in scope.tree.all(Scenario)]
        for name in (self.scenario, self.against) if self.against else (self.scenario,):
            is_known(scope, name, known, "scenario", self.at)
        is_known(scope, self.question, [one.name for one in scope.tree.all(Question)], "question", self.at)


def _margin_word(direction: str) -> str:
    return "within" if direction == "leaves" else "by"


def _parse(cursor: Cursor) -> Check:
    at = cursor.advance().at
    text = cursor.needs_string("that says what is checked")
    if cursor.takes("conserve"):
        found = unit(cursor)
        cursor.needs("over", "and the stocks")
        return ConserveCheck(text, found, names(cursor, "of a stock"), at.to(cursor.last))
    if cursor.takes("when"):
        condition = expression(cursor)
        cursor.needs("then", "and what must hold")
        return WatchCheck(text, condition, expression(cursor), at.to(cursor.last))
    if cursor.takes("always"):
        return WatchCheck(text, None, expression(cursor), at.to(cursor.last))
    if cursor.takes("scenario"):
        return _effect(cursor, text, at)
    raise cursor.problem(
        "bad-check",
        f"{cursor.found()} begins no check.",
        "Write `conserve …`, `when … then …`, `always …` or `scenario S lowers QUESTION by …`.",
    )


def _effect(cursor: Cursor, text: str, at: Span) -> EffectCheck:
    scenario = cursor.needs_name("of a scenario").text
    if not cursor.sees("lowers", "raises", "moves", "leaves"):
        raise cursor.problem("bad-check", f"expected lowers, raises, moves or leaves, found {cursor.found()}.")
    direction = cursor.advance().text
    question = cursor.needs_name("of a question").text
    margin = number_with_unit(cursor) if cursor.takes(_margin_word(direction)) else None
    against = cursor.needs_name("of the scenario to compare with").text if cursor.takes("against") else ""
    return EffectCheck(text, scenario, direction, question, margin, against, at.to(cursor.last))


_BESIDE = """\
lever aid : 1 from 0 to 2 = 1
stock men : person = 100 person
stock dead : person = 0 person
flow killed : men -> dead = (0.05 - 0.02 * aid) * men / 1 week
scenario no_aid { aid = 0 }
scenario late { aid = 0 from 2024-12-15 }
question many on 2024-12-01 value men"""
CHECK = Construct(
    "check",
    _parse,
    (Check,),
    examples=(
        Example(
            'check "nobody vanishes" conserve person over men, dead', "Whoever leaves one stock arrives at the other.", _BESIDE
        ),
        Example('check "fewer and fewer" always men <= 100 person', "At every step of every future.", _BESIDE),
        Example(
            'check "no aid, more losses" when aid = 0 then killed > 4 person/week or men < 90 person',
            "Wherever the condition holds; a hidden scenario makes it hold.",
            _BESIDE,
        ),
        Example(
            'check "aid keeps men" scenario no_aid lowers many by 1 person', "What a scenario must do to an answer.", _BESIDE
        ),
        Example(
            'check "what comes later changes nothing" scenario late leaves many',
            "A placebo: not one future may differ. `within 0.1 person` allows for a little, `against` compares with another scenario.",
            _BESIDE,
        ),
    ),
)
