"""The operations of a program in terms of the arithmetic of any machine: one row each, shared by all engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foedus.compile.program import OPERATIONS
from foedus.numerics import Arithmetic, sequences
from foedus.numerics.counts import poisson

__all__ = ["RULES"]

RULES: dict[str, Callable[..., Any]] = {
    "exp": sequences.growth,
    "log": sequences.log,
    "power": sequences.power,
    "sin": sequences.sin,
    "cos": sequences.cos,
    "normal_quantile": sequences.normal_quantile,
    "poisson": poisson,
}


def _plain(name: str) -> Callable[..., Any]:
    def rule(machine: Arithmetic, *values: Any) -> Any:
        return getattr(machine, name)(*values)

    return rule


RULES |= {name: _plain(name) for name in OPERATIONS if name not in RULES}
