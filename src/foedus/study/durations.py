"""How long work will take, measured on a part of it before the rest begins, by the clock on the wall: the one owner of estimates."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from foedus.ensemble import Futures
from foedus.study.simulate import Told

__all__ = ["tell_duration", "timed"]

Done = TypeVar("Done")

_TRIED = 200  # futures of which the time is taken, to say how long all will take
_LONGER = 3.0  # so many times as long takes the code for many futures as that for a few, unless both are kept from before


def timed(work: Callable[[], Done]) -> tuple[Done, float]:
    """What a piece of work gives, and the seconds that it took."""
    started = time.monotonic()
    done = work()
    return done, time.monotonic() - started


def tell_duration(told: Told | None, run: Callable[[int], Futures], futures: int) -> None:
    """Say how many seconds so many futures will take, from a few of them; nothing where a few are most of them.

    What is done once whatever their number is known from a second try, of three times as many.

    Args:
        told: takes the seconds; None says nothing.
        run: runs so many futures.
        futures: how many there will be.
    """
    if told is None or futures <= 8 * _TRIED:
        return
    first, short = timed(lambda: run(_TRIED))
    short -= first.seconds["compile"]
    _, longer = timed(lambda: run(3 * _TRIED))
    each = max(0.0, longer - short) / (2 * _TRIED)
    told(max(0.0, short - each * _TRIED) + each * futures + _LONGER * first.seconds["compile"])
