"""Parsing undoes printing: on every shipped model, and on trees at random."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from foedus.constructs import tree as t
from foedus.language.printer import print_expression, print_tree
from foedus.model import parse
from helpers import SHIPPED, name_of, shipped

from .trees import EXPRESSIONS, STATEMENTS

HEAD = "model m as of 2024-01-01 for 4 weeks step 1 week\nunit person, shell\n"


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_a_shipped_model_survives_printing_and_parsing(path: Path) -> None:
    tree = parse(shipped(path))
    printed = print_tree(tree)
    assert parse(printed) == tree
    assert print_tree(parse(printed)) == printed


@settings(max_examples=400)
@given(EXPRESSIONS)
def test_an_expression_at_random_survives_printing_and_parsing(expression: t.Expression) -> None:
    text = HEAD + f"let x : 1 = {print_expression(expression)}\n"
    statement = parse(text).statements[-1]
    assert isinstance(statement, t.Let)
    assert statement.value == expression, print_expression(expression)


@settings(max_examples=400)
@given(STATEMENTS)
def test_a_statement_at_random_survives_printing_and_parsing(statement: t.Statement) -> None:
    tree = parse(HEAD)
    tree = t.Tree(tree.model, (*tree.statements, statement))
    printed = print_tree(tree)
    assert parse(printed) == tree, printed
