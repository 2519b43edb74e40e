"""Units of expressions: every operation has a rule, every mismatch is a problem with both units and a way out."""

from __future__ import annotations

from fractions import Fraction

from foedus.compile.kinds import ANY, CONDITION, PLAIN, UNKNOWN, Kind, expect, joined
from foedus.compile.scope import Binding, Named, Scope, Symbol
from foedus.language import tree as t
from foedus.language.builtins import BUILTINS, REDUCTIONS
from foedus.language.cursor import counted
from foedus.language.reserved import TIMES
from foedus.units import Unit

__all__ = ["infer", "same_event"]

_LARGEST_POWER = 20


def infer(scope: Scope, expression: t.Expression, binding: Binding) -> Kind:
    """The kind of an expression, with its problems noted."""
    if isinstance(expression, t.Number):
        return _number(scope, expression)
    if isinstance(expression, t.DateLiteral):
        if scope.tree.model.as_of is None:
            help = "Add `as of DATE` to the head of the model."
            scope.problems.add(expression.at, "no-dates", "a model without `as of` has no dates.", help)
        return Kind(scope.units.time)
    if isinstance(expression, t.Name):
        return _name(scope, expression, binding)
    if isinstance(expression, t.Call):
        return _call(scope, expression, binding)
    if isinstance(expression, t.Not):
        if expression.operator == "not":
            _condition(scope, expression.operand, binding)
            return CONDITION
        inner = infer(scope, expression.operand, binding)
        return PLAIN if inner.is_condition else inner
    if isinstance(expression, t.If):
        _condition(scope, expression.condition, binding)
        yes, no = infer(scope, expression.yes, binding), infer(scope, expression.no, binding)
        return joined(scope, yes, no, expression.at, "the two values of `if`")
    if isinstance(expression, t.Is):
        return _is(scope, expression)
    return _binary(scope, expression, binding)


def _number(scope: Scope, number: t.Number) -> Kind:
    if number.unit is not None:
        return Kind(scope.unit(number.unit))
    return ANY if number.value == 0 else PLAIN


def _condition(scope: Scope, expression: t.Expression, binding: Binding) -> None:
    found = infer(scope, expression, binding)
    if not found.is_condition and found.unit is not None and not found.unit.is_plain:
        help = "Compare it with something: `x > 0`."
        scope.problems.add(expression.at, "not-a-condition", f"expected a condition, found a number in {found.unit}.", help)


def _name(scope: Scope, name: t.Name, binding: Binding) -> Kind:
    if name.name in ("time", "time_step") and not name.subscripts:
        return Kind(scope.units.time)
    item = scope.resolve(name, binding)
    symbol = scope.symbols.get(name.name)
    if symbol is None or (item is None and symbol.unit is None):
        return UNKNOWN
    if symbol.kind == "event":
        return CONDITION
    if symbol.kind in ("decision", "treaty", "table"):
        ways = {
            "decision": f"`{name.name} is OPTION`",
            "treaty": f"`in_force({name.name})`",
            "table": f"`{name.name}(x)`",
        }
        scope.problems.add(
            name.at,
            "not-a-value",
            f"{symbol.kind} `{name.name}` is not a value.",
            f"Write {ways[symbol.kind]}.",
        )
        return UNKNOWN
    return UNKNOWN if symbol.unit is None else Kind(symbol.unit)


def _is(scope: Scope, expression: t.Is) -> Kind:
    symbol = scope.symbol(expression.decision, expression.at)
    if symbol is not None:
        decision = next(iter(symbol.items.values())).statement
        if symbol.kind != "decision":
            scope.problems.add(
                expression.at,
                "bad-is",
                f"`{expression.decision}` is no decision.",
                "Use `=` to compare numbers.",
            )
        elif expression.option not in (names := decision.choices) and expression.decision not in scope.doubtful:
            message = f"decision `{expression.decision}` has no option `{expression.option}`."
            scope.problems.add(expression.at, "unknown-option", message, f"Its options: {', '.join(names)}.")
    return CONDITION


