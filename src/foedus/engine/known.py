"""Values of a program that are at hand in one function of its code, and how the others are had again there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Known", "fresh"]


class Known(dict[int, Any]):
    """Values that are at hand; others are recovered when first asked for."""

    def __init__(self, values: dict[int, Any], recover: Callable[[int], Any] | None) -> None:
        super().__init__(values)
        self.recover = recover

    def __missing__(self, value: int) -> Any:
        if self.recover is None:
            raise KeyError(value)
        self[value] = found = self.recover(value)
        return found


def fresh(values: dict[int, Any]) -> Known:
    """The same values for another function: nothing at hand, everything recovered there."""
    if not isinstance(values, Known) or dict(values):
        raise AssertionError("values of one function were asked for in another")
    return Known({}, values.recover)
