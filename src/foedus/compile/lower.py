"""Expressions to values of the graph. Each built-in function has one rule here, under the key of its row in the language."""

from __future__ import annotations

import math
from collections.abc import Callable

from foedus.compile.amounts import constant_in, date_offset, is_bare
from foedus.compile.between import tell_if_between, tell_if_never
from foedus.compile.builder import Builder
from foedus.compile.guards import NEGATIVE_TOLERANCE
from foedus.compile.memory import Memory
from foedus.compile.scope import Binding, Item, Key
from foedus.compile.value import Value
from foedus.language import tree as t
from foedus.language.builtins import BUILTINS, REDUCTIONS
from foedus.numerics import LARGEST
from foedus.units import Unit

__all__ = ["LOWERINGS", "READINGS", "lower", "lower_condition", "lower_definition", "lower_number", "memory_of"]

_COMPARISONS = {
    "<": ("less", False),
    "<=": ("less_equal", False),
    ">": ("less", True),
    ">=": ("less_equal", True),
}
_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


def lower_number(builder: Builder, expression: t.Expression, binding: Binding) -> int:
    return builder.graph.as_number(lower(builder, expression, binding))


def lower_condition(builder: Builder, expression: t.Expression, binding: Binding) -> int:
    return builder.graph.as_condition(lower(builder, expression, binding))


def lower_definition(builder: Builder, item: Item, expression: t.Expression) -> int:
    """A definition's value; a bare number takes the declared unit."""
    if is_bare(expression):
        unit = builder.scope.symbols[item.key[0]].unit or Unit()
        return builder.graph.number(constant_in(builder.scope, expression, unit, "a definition") * unit.scale)
    return lower_number(builder, expression, item.binding)


def lower(builder: Builder, expression: t.Expression, binding: Binding) -> int:
    """The value of an expression in the block that the builder is at."""
    graph, scope = builder.graph, builder.scope
    if isinstance(expression, t.Number):
        value = expression.value * (scope.unit(expression.unit).scale if expression.unit else 1.0)
        if not abs(value) < LARGEST:
            help = "Use numbers below 1e150: products of larger ones have no end."
            scope.problems.add(expression.at, "number-too-large", f"{expression.value:g} is too large.", help)
        return graph.number(value)
    if isinstance(expression, t.DateLiteral):
        return graph.number(date_offset(scope, expression.value))
    if isinstance(expression, t.Name):
        return _name(builder, expression, binding)
    if isinstance(expression, t.Not):
        if expression.operator == "not":
            return graph.make("negation", lower_condition(builder, expression.operand, binding))
        return graph.negative(lower_number(builder, expression.operand, binding))
    if isinstance(expression, t.If):
        condition = lower_condition(builder, expression.condition, binding)
        with builder.guards.under(condition):
            yes = lower(builder, expression.yes, binding)
        with builder.guards.under(graph.make("negation", condition)):
            no = lower(builder, expression.no, binding)
        if not (graph.nodes[yes].is_condition and graph.nodes[no].is_condition):
            yes, no = graph.as_number(yes), graph.as_number(no)
        return graph.make("choose", condition, yes, no)
    if isinstance(expression, t.Is):
        return builder.laws[expression.decision, ()].chooses(expression.option).node
    if isinstance(expression, t.Call):
        return _call(builder, expression, binding)
    return _binary(builder, expression, binding)


def _name(builder: Builder, name: t.Name, binding: Binding) -> int:
    if not name.subscripts:
        if name.name == "time":
            return builder.time()
        if name.name == "time_step":
            return builder.graph.number(builder.step)
    item = builder.scope.resolve(name, binding)
    return builder.graph.number(0.0) if item is None else builder.value(item.key)


