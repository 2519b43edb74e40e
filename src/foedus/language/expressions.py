"""Tokens to expressions, units and priors, by precedence climbing."""

from __future__ import annotations

from foedus.errors import suggestion
from foedus.language.builtins import BUILTINS, FAMILIES
from foedus.language.cursor import Clauses, Cursor, counted
from foedus.language.tree import (
    Binary,
    Call,
    ClaimsPrior,
    DateLiteral,
    Expression,
    FamilyPrior,
    If,
    IntervalPrior,
    Is,
    Name,
    Not,
    Number,
    Prior,
    Subscript,
    UnitExpression,
)
from foedus.units import PREFIXES

__all__ = ["constant", "duration", "expression", "name_with_subscripts", "number_with_unit", "prior", "unit"]

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "=": 4,
    "==": 4,
    "!=": 4,
    "<>": 4,
    "is": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "per": 6,
    "^": 8,
}
_SAME = {"==": "=", "<>": "!="}
_DEEPEST, _LONGEST, _HIGHEST = 80, 150, 180
# words that may follow a number and are no units
_CLAUSES = frozenset(
    "called to as from until before after per every memory because above below signed within by with at on in when true value given "
    "over once repeating named group discrete and or not is then else honoured obliges between hidden column of step for method save "
    "always lowers raises moves leaves against mean min max total change first default outliers delay weight".split()
)


def unit(cursor: Cursor) -> UnitExpression:
    """`person/week`, `1/shell`, `m^2`, `1`, `%`."""
    start = cursor.token.at
    factors = _unit_factor(cursor, 1)
    while cursor.sees("*", "/", "per"):
        sign = 1 if cursor.advance().text == "*" else -1
        factors += _unit_factor(cursor, sign)
    return UnitExpression(_merged(factors), start.to(cursor.last))


