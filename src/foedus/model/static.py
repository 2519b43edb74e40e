"""Checks that need no program: units of every definition, tables, actors, duplicates, conservation by structure."""

from __future__ import annotations

import math
from collections.abc import Callable

from foedus.compile.amounts import constant_in, distribution, is_bare, note_because
from foedus.compile.dimension import infer
from foedus.compile.kinds import Kind, expect
from foedus.compile.scope import Item, Scope
from foedus.compile.starts import check_starts
from foedus.errors import suggestion
from foedus.language import Span
from foedus.language import tree as t
from foedus.language.headline import Headline
from foedus.language.printer import print_expression
from foedus.language.reserved import output_meaning
from foedus.model.observations import observation_slots
from foedus.model.scenarios import BASELINE
from foedus.units import Unit

__all__ = ["check_statically"]


def check_statically(scope: Scope) -> None:
    """Note every problem that can be seen in the definitions themselves."""
    for symbol in scope.symbols.values():
        for item in symbol.items.values():
            _ITEM_CHECKS[symbol.kind](scope, item)
    _check_duplicates(scope)
    check_starts(scope)
    observation_slots(scope)
    _check_variants(scope)
    for statement in scope.tree.statements:
        if isinstance(statement, t.Question) and statement.given is not None:
            infer(scope, statement.given, {})
        elif isinstance(statement, t.ConserveCheck):
            _check_conservation(scope, statement)
        elif isinstance(statement, t.WatchCheck):
            for part in (statement.condition, statement.then):
                if part is not None:
                    infer(scope, part, {})
        elif isinstance(statement, t.EffectCheck):
            _check_effect(scope, statement)
        elif isinstance(statement, Headline):
            _check_headline(scope, statement)
        elif isinstance(statement, t.Chart):
            _check_names(scope, statement.names)
        elif isinstance(statement, t.Series):
            _check_names(scope, (statement.of,))
            measured = scope.symbols.get(statement.of.name)
            if measured is not None and measured.unit is not None:
                expect(scope, Kind(scope.unit(statement.unit)), measured.unit, statement.at, f"series `{statement.name}`")


def _check_names(scope: Scope, names: tuple[t.Name, ...]) -> None:
    for name in names:
        symbol = scope.symbol(name.name, name.at)
        if symbol is not None and name.subscripts:
            scope.resolve(name, {})


def _definition(scope: Scope, item: Item, expression: t.Expression) -> None:
    unit = scope.symbols[item.key[0]].unit
    found = infer(scope, expression, item.binding)
    if unit is not None and not is_bare(expression):
        expect(scope, found, unit, expression.at, f"{scope.symbols[item.key[0]].kind} `{item.key[0]}`", is_declared=True)


def _check_stock(scope: Scope, item: Item) -> None:
    stock = item.statement
    assert isinstance(stock, t.Stock)
    _definition(scope, item, stock.initial)
    if stock.within is not None:
        unit = scope.symbols[stock.name].unit or Unit()
        low, high = (constant_in(scope, end, unit, "an end of the range") for end in stock.within)
        if low >= high:
            scope.problems.add(stock.at, "empty-range", f"the range of `{stock.name}` is empty.", "Write the low end first.")


def _check_flow(scope: Scope, item: Item) -> None:
    flow = item.statement
    assert isinstance(flow, t.Flow)
    units = []
    for end in (flow.source, flow.target):
        if end is None:
            continue
        found = scope.resolve(end, item.binding, ("outside",))
        symbol = scope.symbols.get(end.name)
        if found is not None and symbol is not None and symbol.kind != "stock":
            help = "Declare it with `stock`."
            scope.problems.add(
                end.at,
                "not-a-stock",
                f"a flow goes from stock to stock; `{end.name}` is a {symbol.kind}.",
                help,
            )
        elif symbol is not None and symbol.unit is not None:
            units.append(symbol.unit)
    if len(units) == 2 and not units[0].matches(units[1]):
        message = f"flow `{flow.name}` goes from a stock in {units[0]} to one in {units[1]}."
        scope.problems.add(flow.at, "units-differ", message, "Both ends of a flow hold the same thing.")
    _definition(scope, item, flow.rate)