def _binary(scope: Scope, expression: t.Binary, binding: Binding) -> Kind:
    operator = expression.operator
    if operator in ("and", "or"):
        _condition(scope, expression.left, binding)
        _condition(scope, expression.right, binding)
        return CONDITION
    left, right = infer(scope, expression.left, binding), infer(scope, expression.right, binding)
    if operator in ("+", "-"):
        return Kind(joined(scope, left, right, expression.at, f"`{operator}`").unit)
    if operator in ("<", "<=", ">", ">=", "=", "!="):
        joined(scope, left, right, expression.at, f"`{operator}`")
        return CONDITION
    if operator == "^":
        return _power(scope, expression, left, right)
    if operator == "*":
        return ANY if left.unit is None or right.unit is None else Kind(left.unit.times(right.unit))
    if right.unit is None:
        return ANY
    return ANY if left.unit is None else Kind(left.unit.over(right.unit))


def _power(scope: Scope, expression: t.Binary, left: Kind, right: Kind) -> Kind:
    expect(scope, right, Unit(), expression.right.at, "an exponent")
    if left.unit is not None and left.unit.is_unknown:
        return left
    if left.unit is None or left.unit.is_plain:
        return PLAIN
    if isinstance(expression.right, t.Number) and not abs(expression.right.value) <= _LARGEST_POWER:
        message = f"{left.unit} cannot be raised to a power beyond {_LARGEST_POWER}."
        scope.problems.add(expression.right.at, "bad-exponent", message, f"Divide by one {left.unit} first.")
        return PLAIN
    if isinstance(expression.right, t.Number):
        return Kind(left.unit.to_power(Fraction(expression.right.value).limit_denominator(64)))
    message = f"{left.unit} cannot be raised to a power that is not a fixed number."
    scope.problems.add(expression.at, "units-differ", message, f"Divide by one {left.unit} first.")
    return PLAIN


def same_event(argument: t.Expression) -> bool:
    """Is this something that happens: an event's name, or `decision is option`?"""
    return isinstance(argument, t.Name | t.Is)


def _is_reduction(scope: Scope, call: t.Call) -> bool:
    if call.over or call.function in ("sum", "mean", "product"):
        return True
    if call.function not in REDUCTIONS or len(call.arguments) != 1:
        return False
    return isinstance(call.arguments[0], t.Name)


