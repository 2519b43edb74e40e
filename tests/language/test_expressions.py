"""Expressions: what binds how tightly, what a unit after a number is, and how a tree is printed again."""

from __future__ import annotations

import pytest

from foedus.constructs import tree as t
from foedus.errors import ModelError
from foedus.language.printer import print_expression
from foedus.model import parse

HEAD = "model m as of 2024-01-01 for 4 weeks step 1 week\nunit person, shell\nstock a : 1 = 0\nstock b : 1 = 0\nstock c : 1 = 0\n"


def expression(text: str) -> t.Expression:
    statement = parse(f"{HEAD}let x : 1 = {text}\n").statements[-1]
    assert isinstance(statement, t.Let)
    return statement.value


# text -> the same with every bracket written out
BINDING = {
    "a + b * c": "(a + (b * c))",
    "a * b + c": "((a * b) + c)",
    "a - b - c": "((a - b) - c)",
    "a / b / c": "((a / b) / c)",
    "a / b * c": "((a / b) * c)",
    "a ^ b ^ c": "(a ^ (b ^ c))",
    "-a ^ b": "(-(a ^ b))",
    "-a * b": "((-a) * b)",
    "a * -b": "(a * (-b))",
    "a ^ -b": "(a ^ (-b))",
    "a + b < c": "((a + b) < c)",
    "a < b and b < c": "((a < b) and (b < c))",
    "a or b and c": "(a or (b and c))",
    "not a and b": "((not a) and b)",
    "not a < b": "(not (a < b))",
    "a == b": "(a = b)",
    "a <> b": "(a != b)",
    "if a then b else c + 1": "(if a then b else (c + 1))",
    "if a then b else if b then c else 0": "(if a then b else (if b then c else 0))",
    "(a + b) * c": "((a + b) * c)",
    "+a": "a",
    "max(a, b + c)": "max(a, (b + c))",
    "a per week": "(a per 1 week)",
    "1/3 per month": "((1 / 3) per 1 month)",
    "a per week * b": "((a per 1 week) * b)",
    "a / 2 weeks": "(a / 2 weeks)",
    "a * 3 person/week": "(a * 3 person/week)",
    "90 %": "90 %",
    "1_000": "1000",
    "1e-5": "1e-05",
    ".5": "0.5",
    "3 person/week/shell": "3 person/week/shell",
    "2 m^2": "2 m^2",
    "2 week * person": "2 week*person",
    "5 /week": "5 /week",
    "2024-03-01": "2024-03-01",
    "time >= 2024-03-01": "(time >= 2024-03-01)",
    "front[side]": "front[side]",
    "front[enemy(side), north]": "front[enemy(side), north]",
    "sum(front[side] * a over side)": "sum((front[side] * a) over side)",
    "mean(x over side, place)": "mean(x over side, place)",
    "choice is lethal": "(choice is lethal)",
    "count(choice is lethal)": "count((choice is lethal))",
}


def in_full(found: t.Expression) -> str:
    """An expression with every bracket."""
    if isinstance(found, t.Binary):
        return f"({in_full(found.left)} {found.operator} {in_full(found.right)})"
    if isinstance(found, t.Not):
        return f"({'not ' if found.operator == 'not' else '-'}{in_full(found.operand)})"
    if isinstance(found, t.If):
        return f"(if {in_full(found.condition)} then {in_full(found.yes)} else {in_full(found.no)})"
    if isinstance(found, t.Is):
        return f"({found.decision} is {found.option})"
    if isinstance(found, t.Call):
        over = f" over {', '.join(found.over)}" if found.over else ""
        return f"{found.function}({', '.join(in_full(argument) for argument in found.arguments)}{over})"
    return print_expression(found)


@pytest.mark.parametrize(("written", "meant"), BINDING.items())
def test_operators_bind_as_the_language_says(written: str, meant: str) -> None:
    assert in_full(expression(written)) == meant


@pytest.mark.parametrize("written", BINDING)
def test_a_printed_expression_parses_to_the_same_tree(written: str) -> None:
    found = expression(written)
    assert expression(print_expression(found)) == found


def test_a_variable_after_a_number_is_no_unit() -> None:
    def value(text: str) -> object:
        return parse(HEAD + text).statements[-1].value

    as_unit = t.Number(2.0, t.UnitExpression((("shell", -1),)))
    assert value("let x : 1/shell = 2 / shell\n") == as_unit
    assert value("stock shell : 1 = 1\nlet x : 1 = 2 / shell\n") == t.Binary("/", t.Number(2.0), t.Name("shell"))


REFUSED = {
    "a < b < c": "chained-comparison",
    "a +": "expected-expression",
    "(a": "expected",
    "max(a b": "expected",
    "if a then b": "expected",
    "a[": "expected-name",
    "a b": "unexpected",
    "a + b is c": "bad-is",
    "3 person^x": "bad-exponent",
    "1e999": "number-too-large",
    "2024-02-30": "bad-date",
    '"open': "open-string",
    "a ? b": "bad-character",
    "a per 3": "expected-unit",
}


@pytest.mark.parametrize(("written", "code"), REFUSED.items())
def test_a_broken_expression_is_refused_by_its_code(written: str, code: str) -> None:
    with pytest.raises(ModelError) as caught:
        expression(written)
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.line in (6, 7)  # 7 when the text ended too soon
