"""Starting values and the arguments of noises come before anything is drawn: what they may not read."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.compile.dependencies import references
from foedus.compile.scope import Binding, Item, Key, Scope, spell
from foedus.language import tree as t

__all__ = ["check_start"]

_LATE = {"noise": "noise", "event": "event", "treaty": "treaty", "decision": "decision"}


def check_start(scope: Scope, item: Item, expression: t.Expression, what: str, code: str, help: str) -> None:
    """Note that something which must be known before the run reads what is drawn only once it has begun."""
    found = _late_reading(scope, expression, item.binding)
    if found is not None:
        kind, name, through = found
        way = f" (through `{through}`)" if through else ""
        scope.problems.add(
            expression.at, code, f"{what} reads {kind} `{name}`{way}, and nothing is drawn before the run begins.", help
        )


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
            below = None if item is None else item.statement.initially
            if item is not None and below is not None:
                waiting.append((below, item.binding, through or spell(key)))
    return None


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
