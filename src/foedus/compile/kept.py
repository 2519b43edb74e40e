"""Variables whose trajectories somebody asks for by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.compile.scope import Item, Scope, spell
from foedus.errors import InputError, Problem
from foedus.language.cursor import suggestion

__all__ = ["KEPT", "kept_items"]

KEPT = ("stock", "flow", "let", "noise", "event", "lever")


def kept_items(scope: Scope, names: Iterable[str]) -> Iterator[Item]:
    """The elements that some names stand for: `front` for all its elements, `front[north]` for one.

    Raises:
        InputError: a name is no variable that changes in time; all such names at once.
    """
    by_name: dict[str, list[Item]] = {}
    for item in scope.items(*KEPT):
        for name in dict.fromkeys((item.key[0], spell(item.key).replace(" ", ""))):
            by_name.setdefault(name, []).append(item)
    wanted = {name: by_name.get(name.replace(" ", "")) for name in names}
    problems = [_refusal(scope, name, by_name) for name, items in wanted.items() if items is None]
    if problems:
        raise InputError(problems)
    for items in wanted.values():
        yield from items or ()


def _refusal(scope: Scope, name: str, known: Iterable[str]) -> Problem:
    symbol = scope.symbols.get(name.partition("[")[0])
    if symbol is not None and symbol.kind == "param":
        message, help = f"`{name}` is a parameter: it does not change in time.", "Its draws are always kept; leave it out."
    else:
        near = suggestion(name, known)
        message, help = f"there is no variable `{name}` to keep.", near or "`foedus show CASE` lists them; `all` keeps all."
    return Problem(scope.problems.source.file, 0, 0, "unknown-variable", message, help)