def _check_let(scope: Scope, item: Item) -> None:
    assert isinstance(item.statement, t.Let)
    _definition(scope, item, item.statement.value)


def _check_table(scope: Scope, item: Item) -> None:
    table = item.statement
    assert isinstance(table, t.Table)
    unit, of = scope.unit(table.unit), scope.units.time if table.of is None else scope.unit(table.of)
    if len(table.points) < 2:
        scope.problems.add(table.at, "short-table", f"table `{table.name}` needs two points or more.", "Write (x, y) (x, y).")
    before = -math.inf
    for at, y in table.points:
        infer(scope, at, {})
        x = constant_in(scope, at, of, "x of a table")
        constant_in(scope, y, unit, "y of a table")
        if x <= before:
            said = f"has the point x = {x:g} twice" if x == before else f"goes back in x: {x:g} after {before:g}"
            message = f"table `{table.name}` {said}."
            scope.problems.add(at.at, "table-not-rising", message, "Sort the points; each x once.")
        before = x


def _check_parameter(scope: Scope, item: Item) -> None:
    parameter = item.statement
    assert isinstance(parameter, t.Parameter)
    if parameter.value is not None:
        _definition(scope, item, parameter.value)
    elif parameter.prior is not None:
        unit = scope.symbols[parameter.name].unit or Unit()
        if isinstance(parameter.prior, t.ClaimsPrior) and parameter.prior.is_belief:
            expect(scope, Kind(Unit()), unit, parameter.at, f"belief `{parameter.name}`")
        distribution(scope, parameter.prior, unit)
        if not isinstance(parameter.prior, t.ClaimsPrior) and not parameter.because:
            note_because(scope, parameter.at, parameter.name)


def _check_noise(scope: Scope, item: Item) -> None:
    noise = item.statement
    assert isinstance(noise, t.Noise)
    unit = scope.symbols[noise.name].unit or Unit()
    carries = noise.distribution.family in ("normal", "uniform")
    for argument in noise.distribution.arguments:
        assert not isinstance(argument, t.FamilyPrior | t.IntervalPrior)
        found = infer(scope, argument, item.binding)
        if not is_bare(argument):
            expect(scope, found, unit if carries else Unit(), argument.at, f"noise `{noise.name}`")
    if noise.distribution.family != "uniform":
        sd = noise.distribution.arguments[1]
        if is_bare(sd) and constant_in(scope, sd, Unit(), "the spread of a noise") < 0:  # type: ignore[arg-type]
            scope.problems.add(
                sd.at,
                "bad-prior",
                f"the spread of noise `{noise.name}` is negative.",
                "Use a number above 0.",
            )
    if noise.memory is not None:
        expect(
            scope,
            infer(scope, noise.memory, item.binding),
            scope.units.time,
            noise.memory.at,
            "the memory of a noise",
        )
    if noise.distribution.above is not None or noise.distribution.below is not None:
        scope.problems.add(noise.at, "bad-noise", "a noise cannot be truncated.", "Use `clip` where it is read.")


def _check_event(scope: Scope, item: Item) -> None:
    event = item.statement
    assert isinstance(event, t.Event)
    time = scope.units.time
    if event.rate is not None:
        found = infer(scope, event.rate, item.binding)
        expect(scope, found, Unit().over(time), event.rate.at, f"the rate of event `{event.name}`")
    if event.condition is not None:
        _needs_condition(scope, event.condition, item)
    if event.chance is not None:
        expect(scope, infer(scope, event.chance, item.binding), Unit(), event.chance.at, "a chance")
        if event.rate is not None:
            scope.problems.add(
                event.at,
                "bad-event",
                "an event at a rate takes no chance.",
                "Multiply the rate by the chance.",
            )
    for moment in (event.on, event.after, event.until):
        if moment is not None:
            expect(scope, infer(scope, moment, item.binding), time, moment.at, "a moment")


