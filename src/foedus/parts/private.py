"""What is private to a part is not shown: whoever reads it is shown, in its place, what it rests on itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foedus.language import Tree

__all__ = ["is_private", "private_names", "seen_through"]


def private_names(tree: Tree) -> frozenset[str]:
    """The names, with their aliases, that are private to the parts of a model."""
    return frozenset(name for part in tree.parts for name in part.private)


def is_private(name: str, private: frozenset[str]) -> bool:
    """Is this variable, perhaps with its elements, private to a part?"""
    return name.partition("[")[0] in private


def seen_through(reads: Iterable[str], all_reads: Mapping[str, Iterable[str]], private: frozenset[str]) -> tuple[str, ...]:
    """What is read, with each private name replaced by what it reads itself; in order, each once."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    waiting = list(reads)[::-1]
    while waiting:
        name = waiting.pop()
        if not is_private(name, private):
            found[name] = None
        elif name not in seen:
            seen.add(name)
            waiting += list(all_reads.get(name, ()))[::-1]
    return tuple(found)
