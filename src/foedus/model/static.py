"""Checks that need no program: what each statement refuses, and what statements of a kind refuse together."""

from __future__ import annotations

from foedus.compile.scope import Meaning, Scope
from foedus.constructs import CONSTRUCTS

__all__ = ["check_statically"]


def check_statically(scope: Scope) -> None:
    """Note every problem that can be seen in the statements themselves."""
    for symbol in scope.symbols.values():
        for item in symbol.items.values():
            item.statement.check_element(scope, item)
    for construct in CONSTRUCTS.values():
        for kind in construct.kinds:
            if issubclass(kind, Meaning):
                kind.check_all(scope)
    for statement in scope.tree.statements:
        if isinstance(statement, Meaning):
            statement.check(scope)