def _merged(factors: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    powers: dict[str, int] = {}
    for name, power in factors:
        powers[name] = powers.get(name, 0) + power
    return tuple((name, power) for name, power in powers.items() if power)


def _unit_factor(cursor: Cursor, sign: int) -> list[tuple[str, int]]:
    if cursor.takes("("):
        _enter(cursor)
        inner = unit(cursor)
        cursor.depth -= 1
        cursor.needs(")", "to close the unit")
        return [(name, sign * power) for name, power in inner.factors]
    if cursor.token.kind == "number" and cursor.token.value == 1:
        cursor.advance()
        return []
    if cursor.takes("%"):
        return [("%", sign)]
    if cursor.token.kind != "name":
        raise cursor.problem("expected-unit", f"expected a unit, found {cursor.found()}.", "Write 1 for a plain number.")
    name = cursor.advance().text
    return [(name, sign * _exponent(cursor))]


def _exponent(cursor: Cursor) -> int:
    if not cursor.takes("^"):
        return 1
    negative = cursor.takes("-")
    if cursor.token.kind != "number" or "." in cursor.token.text or len(cursor.token.text) > 2:
        raise cursor.problem("bad-exponent", f"expected a small whole number, found {cursor.found()}.", "Write m^2.")
    power = int(float(cursor.advance().text.replace("_", "")))
    return -power if negative else power


def _unit_after_number(cursor: Cursor) -> UnitExpression | None:
    """A unit that follows a number without any sign between, if there is one."""
    start = cursor.token.at
    factors: list[tuple[str, int]] = []
    is_label = cursor.begins_line() or cursor.ahead().text == ":"  # a word of the next line, or what something is called
    is_elsewhere = is_label and cursor.token.text not in cursor.units
    if cursor.sees("%") or (
        cursor.token.kind == "name"
        and cursor.token.text not in _CLAUSES
        and cursor.token.text not in cursor.variables
        and not is_elsewhere
    ):
        factors = _unit_factor(cursor, 1)
    elif cursor.token.kind == "number" and cursor.token.text == "1" and cursor.ahead().text == "/" and _is_unit(cursor, 2):
        cursor.advance()
    elif not (cursor.sees("/") and _is_unit(cursor, 1)):
        return None
    while cursor.sees("/", "*") and _is_unit(cursor, 1):
        sign = 1 if cursor.advance().text == "*" else -1
        factors += _unit_factor(cursor, sign)
    return UnitExpression(_merged(factors), start.to(cursor.last))


def _is_unit(cursor: Cursor, distance: int) -> bool:
    token = cursor.ahead(distance)
    if token.kind != "name" or token.text in cursor.variables:
        return False
    return token.text in cursor.units or any(
        token.text.startswith(prefix) and token.text[len(prefix) :] in cursor.units for prefix in PREFIXES
    )


def _per(cursor: Cursor) -> Number:
    """The unit after `per`; a sign after it goes on with the unit only when a unit follows."""
    start = cursor.token.at
    factors = _unit_factor(cursor, 1)
    while cursor.sees("/", "*") and _is_unit(cursor, 1):
        sign = 1 if cursor.advance().text == "*" else -1
        factors += _unit_factor(cursor, sign)
    found = UnitExpression(_merged(factors), start.to(cursor.last))
    return Number(1.0, found, found.at)


def number_with_unit(cursor: Cursor) -> Number:
    """`12`, `-3`, `1/8 week`, `90 %`: a constant with its unit."""
    start = cursor.token.at
    negative = cursor.takes("-")
    if cursor.token.kind != "number":
        raise cursor.problem("expected-number", f"expected a number, found {cursor.found()}.")
    value = float(cursor.advance().text.replace("_", ""))
    if cursor.sees("/") and cursor.ahead().kind == "number":
        cursor.advance()
        divisor = float(cursor.advance().text.replace("_", ""))
        if divisor == 0:
            raise cursor.problem("divided-by-zero", "this fraction divides by zero.", at=cursor.last)
        value /= divisor
    return Number(-value if negative else value, _unit_after_number(cursor), start.to(cursor.last))


def constant(cursor: Cursor) -> Number | DateLiteral:
    if cursor.token.kind == "date":
        return _date(cursor)
    return number_with_unit(cursor)


def _date(cursor: Cursor) -> DateLiteral:
    token = cursor.advance()
    return DateLiteral(token.day, token.at)


def duration(cursor: Cursor, purpose: str) -> Number:
    found = number_with_unit(cursor)
    if found.unit is None:
        raise cursor.problem("expected-unit", f"expected a unit of time {purpose}.", "Write, for example, 1 week.", cursor.last)
    return found


def expression(cursor: Cursor, least: int = 0) -> Expression:
    """An expression whose operators bind at least as tightly as `least`."""
    _enter(cursor)
    left = _operand(cursor)
    length = 0
    while cursor.token.kind in ("name", "symbol"):
        operator = cursor.token.text
        precedence = _PRECEDENCE.get(operator)
        if precedence is None or precedence < least:
            break
        length += 1
        if length > _LONGEST:
            raise cursor.problem("too-long", f"more than {_LONGEST} operations in a row.", "Split the expression with `let`.")
        left = _operation(cursor, left, operator, precedence)
    if cursor.depth == 1 and _height(left) > _HIGHEST:
        raise cursor.problem(
            "too-deep", f"the expression is more than {_HIGHEST} operations deep.", "Split it with `let`.", left.at
        )
    cursor.depth -= 1
    return left


def _height(root: Expression) -> int:
    """The longest way down from an expression, found without recursion."""
    highest, waiting = 0, [(root, 1)]
    while waiting:
        node, height = waiting.pop()
        highest = max(highest, height)
        below: tuple[Expression, ...] = ()
        if isinstance(node, Binary):
            below = (node.left, node.right)
        elif isinstance(node, Not):
            below = (node.operand,)
        elif isinstance(node, If):
            below = (node.condition, node.yes, node.no)
        elif isinstance(node, Call):
            below = node.arguments
        waiting += [(one, height + 1) for one in below]
    return highest


def _enter(cursor: Cursor) -> None:
    cursor.depth += 1
    if cursor.depth > _DEEPEST:
        cursor.depth = 0
        message = f"the expression is nested more than {_DEEPEST} levels deep."
        raise cursor.problem("too-deep", message, "Split it with `let`.")


def _operation(cursor: Cursor, left: Expression, operator: str, precedence: int) -> Expression:
    cursor.advance()
    if operator == "is":
        option = cursor.needs_name("of an option after `is`")
        if not isinstance(left, Name) or left.subscripts:
            raise cursor.problem("bad-is", "`is` stands between a decision and one of its options.", at=left.at)
        return Is(left.name, option.text, left.at.to(option.at))
    if operator == "per":
        right: Expression = _per(cursor)
    else:
        right = expression(cursor, precedence if operator == "^" else precedence + 1)
    chained = precedence == 4 and cursor.token.kind == "symbol" and _PRECEDENCE.get(cursor.token.text) == 4
    if chained:
        raise cursor.problem("chained-comparison", "comparisons cannot be chained.", "Write `a < b and b < c`.")
    return Binary(_SAME.get(operator, operator), left, right, left.at.to(cursor.last))


def _operand(cursor: Cursor) -> Expression:
    token = cursor.token
    if token.kind == "number":
        return _number(cursor)
    if token.kind == "date":
        return _date(cursor)
    if cursor.sees("-", "not", "+"):
        cursor.advance()
        operand = expression(cursor, 3 if token.text == "not" else 7)
        if token.text == "+":
            return operand
        if token.text == "-" and isinstance(operand, Number):
            return Number(-operand.value, operand.unit, token.at.to(operand.at))
        return Not(token.text, operand, token.at.to(operand.at))
    if cursor.takes("("):
        inner = expression(cursor)
        cursor.needs(")", "to close the bracket")
        return inner
    if cursor.sees("if"):
        return _if(cursor)
    if token.kind == "name":
        return _name_or_call(cursor)
    hint = "A statement must not begin inside an expression." if token.kind == "keyword" else ""
    raise cursor.problem("expected-expression", f"expected an expression, found {cursor.found()}.", hint)


def _number(cursor: Cursor) -> Number:
    token = cursor.advance()
    found = _unit_after_number(cursor)
    return Number(token.amount, found, token.at.to(cursor.last))


def _if(cursor: Cursor) -> If:
    start = cursor.advance().at
    condition = expression(cursor)
    cursor.needs("then", "after the condition")
    yes = expression(cursor)
    cursor.needs("else", "after the first value")
    no = expression(cursor)
    return If(condition, yes, no, start.to(cursor.last))


def _name_or_call(cursor: Cursor) -> Expression:
    token = cursor.token
    if cursor.ahead().kind == "symbol" and cursor.ahead().text == "(":
        cursor.advance()
        cursor.advance()
        arguments: list[Expression] = []
        over: list[str] = []
        while not cursor.sees(")"):
            arguments.append(expression(cursor))
            if cursor.takes("over"):
                over.append(cursor.needs_name("of an index after `over`").text)
                while cursor.takes(","):
                    over.append(cursor.needs_name("of an index").text)
            elif not cursor.takes(",") and not cursor.sees(")"):
                raise cursor.problem(
                    "expected",
                    f"expected `,` or `)` in the arguments of `{token.text}`, found {cursor.found()}.",
                )
        cursor.needs(")")
        return Call(token.text, tuple(arguments), tuple(over), token.at.to(cursor.last))
    return name_with_subscripts(cursor, "of a variable")


def name_with_subscripts(cursor: Cursor, purpose: str) -> Name:
    token = cursor.needs_name(purpose)
    subscripts: list[Subscript] = []
    if cursor.takes("["):
        while True:
            inner = cursor.needs_name("of an element or an index")
            if cursor.takes("("):
                argument = cursor.needs_name("of an index")
                cursor.needs(")", "after the index")
                subscripts.append(Subscript(argument.text, inner.text, inner.at.to(cursor.last)))
            else:
                subscripts.append(Subscript(inner.text, None, inner.at))
            if not cursor.takes(","):
                break
        cursor.needs("]", "to close the index")
    return Name(token.text, tuple(subscripts), token.at.to(cursor.last))


def prior(cursor: Cursor) -> Prior:
    """What stands after `~`."""
    start = cursor.token.at
    if cursor.takes("claims"):
        group = cursor.advance().text if cursor.token.kind == "string" else None
        return ClaimsPrior(group, False, start.to(cursor.last))
    if cursor.sees("belief") and cursor.ahead().kind == "string":
        cursor.advance()
        return ClaimsPrior(cursor.advance().text, True, start.to(cursor.last))
    if cursor.token.kind == "name" and cursor.ahead().text == "(" and cursor.token.text in FAMILIES:
        return _family(cursor)
    is_call = cursor.token.kind == "name" and cursor.ahead().text == "("
    if is_call and cursor.token.text not in cursor.variables and cursor.token.text not in BUILTINS:
        known = suggestion(cursor.token.text, FAMILIES) or f"Known: {', '.join(FAMILIES)}."
        raise cursor.problem("unknown-family", f"`{cursor.token.text}` is no family of distributions.", known)
    low = expression(cursor, 5)
    cursor.needs("to", "between the ends of the 90 % interval")
    high = expression(cursor, 5)
    family = None
    if cursor.takes("as"):
        family = cursor.needs_name("of a shape after `as`").text
        if family not in ("normal", "lognormal", "share", "uniform"):
            message = f"`{family}` is no shape for an interval."
            raise cursor.problem("unknown-family", message, "Use normal, lognormal, share or uniform.", cursor.last)
    above, below = _truncation(cursor)
    return IntervalPrior(low, high, family, above, below, start.to(cursor.last))


def _family(cursor: Cursor) -> FamilyPrior:
    token = cursor.advance()
    family = FAMILIES[token.text]
    cursor.needs("(")
    arguments: list[Expression | FamilyPrior | IntervalPrior] = []
    while not cursor.sees(")"):
        if token.text == "mixture" and len(arguments) % 2 == 1:
            _enter(cursor)
            component = prior(cursor)
            cursor.depth -= 1
            if isinstance(component, ClaimsPrior):
                raise cursor.problem("bad-mixture", "claims cannot be a part of a mixture.", at=component.at)
            arguments.append(component)
        else:
            arguments.append(expression(cursor))
        if not cursor.takes(",") and not cursor.sees(")"):
            raise cursor.problem("expected", f"expected `,` or `)` in `{token.text}`, found {cursor.found()}.")
    cursor.needs(")")
    is_odd = token.text in ("mixture", "choice") and len(arguments) % 2
    if not family.least <= len(arguments) <= family.most or is_odd:
        message = f"`{token.text}` takes ({family.arguments}); found {counted(len(arguments), 'argument')}."
        raise cursor.problem("wrong-arguments", message, at=token.at.to(cursor.last))
    above, below = _truncation(cursor)
    return FamilyPrior(token.text, tuple(arguments), above, below, token.at.to(cursor.last))


def _truncation(cursor: Cursor) -> tuple[Expression | None, Expression | None]:
    above = below = None
    clauses = Clauses(cursor)
    while cursor.sees("above", "below"):
        if clauses.takes("above"):
            above = expression(cursor, 5)
        elif clauses.takes("below"):
            below = expression(cursor, 5)
    return above, below
