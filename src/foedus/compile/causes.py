"""What may be too large before a stock is: found once a program is built, from the values that are in it anyway."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from foedus.compile.looks import CheckSlot, LargeCause, Level
from foedus.compile.program import Node, StateSlot

__all__ = ["CheckRow", "causes_of", "levels_of"]


@dataclass(frozen=True)
class CheckRow:
    """A check: the number of its row, the value that it looks at, and whether that is a stock that must be a number."""

    number: int
    value: int
    is_level: bool


def causes_of(nodes: Sequence[Node], large: Mapping[int, CheckSlot], rows: Sequence[CheckRow]) -> tuple[LargeCause, ...]:
    """Some values as causes, arguments first.

    Args:
        nodes: all values.
        large: value -> whose it is. rows: the checks.
    """
    last, found = max((row.value for row in rows), default=-1), []
    for value in sorted(large):
        made = {value}
        for number in range(value + 1, last + 1):
            if not made.isdisjoint(nodes[number].arguments):
                made.add(number)
        found.append(LargeCause(large[value], value, tuple(sorted({row.number for row in rows if row.value in made}))))
    return tuple(found)


def levels_of(
    nodes: Sequence[Node],
    states: Sequence[StateSlot],
    causes: Sequence[LargeCause],
    rows: Sequence[CheckRow],
    covered: Callable[[list[int]], set[int]],
) -> tuple[Level, ...]:
    """The stocks, each with the causes that make it too large.

    Args:
        nodes, states: all of them.
        covered: all that makes some values infinite if it is so itself.
    """
    found = []
    slots = {value: node.immediate[0] for value, node in enumerate(nodes) if node.operation == "state"}  # type: ignore[index]
    for row in rows:
        state = slots.get(row.value)
        if not row.is_level or state is None:
            continue
        rate = states[state].update
        leading = covered([rate]) if rate >= 0 else set()
        own = [number for number, cause in enumerate(causes) if cause.value in leading]
        own = [number for number in own if not _reads(nodes, causes[number].value, state, slots)]
        found.append(Level(state, rate, row.number, tuple(own)))
    return tuple(found)


def _reads(nodes: Sequence[Node], value: int, state: int, slots: Mapping[int, int]) -> bool:
    """Is a value made of a state?"""
    seen, waiting = set(), [value]
    while waiting:
        number = waiting.pop()
        if number not in seen:
            seen.add(number)
            if slots.get(number) == state:
                return True
            waiting += nodes[number].arguments
    return False
