"""Tree to text, such that parsing the text gives the same tree. Statements spell themselves."""

from __future__ import annotations

from foedus.language import tree as t
from foedus.units import spell_factors

__all__ = [
    "clauses_text",
    "indexed_text",
    "name_text",
    "notes_text",
    "number_text",
    "print_expression",
    "print_prior",
    "print_statement",
    "print_tree",
    "quoted",
    "unit_text",
]

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "=": 4,
    "!=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "per": 6,
    "^": 8,
}


def quoted(value: str) -> str:
    """A text in quotes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unit_text(unit: t.UnitExpression) -> str:
    """`person/week`."""
    return spell_factors(unit.factors)


def number_text(number: t.Number) -> str:
    """`12 person`: a number with its unit."""
    written = repr(number.value)
    if written.endswith(".0") and abs(number.value) < 1e15:
        written = written[:-2]
    if number.unit is None:
        return written
    unit = unit_text(number.unit)
    if unit.startswith("1/"):
        unit = unit[1:]
    return f"{written} {unit}" if unit != "1" else written


def print_expression(expression: t.Expression, least: int = 0) -> str:
    """An expression as text; brackets where the context binds more tightly than `least` allows."""
    if isinstance(expression, t.Number):
        written = number_text(expression)
        tight = least > 6 if expression.unit and (expression.value >= 0) else least > 6 and expression.value < 0
        return f"({written})" if tight else written
    if isinstance(expression, t.DateLiteral):
        return expression.value.isoformat()
    if isinstance(expression, t.Name):
        return name_text(expression)
    if isinstance(expression, t.Is):
        return _bracket(f"{expression.decision} is {expression.option}", 4, least)
    if isinstance(expression, t.Call):
        inner = ", ".join(print_expression(argument) for argument in expression.arguments)
        over = f" over {', '.join(expression.over)}" if expression.over else ""
        return f"{expression.function}({inner}{over})"
    if isinstance(expression, t.Not):
        if expression.operator == "not":
            return _bracket(f"not {print_expression(expression.operand, 3)}", 3, least)
        operand = print_expression(expression.operand, 7)
        operand = f"({operand})" if isinstance(expression.operand, t.Number) and not operand.startswith("(") else operand
        return _bracket(f"-{operand}", 7, least)
    if isinstance(expression, t.If):
        parts = [print_expression(part) for part in (expression.condition, expression.yes, expression.no)]
        return f"(if {parts[0]} then {parts[1]} else {parts[2]})"
    return _binary(expression, least)


def _bracket(text: str, precedence: int, least: int) -> str:
    return f"({text})" if precedence < least else text


def _binary(expression: t.Binary, least: int) -> str:
    operator = expression.operator
    precedence = _PRECEDENCE[operator]
    if operator == "per" and isinstance(expression.right, t.Number) and expression.right.unit is not None:
        return _bracket(f"{print_expression(expression.left, 6)} per {unit_text(expression.right.unit)}", precedence, least)
    left_least = precedence if operator not in ("^",) and precedence != 4 else precedence + 1
    right_least = precedence if operator == "^" else precedence + 1
    left = print_expression(expression.left, left_least)
    if operator == "/" and isinstance(expression.left, t.Number) and expression.left.unit is None and not left.startswith("("):
        left = f"({left})" if not isinstance(expression.right, t.Number) else left
    return _bracket(f"{left} {operator} {print_expression(expression.right, right_least)}", precedence, least)


def name_text(name: t.Name) -> str:
    """`front[north]`."""
    if not name.subscripts:
        return "the end" if name.name == "end" else name.name
    inner = ", ".join(f"{part.map}({part.name})" if part.map else part.name for part in name.subscripts)
    return f"{name.name}[{inner}]"


def print_prior(prior: t.Prior) -> str:
    """A prior as it stands after `~`."""
    if isinstance(prior, t.ClaimsPrior):
        word = "belief" if prior.is_belief else "claims"
        return word if prior.group is None else f"{word} {quoted(prior.group)}"
    if isinstance(prior, t.IntervalPrior):
        text = f"{print_expression(prior.low, 5)} to {print_expression(prior.high, 5)}"
        text += f" as {prior.family}" if prior.family else ""
    else:
        parts = [
            print_prior(part) if isinstance(part, t.FamilyPrior | t.IntervalPrior) else print_expression(part)
            for part in prior.arguments
        ]
        text = f"{prior.family}({', '.join(parts)})"
    text += f" above {print_expression(prior.above, 5)}" if prior.above else ""
    return text + (f" below {print_expression(prior.below, 5)}" if prior.below else "")


def indexed_text(name: str, indices: tuple[str, ...]) -> str:
    """`front[side]`: a name with the indices that it is defined over."""
    return f"{name}[{', '.join(indices)}]" if indices else name


def notes_text(label: str, because: str = "") -> str:
    """A label and a reason, as they trail a statement; nothing for those that are missing."""
    return (f" {quoted(label)}" if label else "") + (f" because {quoted(because)}" if because else "")


def clauses_text(*pairs: tuple[str, t.Expression | None]) -> str:
    """Clauses by the words that begin them; nothing for those that are missing."""
    return "".join(f" {word} {print_expression(found, 5)}" for word, found in pairs if found is not None)


def _head(model: t.Model) -> str:
    parts = [
        f"model {model.name}",
        quoted(model.title) if model.title else "",
        f"as of {model.as_of}" if model.as_of else "",
        f"for {number_text(model.horizon)}",
        f"step {number_text(model.step)}",
        "discrete" if model.is_discrete else "",
        f"method {model.method}",
        f"save every {number_text(model.save_every)}" if model.save_every else "",
    ]
    return " ".join(part for part in parts if part)


def print_statement(statement: t.Statement | t.Model) -> str:
    """One statement, or the head, as text."""
    return _head(statement) if isinstance(statement, t.Model) else statement.spell()


def print_tree(tree: t.Tree) -> str:
    """A whole tree as text; mechanisms, which stand in files of their own, are left out."""
    own = (statement.spell() for statement in tree.statements if not isinstance(statement, t.Enclosing))
    return "\n".join([_head(tree.model), *own]) + "\n"
