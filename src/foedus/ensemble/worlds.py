"""Worlds that the priors of a model declare: rival values, and rival components of a mixture or of a pool, future by future."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.compile import Program
from foedus.compile.program import ParameterSlot
from foedus.distributions import Discrete, Distribution, short_number
from foedus.distributions.rivals import single_values
from foedus.ensemble.sampling import Law, Tabulated, TabulatedSpikes
from foedus.wording import unit_words

__all__ = ["World", "worlds_of"]

_MOST = 12  # single values of a prior: more are a scale, and no rivals


@dataclass(frozen=True)
class World:
    """The futures in which a parameter lies in a stretch of its prior, against the others.

    Attributes:
        parameter: its number; `name` without the elements.
        low, high: of the stretch, both among it, in base units; infinite where it has no end.
        words: what holds in the stretch, and what holds outside of it.
    """

    parameter: int
    name: str
    low: float
    high: float
    words: tuple[str, str]

    def holds(self, parameters: Array) -> NDArray[np.bool_]:
        """(future,): is it this world, by the parameters as drawn, (parameter, future) in base units?"""
        drawn = parameters[self.parameter]
        return np.asarray((drawn >= self.low) & (drawn <= self.high))


def worlds_of(program: Program, laws: Sequence[Law | None]) -> tuple[World, ...]:
    """All that may part an answer: by parameter, in their order.

    Args:
        laws: of the parameters as they are drawn, in their declared units; None for what is fixed.
    """
    found: list[World] = []
    for number, (slot, law) in enumerate(zip(program.parameters, laws, strict=True)):
        if law is not None:
            found += (_world(number, slot, value, value, words) for value, words in _single(slot, law))
            found += (_world(number, slot, -math.inf, border, _sides(slot, border)) for border in _borders(law))
    return tuple(found)


def _world(number: int, slot: ParameterSlot, low: float, high: float, words: tuple[str, str]) -> World:
    return World(number, slot.name.partition("[")[0], low * slot.scale, high * slot.scale, words)


def _single(slot: ParameterSlot, law: Law) -> list[tuple[float, tuple[str, str]]]:
    """Each value with a chance of its own, and what holds where it is drawn and where not; of two values, one."""
    values = (
        law.spiked.values if isinstance(law, TabulatedSpikes) else single_values(law) if isinstance(law, Distribution) else ()
    )
    if len(values) > _MOST:
        return []
    told = [f"{_named(slot)} is {_amount(slot, value)}" for value in values]
    if isinstance(law, Discrete) and len(values) == 2:
        return [(values[0], (told[0], told[1]))]
    return [(value, (words, f"{_named(slot)} is not {_amount(slot, value)}")) for value, words in zip(values, told, strict=True)]


def _borders(law: Law) -> tuple[float, ...]:
    if isinstance(law, TabulatedSpikes):
        return law.table.borders
    return law.borders if isinstance(law, Tabulated) else ()


def _sides(slot: ParameterSlot, border: float) -> tuple[str, str]:
    return f"{_named(slot)} below {_amount(slot, border)}", f"{_named(slot)} above {_amount(slot, border)}"


def _named(slot: ParameterSlot) -> str:
    return f"“{slot.title}”"


def _amount(slot: ParameterSlot, value: float) -> str:
    return short_number(value) if slot.unit in ("", "1") else f"{short_number(value)} {unit_words(slot.unit)}"
