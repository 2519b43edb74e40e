"""What both engines look at where a future fails: stocks that are no number, and what was too large before a stock was.

Written once against the abstract arithmetic, as the sequences of `foedus.numerics` are, so that both find the same to the bit.

A stock is no number from a size on although what flows into it still is one (`foedus.numerics.sequences.bounded`): no rate shows it. So
stocks are looked at before anything happens in a step. Which value made one too large is noted in the step before, while it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from foedus.compile.looks import Level
from foedus.compile.program import Program, Status
from foedus.numerics import sequences
from foedus.numerics.arithmetic import Arithmetic

__all__ = ["Kept", "broken_levels", "growing", "is_lost", "named_causes", "outgrown"]

Kept = tuple[Any, Any, Any, Any]
"""How, when, what and with which value a future first failed; (future,) each. What and value may be noted a step before the others."""
Load = Callable[[int], Any]


def is_lost(m: Arithmetic, value: Any) -> Any:
    """Is it infinite, or no number?"""
    zero = m.number(0.0)
    return m.negation(m.equal(m.multiply(value, zero), zero))


def broken_levels(m: Arithmetic, levels: Sequence[Level], load: Load, times: tuple[Any, Any], kept: Kept) -> Kept:
    """What is kept once the stocks have been looked at: of those that are no number the first, where nothing failed before.

    Args:
        levels: the stocks. load: what a state holds.
        times: now, and a step ago: what was noted then stands, with its time.
    """
    code, when, what, value = kept
    is_fine, is_noted = m.less(code, m.number(0.5)), m.less(m.number(-0.5), what)
    for level in reversed(levels):
        found = load(level.state)
        is_new = m.both(is_fine, is_lost(m, found))
        is_first = m.both(is_new, m.negation(is_noted))
        code = m.choose(is_new, m.number(float(Status.NOT_FINITE)), code)
        when = m.choose(is_new, m.choose(is_noted, times[1], times[0]), when)
        what = m.choose(is_first, m.number(float(level.check)), what)
        value = m.choose(is_first, found, value)
    return code, when, what, value


def growing(levels: Sequence[Level]) -> list[Level]:
    """The stocks of which it may be told what made them too large."""
    return [level for level in levels if level.rate >= 0 and level.causes]


def outgrown(m: Arithmetic, level: Level, step: float, load: Load, rate: Any) -> Any:
    """Where a stock will stand after the step: no number where it grows too large."""
    return sequences.bounded(m, m.add(load(level.state), m.multiply(m.number(step), rate)))


def named_causes(m: Arithmetic, program: Program, values: Mapping[int, Any], load: Load, kept: Kept) -> Kept:
    """What is kept once the causes have been looked at, in a step that has not moved yet.

    Where it has just failed: what was too large before what is kept was broken. Where it has not, and a stock grows too large in it: the
    first cause that is so large itself, noted for the next step.

    Args:
        values: of the step. load: what a state holds.
    """
    watch, first = program.watch, len(program.checks)
    code, when, what, value = kept
    is_fine = m.less(code, m.number(0.5))  # whoever failed before is known by it
    before = what
    is_open = m.both(is_fine, m.less(before, m.number(-0.5)))
    for level in reversed(growing(watch.levels)):
        is_new = m.both(is_open, is_lost(m, outgrown(m, level, program.step, load, values[level.rate])))
        for number in reversed(level.causes):
            found = values[watch.causes[number].value]
            is_here = m.both(is_new, is_lost(m, sequences.bounded(m, found)))
            what, value = m.choose(is_here, m.number(float(first + number)), what), m.choose(is_here, found, value)
    for number, cause in reversed(list(enumerate(watch.causes))):
        is_first = is_open
        for check in cause.hides:
            is_first = m.either(is_first, m.both(is_fine, m.equal(before, m.number(float(check)))))
        found = values[cause.value]
        is_here = m.both(is_first, is_lost(m, found))
        what, value = m.choose(is_here, m.number(float(first + number)), what), m.choose(is_here, found, value)
    return code, when, what, value
