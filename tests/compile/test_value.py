"""Values with operators: each makes the operation that it looks like, and nothing that could be misread is there."""

from __future__ import annotations

import pytest

from foedus.compile.graph import Graph
from foedus.compile.value import Value, choose, cos, exp, log, normal_quantile, square_root, total

RULES = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: x - y,
    "multiply": lambda x, y: x * y,
    "divide": lambda x, y: x / y,
    "less": lambda x, y: x < y,
    "less_equal": lambda x, y: x <= y,
    "equal": lambda x, y: x.equals(y),
    "minimum": lambda x, y: x.at_most(y),
    "maximum": lambda x, y: x.at_least(y),
    "both": lambda x, y: (x < y) & (y < x),
    "either": lambda x, y: (x < y) | (y < x),
    "negation": lambda x, y: ~(x < y),
    "absolute": lambda x, y: abs(x),
    "floor": lambda x, y: x.floor(),
    "choose": lambda x, y: choose(x < y, x, 1.0),
    "cos": lambda x, y: cos(x),
    "exp": lambda x, y: exp(x),
    "log": lambda x, y: log(x),
    "square_root": lambda x, y: square_root(x),
    "normal_quantile": lambda x, y: normal_quantile(x),
}


def two() -> tuple[Value, Value]:
    graph = Graph()
    return tuple(Value(graph, graph.leaf("parameter", slot, "future")) for slot in (0, 1))


@pytest.mark.parametrize("operation", RULES)
def test_an_operator_makes_its_operation(operation: str) -> None:
    x, y = two()
    found = RULES[operation](x, y)
    node = found.graph.nodes[found.node]
    assert node.operation == operation
    if operation not in ("both", "either", "negation", "choose"):
        assert node.arguments == (x.node, y.node)[: len(node.arguments)]


@pytest.mark.parametrize(
    "rule, operation, first",
    [
        (lambda x: 2 + x, "add", 2.0),
        (lambda x: 2 - x, "subtract", 2.0),
        (lambda x: 2 * x, "multiply", 2.0),
        (lambda x: 2 / x, "divide", 2.0),
        (lambda x: -x, "multiply", -1.0),
    ],
)
def test_a_plain_number_may_stand_on_the_left(rule, operation: str, first: float) -> None:
    x, _ = two()
    found = rule(x)
    node = found.graph.nodes[found.node]
    assert (node.operation, found.graph.constant(node.arguments[0]), node.arguments[1]) == (operation, first, x.node)


@pytest.mark.parametrize("compared", [lambda x: x > 0.5, lambda x: x >= 0.5, lambda x: x > 0.5])
def test_a_plain_number_is_compared_with_nothing(compared) -> None:
    """Python would turn the comparison round, or take the number for a value."""
    with pytest.raises((TypeError, AttributeError)):
        compared(two()[0])


def test_a_sum_goes_from_left_to_right() -> None:
    x, y = two()
    found = total([x, y, x])
    assert found == (x + y) + x


def test_a_truth_value_is_a_number_and_back() -> None:
    x, y = two()
    assert (x < y).number.holds == (x < y)
    assert x.number == x and (x < y).holds == (x < y)


def test_what_is_known_and_what_changes() -> None:
    x, _ = two()
    assert (x.known, x.changes) == (None, False)
    assert Value(x.graph, x.graph.number(2.0)).known == 2.0
    assert Value(x.graph, x.graph.leaf("step_time", None, "time")).changes