def _call(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    symbol = scope.symbols.get(call.function)
    if symbol is not None and symbol.table is not None:
        return _lookup(scope, call, symbol, symbol.table, binding)
    row = BUILTINS.get(call.function)
    if row is None and call.function in scope.doubtful:
        for argument in call.arguments:
            infer(scope, argument, binding)
        return UNKNOWN
    if row is None:
        known = (*BUILTINS, *(name for name, other in scope.symbols.items() if other.kind == "table"))
        message = f"`{call.function}` is no function and no table."
        scope.problems.add(call.at, "unknown-function", message, near=(call.function, known))
        return UNKNOWN
    if not row.least <= len(call.arguments) <= row.most:
        message = f"`{call.function}` takes ({row.arguments}); found {counted(len(call.arguments), 'argument')}."
        scope.problems.add(call.at, "wrong-arguments", message, row.doc)
        return UNKNOWN
    if _is_reduction(scope, call):
        argument, bindings = scope.terms(call, binding)
        kinds = [infer(scope, argument, one) for one in bindings]
        return UNKNOWN if not kinds else PLAIN if kinds[0].is_condition else kinds[0]
    return _RULES[row.rule](scope, call, binding)


def _lookup(scope: Scope, call: t.Call, symbol: Symbol, table: Named, binding: Binding) -> Kind:
    if len(call.arguments) != 1:
        scope.problems.add(call.at, "wrong-arguments", f"table `{call.function}` takes one argument.")
        return Kind(symbol.unit)
    argument = call.arguments[0]
    wanted = table.argument_in(scope)
    expect(scope, infer(scope, argument, binding), wanted, argument.at, f"the argument of table `{call.function}`")
    return Kind(symbol.unit)


def _same(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    kinds = [infer(scope, argument, binding) for argument in call.arguments]
    whole = kinds[0]
    for kind in kinds[1:]:
        whole = joined(scope, whole, kind, call.at, f"`{call.function}`")
    return Kind(whole.unit)


def _plain(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    for argument in call.arguments:
        expect(scope, infer(scope, argument, binding), Unit(), argument.at, f"the argument of `{call.function}`")
    return PLAIN


def _root(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    found = infer(scope, call.arguments[0], binding)
    return ANY if found.unit is None else Kind(found.unit.to_power(Fraction(1, 2)))


def _quotient(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    above, below = (infer(scope, argument, binding) for argument in call.arguments[:2])
    if above.unit is None or below.unit is None:
        return ANY
    found = Kind(above.unit.over(below.unit))
    if len(call.arguments) == 3:
        joined(scope, found, infer(scope, call.arguments[2], binding), call.arguments[2].at, "`safe_divide`")
    return found


def _times(scope: Scope, call: t.Call, binding: Binding, first: int) -> None:
    for argument in call.arguments[first:]:
        expect(scope, infer(scope, argument, binding), scope.units.time, argument.at, f"a time in `{call.function}`")


def _step(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _times(scope, call, binding, 1)
    return infer(scope, call.arguments[0], binding)


def _ramp(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _times(scope, call, binding, 1)
    slope = infer(scope, call.arguments[0], binding)
    return ANY if slope.unit is None else Kind(slope.unit.times(scope.units.time))


def _happening(scope: Scope, call: t.Call, binding: Binding) -> None:
    argument = call.arguments[0]
    symbol = scope.symbols.get(argument.name) if isinstance(argument, t.Name) else None
    is_unknown = isinstance(argument, t.Name) and symbol is None and argument.name not in TIMES  # refused for that by itself
    is_event = is_unknown or (symbol is not None and symbol.kind == "event")
    if not isinstance(argument, t.Is) and not is_event:
        message = f"`{call.function}` takes an event or `decision is option`."
        scope.problems.add(argument.at, "not-an-event", message, "For any condition use `ever` or `time_since`.")
    infer(scope, argument, binding)


def _pulse(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _happening(scope, call, binding)
    return Kind(Unit().over(scope.units.time))


def _count(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _happening(scope, call, binding)
    return PLAIN


def _of_condition(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    argument = call.arguments[0]
    if call.function in ("in_force", "invoked", "honoured"):
        known = [name for name, symbol in scope.symbols.items() if symbol.kind == "treaty"]
        if isinstance(argument, t.Name) and argument.name in scope.doubtful:
            return CONDITION
        if not isinstance(argument, t.Name) or argument.name not in known:
            wanted = argument.name if isinstance(argument, t.Name) else ""
            message = f"`{call.function}` takes the name of a treaty."
            scope.problems.add(argument.at, "not-a-treaty", message, near=(wanted, known))
    else:
        _condition(scope, argument, binding)
    return CONDITION


def _time(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _condition(scope, call.arguments[0], binding)
    return Kind(scope.units.time)


def _delay(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    found = infer(scope, call.arguments[0], binding)
    expect(
        scope,
        infer(scope, call.arguments[1], binding),
        scope.units.time,
        call.arguments[1].at,
        f"the time of `{call.function}`",
    )
    start = 3 if BUILTINS[call.function].rule == "delay_n" else 2
    if start == 3:
        expect(scope, infer(scope, call.arguments[2], binding), Unit(), call.arguments[2].at, f"the order of `{call.function}`")
    if len(call.arguments) > start:
        joined(
            scope,
            found,
            infer(scope, call.arguments[start], binding),
            call.arguments[start].at,
            f"the start of `{call.function}`",
        )
    return Kind(found.unit)


def _calendar(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    _times(scope, call, binding, 0)
    if scope.tree.model.as_of is None:
        help = "Add `as of DATE` to the head of the model."
        scope.problems.add(
            call.at, "no-dates", f"`{call.function}` needs a calendar, and a model without `as of` has none.", help
        )
    return PLAIN


def _share(scope: Scope, call: t.Call, binding: Binding) -> Kind:
    if not isinstance(call.arguments[0], t.Name) or not call.arguments[0].subscripts:
        scope.problems.add(
            call.at,
            "wrong-arguments",
            "`share` takes one element of an indexed variable.",
            "Write `share(x[a])`.",
        )
    infer(scope, call.arguments[0], binding)
    return PLAIN


_RULES = {
    "same": _same,
    "plain": _plain,
    "root": _root,
    "quotient": _quotient,
    "step": _step,
    "ramp": _ramp,
    "pulse": _pulse,
    "count": _count,
    "condition": _of_condition,
    "time": _time,
    "delay": _delay,
    "delay_n": _delay,
    "share": _share,
    "reduce": _same,
    "calendar": _calendar,
}
