"""Starting values and the arguments of noises come before anything is drawn: what they may not read."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.compile.dependencies import references
from foedus.compile.scope import Binding, Item, Key, Scope, spell
from foedus.language import tree as t

__all__ = ["check_starts"]

_LATE = {"noise": "noise", "event": "event", "treaty": "treaty", "decision": "decision"}


def check_starts(scope: Scope) -> None:
    """Note each starting value, and each argument of a noise, that reads what is drawn only once the run has begun."""
    for item in scope.items("stock"):
        assert isinstance(item.statement, t.Stock)
        help = "A starting value may use numbers, parameters and other starting values."
        _check(scope, item, item.statement.initial, f"the start of `{spell(item.key)}`", "bad-start", help)
    for item in scope.items("noise"):
        noise = item.statement
        assert isinstance(noise, t.Noise)
        for expression in (*noise.distribution.arguments, noise.memory):
            if expression is not None and not isinstance(expression, t.FamilyPrior | t.IntervalPrior):
                what = f"an argument of noise `{spell(item.key)}`"
                _check(scope, item, expression, what, "not-constant", "Use numbers and parameters.")


def _check(scope: Scope, item: Item, expression: t.Expression, what: str, code: str, help: str) -> None:
    found = _late_reading(scope, expression, item.binding)
    if found is not None:
        kind, name, through = found
        way = f" (through `{through}`)" if through else ""
        scope.problems.add(expression.at, code, f"{what} reads {kind} `{name}`{way}, and nothing is drawn before the run begins.", help)


def _late_reading(scope: Scope, expression: t.Expression, binding: Binding) -> tuple[str, str, str] | None:
    """What is drawn later and read by an expression: its kind, its name, and the definition in between, if there is one."""
    seen: set[Key] = set()
    waiting: list[tuple[t.Expression, Binding, str]] = [(expression, binding, "")]
    while waiting:
        current, bound, through = waiting.pop()
        for kind, name in _drawn(scope, current):
            return kind, name, through
        for key in references(scope, current, bound, at_start=True):
            symbol = scope.symbols.get(key[0])
            if symbol is None or key in seen:
                continue
            seen.add(key)
            if symbol.kind in _LATE:
                return _LATE[symbol.kind], spell(key), through
            item = symbol.items.get(key[1])
            below = None if item is None else _start_of(item.statement)
            if item is not None and below is not None:
                waiting.append((below, item.binding, through or spell(key)))
    return None


def _start_of(statement: t.Statement) -> t.Expression | None:
    """The expression that gives a definition its value before the run."""
    if isinstance(statement, t.Stock):
        return statement.initial
    if isinstance(statement, t.Flow):
        return statement.rate
    return statement.value if isinstance(statement, t.Let | t.Parameter) else None


def _drawn(scope: Scope, expression: t.Expression) -> Iterator[tuple[str, str]]:
    """The decisions that an expression looks at, outside of what counts as nothing before the run."""
    waiting: list[t.Expression] = [expression]
    while waiting:
        node = waiting.pop()
        if isinstance(node, t.Is):
            if node.decision in scope.symbols:
                yield "decision", node.decision
        elif isinstance(node, t.Binary):
            waiting += [node.left, node.right]
        elif isinstance(node, t.Not):
            waiting.append(node.operand)
        elif isinstance(node, t.If):
            waiting += [node.condition, node.yes, node.no]
        elif isinstance(node, t.Call):
            waiting += node.arguments