def _needs_condition(scope: Scope, expression: t.Expression, item: Item) -> None:
    found = infer(scope, expression, item.binding)
    if not found.is_condition and found.unit is not None and not found.unit.is_plain:
        message = f"expected a condition, found a number in {found.unit}."
        scope.problems.add(expression.at, "not-a-condition", message, "Compare it with something: `x > 0`.")


def _known_actor(scope: Scope, name: str, item: Item) -> None:
    if scope.actors and name not in scope.actors and name not in scope.doubtful:
        near = suggestion(name, scope.actors) or f'Declare `actor {name} "…"`.'
        scope.problems.add(item.statement.at, "unknown-actor", f"`{name}` is no actor.", near)


def _check_treaty(scope: Scope, item: Item) -> None:
    treaty = item.statement
    assert isinstance(treaty, t.Treaty)
    if len(set(treaty.parties)) < 2:
        scope.problems.add(treaty.at, "bad-treaty", f"treaty `{treaty.name}` needs two parties.", "Write `between A and B`.")
    for party in treaty.parties:
        _known_actor(scope, party, item)
    for condition in (treaty.in_force, treaty.trigger):
        _needs_condition(scope, condition, item)
    if not isinstance(treaty.chance, t.Prior):  # else it is a parameter, and looked at as such
        expect(scope, infer(scope, treaty.chance, {}), Unit(), treaty.chance.at, "a chance")
    if treaty.early_chance is not None:
        expect(scope, infer(scope, treaty.early_chance, {}), Unit(), treaty.early_chance.at, "a chance")
    if treaty.delay is not None:
        expect(scope, infer(scope, treaty.delay, {}), scope.units.time, treaty.delay.at, "a delay")


def _check_decision(scope: Scope, item: Item) -> None:
    decision = item.statement
    assert isinstance(decision, t.Decision)
    _known_actor(scope, decision.actor, item)
    names = [option.name for option in decision.options]
    if len(set(names)) != len(names):
        scope.problems.add(decision.at, "duplicate-name", f"decision `{decision.name}` names an option twice.", "Rename one.")
    for option in decision.options:
        expect(
            scope,
            infer(scope, option.utility, {}),
            Unit(),
            option.utility.at,
            f"the utility of `{option.name}`",
        )
    if decision.condition is not None:
        _needs_condition(scope, decision.condition, item)
    for moment in (decision.start, decision.until):
        if moment is not None:
            expect(scope, infer(scope, moment, {}), scope.units.time, moment.at, "a moment")


def _check_lever(scope: Scope, item: Item) -> None:
    lever = item.statement
    assert isinstance(lever, t.Lever)
    unit = scope.symbols[lever.name].unit or Unit()
    low, high = (constant_in(scope, end, unit, "an end of a lever") for end in (lever.low, lever.high))
    if low >= high:
        scope.problems.add(lever.at, "empty-range", f"lever `{lever.name}` has an empty range.", "Write the low end first.")
    names = [position.name for position in lever.positions]
    if len(set(names)) != len(names):
        scope.problems.add(lever.at, "duplicate-name", f"lever `{lever.name}` names a position twice.", "Rename one.")
    values: list[tuple[t.Expression, str]] = [(lever.default, "the default")] if lever.default is not None else []
    values += [
        (place.value, f"position `{place.name}`") for place in lever.positions if not isinstance(place.value, t.ClaimsPrior)
    ]
    for expression, what in values:
        value = constant_in(scope, expression, unit, what)
        if value < low or value > high:
            message = f"{what} of lever `{lever.name}` lies outside its range."
            scope.problems.add(expression.at, "out-of-range", message, f"Choose a value from {low:g} to {high:g}.")