def _binary(builder: Builder, expression: t.Binary, binding: Binding) -> int:
    graph, operator = builder.graph, expression.operator
    _tell_moment(builder, expression)
    if operator in ("and", "or"):
        left = lower_condition(builder, expression.left, binding)
        with builder.guards.under(left if operator == "and" else graph.make("negation", left)):
            right = lower_condition(builder, expression.right, binding)
        return graph.make("both" if operator == "and" else "either", left, right)
    left, right = (
        lower_number(builder, expression.left, binding),
        lower_number(builder, expression.right, binding),
    )
    if operator in _COMPARISONS:
        operation, is_swapped = _COMPARISONS[operator]
        return graph.make(operation, right, left) if is_swapped else graph.make(operation, left, right)
    if operator in ("=", "!="):
        same = builder.nearly_equal(left, right) if builder.compares_nearly else graph.make("equal", left, right)
        return same if operator == "=" else graph.make("negation", same)
    if operator == "^":
        return power(builder, left, right)
    return graph.make(_ARITHMETIC["/" if operator == "per" else operator], left, right)


def _tell_moment(builder: Builder, expression: t.Binary) -> None:
    """Tell where the time is compared with a moment between two steps."""
    for clock, moment in ((expression.left, expression.right), (expression.right, expression.left)):
        if not (isinstance(clock, t.Name) and clock.name == "time" and not clock.subscripts):
            continue
        if expression.operator in _COMPARISONS:
            tell_if_between(builder, moment, "`time` is compared with", "passes it on")
        elif expression.operator in ("=", "!=") and not builder.compares_nearly:
            tell_if_never(builder, moment, "`time` is compared for equality with")


def power(builder: Builder, base: int, exponent: int) -> int:
    """Whole powers up to 8 by multiplication, halves by the square root, everything else by exp and log, all with the same meaning."""
    graph = builder.graph
    fixed = graph.constant(exponent)
    if fixed is not None and not math.isfinite(fixed):
        return graph.make("power", base, exponent)
    if fixed is not None and abs(fixed) <= 8 and fixed == int(fixed):
        total = graph.number(1.0)
        for _ in range(abs(int(fixed))):
            total = graph.make("multiply", total, base)
        return total if fixed >= 0 else graph.make("divide", graph.number(1.0), total)
    if fixed == 0.5:
        return graph.make("square_root", base)
    if fixed is not None and fixed != math.floor(fixed):  # no sign to look after: what `power` does, without asking
        with graph.saturating(base, exponent):
            return graph.make("exp", graph.make("multiply", exponent, graph.make("log", base)))
    return graph.make("power", base, exponent)


def _call(builder: Builder, call: t.Call, binding: Binding) -> int:
    symbol = builder.scope.symbols.get(call.function)
    if symbol is not None and symbol.table is not None:
        x = Value(builder.graph, lower_number(builder, call.arguments[0], binding))
        return builder.answers(symbol.items[()]).looked_up(x).node
    is_reduction = call.over or call.function in ("sum", "mean", "product")
    if not is_reduction and call.function in REDUCTIONS and len(call.arguments) == 1:
        is_reduction = isinstance(call.arguments[0], t.Name)
    if is_reduction:
        argument, bindings = builder.scope.terms(call, binding)
        return _reduce(builder, call.function, [lower_number(builder, argument, one) for one in bindings])
    return LOWERINGS[call.function](builder, call, binding)


def _reduce(builder: Builder, function: str, values: list[int]) -> int:
    graph = builder.graph
    if function in ("sum", "mean"):
        total = graph.sum(values)
        return total if function == "sum" else graph.make("divide", total, graph.number(float(max(1, len(values)))))
    operation = {"product": "multiply", "min": "minimum", "max": "maximum"}[function]
    total = values[0]
    for value in values[1:]:
        total = graph.make(operation, total, value)
    return total


Rule = Callable[[Builder, t.Call, Binding], int]


def _arguments(builder: Builder, call: t.Call, binding: Binding) -> list[int]:
    return [lower_number(builder, argument, binding) for argument in call.arguments]


def _simple(operation: str) -> Rule:
    def rule(builder: Builder, call: t.Call, binding: Binding) -> int:
        return builder.graph.make(operation, *_arguments(builder, call, binding))

    return rule


def _extreme(function: str) -> Rule:
    def rule(builder: Builder, call: t.Call, binding: Binding) -> int:
        return _reduce(builder, function, _arguments(builder, call, binding))

    return rule