_ITEM_CHECKS: dict[str, Callable[[Scope, Item], None]] = {
    "stock": _check_stock, "flow": _check_flow, "let": _check_let, "table": _check_table, "param": _check_parameter,
    "noise": _check_noise, "event": _check_event, "treaty": _check_treaty, "decision": _check_decision, "lever": _check_lever,
}  # fmt: skip


def _check_duplicates(scope: Scope) -> None:
    """Nothing is said twice: of two statements of one name, neither may win in silence."""
    for kinds, what in (
        ((t.Question,), "question"),
        ((t.Scenario, t.Baseline), "scenario"),
        ((t.Hindcast,), "hindcast"),
        ((t.Series,), "series"),
        ((t.Variant,), "variant"),
    ):
        _refuse_second(scope, [(statement.name, statement.at) for statement in scope.tree.all(*kinds)], what)
    checks = [one for one in scope.tree.statements if isinstance(one, t.ConserveCheck | t.WatchCheck | t.EffectCheck)]
    _refuse_second(scope, [(check.text, check.at) for check in checks], "check")
    for second in scope.tree.all(t.Baseline)[1:]:
        scope.problems.add(second.at, "second-baseline", "the model as it stands has two names.", "Remove one `baseline`.")
    for question in scope.tree.all(t.Question):
        if what := output_meaning(question.name):
            message = f"`{question.name}` has a meaning already: it is {what}."
            scope.problems.add(question.at, "reserved-name", message, "Choose another name.")
    if not scope.tree.all(t.Baseline):
        for scenario in scope.tree.all(t.Scenario):
            if scenario.name == BASELINE:
                help = "Rename it, or name the model as it stands with `baseline NAME`."
                message = f"`{BASELINE}` is the model as it stands."
                scope.problems.add(scenario.at, "reserved-name", message, help)
    _check_correlations(scope)
    for hindcast in scope.tree.all(t.Hindcast):
        _check_priors_of(scope, hindcast)


def _check_priors_of(scope: Scope, hindcast: t.Hindcast) -> None:
    """A hindcast gives a parameter one law, or one value."""
    seen: dict[object, t.Assignment] = {}
    for assignment in hindcast.assignments:
        key = (assignment.target.name, assignment.target.subscripts)
        before = seen.setdefault(key, assignment)
        if before is not assignment and (before.prior is not None or assignment.prior is not None):
            name = print_expression(assignment.target)
            message = f"hindcast `{hindcast.name}` sets `{name}` twice."
            scope.problems.add(assignment.at, "repeated-override", message, "Keep one of the two.")


def _refuse_second(scope: Scope, found: list[tuple[str, Span]], what: str) -> None:
    seen: set[str] = set()
    for name, at in found:
        if name in seen:
            scope.problems.add(at, "duplicate-name", f"{what} `{name}` is declared twice.", "Rename one of them.")
        seen.add(name)


def _check_correlations(scope: Scope) -> None:
    """One coefficient for each pair, in whichever order it is written."""
    seen: dict[frozenset[object], t.Correlate] = {}
    for statement in scope.tree.all(t.Correlate):
        items = [scope.resolve(name, {}) for name in (statement.first, statement.second)]
        pair: frozenset[object] = frozenset(item.key for item in items if item is not None)
        before = seen.setdefault(pair, statement)
        if None in items or before is statement:
            continue
        line = scope.problems.source.place(before.at.start)[0]
        names = f"`{print_expression(statement.first)}` and `{print_expression(statement.second)}`"
        message = f"{names} are correlated in line {line} already, at {before.coefficient:g}."
        scope.problems.add(statement.at, "repeated-correlation", message, "Keep one of the two.")


def _check_variants(scope: Scope) -> None:
    """Weights are shares; what they leave is the model's own."""
    total = 0.0
    for variant in scope.tree.all(t.Variant):
        weight = constant_in(scope, variant.weight, Unit(), f"the weight of variant `{variant.name}`")
        total += weight
        if not 0 < weight < 1:
            message = f"the weight of variant `{variant.name}` is {weight:g}; it must lie between 0 and 1."
            scope.problems.add(variant.weight.at, "bad-weight", message, "Write, for example, `weight 30 %`.")
        elif total >= 1:
            message = f"the variants weigh {total:g} together and leave nothing for the model itself."
            scope.problems.add(variant.weight.at, "bad-weight", message, "Make them lighter.")
        if not variant.because:
            note_because(scope, variant.at, variant.name)


def _check_effect(scope: Scope, check: t.EffectCheck) -> None:
    scenarios = [statement.name for statement in scope.tree.all(t.Scenario)]
    questions = [statement.name for statement in scope.tree.all(t.Question)]
    for name, known, what in (
        (check.scenario, scenarios, "scenario"),
        (check.question, questions, "question"),
    ):
        if name not in known and name not in scope.doubtful:
            scope.problems.add(check.at, f"unknown-{what}", f"there is no {what} `{name}`.", suggestion(name, known))


def _check_headline(scope: Scope, headline: Headline) -> None:
    """Its scenarios and questions are there, one of the scenarios is the baseline, and there is one headline."""
    baseline = next((statement.name for statement in scope.tree.all(t.Baseline)), "baseline")
    scenarios = [baseline, *(statement.name for statement in scope.tree.all(t.Scenario))]
    questions = [statement.name for statement in scope.tree.all(t.Question)]
    names = [(name, scenarios, "scenario") for name in (headline.without, headline.as_is)]
    for name, known, what in [*names, *((name, questions, "question") for name in headline.questions)]:
        if name not in known and name not in scope.doubtful:
            scope.problems.add(headline.at, f"unknown-{what}", f"there is no {what} `{name}`.", suggestion(name, known))
    if headline.without == headline.as_is or baseline not in (headline.without, headline.as_is):
        help_text = f"Compare a scenario with the baseline `{baseline}`: differences are paired with it."
        scope.problems.add(headline.at, "bad-headline", "a headline compares one scenario with the baseline.", help_text)
    if len(set(headline.questions)) < len(headline.questions):
        scope.problems.add(headline.at, "bad-headline", "a question stands twice in the headline.", "Name each question once.")
    if next(iter(scope.tree.all(Headline))) is not headline:
        scope.problems.add(headline.at, "bad-headline", "a model has one headline; this is a second one.", "Take one of them out.")


def _check_conservation(scope: Scope, check: t.ConserveCheck) -> None:
    """Every flow at a listed stock must have both its ends in the list (outside counts when listed)."""
    unit = scope.unit(check.unit)
    listed = set(check.names)
    for name in check.names:
        symbol = scope.symbols.get(name)
        if name == "outside" or name in scope.doubtful:
            continue
        if symbol is None or symbol.kind != "stock":
            near = suggestion(name, [other for other, found in scope.symbols.items() if found.kind == "stock"])
            scope.problems.add(check.at, "not-a-stock", f"`{name}` is no stock.", near)
        elif symbol.unit is not None and not symbol.unit.matches(unit):
            message = f"`{name}` is in {symbol.unit}, not in {unit}."
            scope.problems.add(check.at, "units-differ", message, "Leave it out.")
    for flow in scope.tree.all(t.Flow):
        assert isinstance(flow, t.Flow)
        ends = {end.name if end is not None else "outside" for end in (flow.source, flow.target)}
        leaking = ends - listed
        if ends & (listed - {"outside"}) and leaking:
            message = f"flow `{flow.name}` leads to {', '.join(sorted(leaking))}, which the check does not count."
            scope.problems.add(check.at, "not-conserved", message, "Add it to the check, or mend the flow.")