def _clip(builder: Builder, call: t.Call, binding: Binding) -> int:
    x, low, high = _arguments(builder, call, binding)
    least, most = builder.graph.constant(low), builder.graph.constant(high)
    if least is not None and most is not None and least > most:
        builder.scope.problems.add(call.at, "bad-clip", "the lower bound of `clip` lies above the upper one.", "Swap them.")
    elif least is None or most is None:
        high = builder.graph.no_less(high, low, NEGATIVE_TOLERANCE)
    return builder.graph.make("minimum", builder.graph.make("maximum", x, low), high)


def _round(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    return graph.make("floor", graph.make("add", _arguments(builder, call, binding)[0], graph.number(0.5)))


def _log10(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    return graph.make("divide", graph.make("log", _arguments(builder, call, binding)[0]), graph.number(math.log(10.0)))


def _tanh(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    value = _arguments(builder, call, binding)[0]
    with graph.saturating(value):
        below = graph.make("add", graph.make("exp", graph.make("multiply", graph.number(2.0), value)), graph.number(1.0))
        return graph.make("subtract", graph.number(1.0), graph.make("divide", graph.number(2.0), below))


def _logistic(builder: Builder, call: t.Call, binding: Binding) -> int:
    return builder.graph.logistic(_arguments(builder, call, binding)[0])


def _logit(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    p = _arguments(builder, call, binding)[0]
    return graph.make("log", graph.make("divide", p, graph.make("subtract", graph.number(1.0), p)))


def _safe_divide(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    a, b, *rest = _arguments(builder, call, binding)
    otherwise = rest[0] if rest else graph.number(0.0)
    is_zero = graph.make("equal", b, graph.number(0.0))
    return graph.make(
        "choose",
        is_zero,
        otherwise,
        graph.make("divide", a, graph.make("choose", is_zero, graph.number(1.0), b)),
    )


def _step(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    height, start = _arguments(builder, call, binding)
    tell_if_between(builder, call.arguments[1], "`step` is to rise on", "rises on")
    return graph.make("choose", graph.make("less_equal", start, builder.time()), height, graph.number(0.0))


def _ramp(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    slope, start, *rest = _arguments(builder, call, binding)
    now = graph.make("minimum", builder.time(), rest[0]) if rest else builder.time()
    return graph.make("multiply", slope, graph.make("maximum", graph.make("subtract", now, start), graph.number(0.0)))


def _pulse(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    return graph.make("multiply", graph.number(1.0 / builder.step), _firings(builder, call.arguments[0], binding))


def _firings(builder: Builder, argument: t.Expression, binding: Binding) -> int:
    """How often does an event fire, or is an option chosen anew, on this step?"""
    graph = builder.graph
    if builder.is_start:
        return graph.number(0.0)
    key, option = _happening(builder, argument, binding)
    if key in builder.supposed:
        return graph.number(builder.supposed[key])
    return graph.as_number(builder.laws[key].now(option).node)


def _happening(builder: Builder, argument: t.Expression, binding: Binding) -> tuple[Key, str]:
    """The event, or the decision and its option, that `pulse` or `count` asks for."""
    if isinstance(argument, t.Is):
        return (argument.decision, ()), argument.option
    item = builder.scope.resolve(argument, binding) if isinstance(argument, t.Name) else None
    assert item is not None, "refused where units are checked"
    return item.key, ""


def _count(builder: Builder, call: t.Call, binding: Binding) -> int:
    if builder.is_start:
        return builder.graph.number(0.0)
    key, option = _happening(builder, call.arguments[0], binding)
    return builder.laws[key].count(option).node


def memory_of(builder: Builder) -> Memory:
    """What the functions that remember have made in a program."""
    return builder.shared(_memory)


def _memory(builder: Builder) -> Memory:
    return Memory(builder, lower_number, lower_condition)


def _ever(builder: Builder, call: t.Call, binding: Binding) -> int:
    return memory_of(builder).ever(call.arguments[0], binding)


def _time_since(builder: Builder, call: t.Call, binding: Binding) -> int:
    return memory_of(builder).time_since(call.arguments[0], binding)


def _treaty(builder: Builder, call: t.Call, binding: Binding) -> int:
    key, _ = _happening(builder, call.arguments[0], binding)
    return builder.laws[key].stage(call.function).node


def _smooth(order: int, is_material: bool) -> Rule:
    def rule(builder: Builder, call: t.Call, binding: Binding) -> int:
        start = call.arguments[2] if len(call.arguments) > 2 else None
        return memory_of(builder).chain(call, binding, order, start, is_material)

    return rule


def _smooth_n(is_material: bool) -> Rule:
    def rule(builder: Builder, call: t.Call, binding: Binding) -> int:
        order = builder.graph.constant(lower_number(builder, call.arguments[2], binding))
        if order is None or not 1 <= order <= 100 or order != int(order):
            help = "Write a number from 1 to 100."
            builder.scope.problems.add(
                call.arguments[2].at,
                "bad-order",
                f"the order of `{call.function}` is no fixed whole number.",
                help,
            )
            order = 1.0
        start = call.arguments[3] if len(call.arguments) > 3 else None
        return memory_of(builder).chain(call, binding, int(order), start, is_material)

    return rule


def _delay(builder: Builder, call: t.Call, binding: Binding) -> int:
    return memory_of(builder).fixed_delay(call, binding)


def _share(builder: Builder, call: t.Call, binding: Binding) -> int:
    graph = builder.graph
    name = call.arguments[0]
    if not isinstance(name, t.Name):
        return graph.number(0.0)  # refused where units are checked
    symbol = builder.scope.symbols[name.name]
    total = graph.sum([graph.as_number(builder.value(item.key)) for item in symbol.items.values()])
    part = lower_number(builder, name, binding)
    is_zero = graph.make("equal", total, graph.number(0.0))
    return graph.make("choose", is_zero, graph.number(0.0), graph.make("divide", part, total))


def _reduction_only(builder: Builder, call: t.Call, binding: Binding) -> int:
    return _reduce(builder, call.function, _arguments(builder, call, binding))


def _calendar(builder: Builder, call: t.Call, binding: Binding) -> int:
    """What the calendar says of a time: of every moment of the run, or of one that is fixed."""
    graph, calendar = builder.graph, builder.scope.calendar
    time = lower_number(builder, call.arguments[0], binding)
    fixed = graph.constant(time)
    if calendar is None or (fixed is not None and not math.isfinite(fixed)):
        return graph.number(0.0 if calendar is None else math.nan)  # there is a problem already, or there will be
    if fixed is not None:
        return graph.number(calendar.reading(call.function, fixed))
    if time != builder.time():
        help = "Write `time`, a date, or a time that is a fixed number."
        builder.scope.problems.add(
            call.arguments[0].at, "not-time", f"`{call.function}` takes the time of the step, or one moment.", help
        )
    return graph.leaf("calendar", READINGS.index(call.function), "time")


READINGS = ("month_of", "part_of_year", "weekday_of")
LOWERINGS: dict[str, Rule] = {
    "min": _extreme("min"),
    "max": _extreme("max"),
    "abs": _simple("absolute"),
    "clip": _clip,
    "floor": _simple("floor"),
    "round": _round,
    "sqrt": _simple("square_root"),
    "exp": _simple("exp"),
    "log": _simple("log"),
    "log10": _log10,
    "sin": _simple("sin"),
    "cos": _simple("cos"),
    "tanh": _tanh,
    "logistic": _logistic,
    "logit": _logit,
    "safe_divide": _safe_divide,
    "step": _step,
    "ramp": _ramp,
    "pulse": _pulse,
    "count": _count,
    "ever": _ever,
    "time_since": _time_since,
    "in_force": _treaty,
    "invoked": _treaty,
    "honoured": _treaty,
    "smooth": _smooth(1, False),
    "smooth3": _smooth(3, False),
    "smoothn": _smooth_n(False),
    "delay1": _smooth(1, True),
    "delay3": _smooth(3, True),
    "delayn": _smooth_n(True),
    "delay": _delay,
    "month_of": _calendar,
    "part_of_year": _calendar,
    "weekday_of": _calendar,
    "sum": _reduction_only,
    "mean": _reduction_only,
    "product": _reduction_only,
    "share": _share,
}
assert set(LOWERINGS) == set(BUILTINS)
