"""How long work will take, measured on a part of it before the rest begins, by the clock on the wall: the one owner of estimates."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from foedus.ensemble import Futures
from foedus.errors import FoedusError
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


def tell_duration(
    told: Told | None, run: Callable[[int], Futures], futures: int, whole: Callable[[int], object] | None = None
) -> None:
    """Say how many seconds so many futures will take, from a few of them; nothing where a few are most of them.

    What is done once whatever their number is known from tries of two sizes; before them comes one that is not timed, for what is read and
    kept then is there for all that follows.

    Args:
        told: takes the seconds; None says nothing.
        run: runs so many futures.
        futures: how many there will be.
        whole: does with so many futures all that will be done, where that is more than to run them; it may refuse few of them.
    """
    if told is None or futures <= 8 * _TRIED:
        return
    first, work = run(_TRIED), whole or run
    few, more = _TRIED, 3 * _TRIED
    is_done, short = timed(lambda: _tried(work, few))
    _, longer = timed(lambda: _tried(work, more))
    if not is_done:  # so few were refused before all was done
        few, more, short = more, 2 * more, longer
        _, longer = timed(lambda: _tried(work, more))
    each = max(0.0, longer - short) / (more - few)
    told(max(0.0, short - each * few) + each * futures + _LONGER * first.seconds["compile"])


def _tried(work: Callable[[int], object], futures: int) -> bool:
    """Do the work with a few futures; was it done, or were they too few?"""
    with suppress(FoedusError):
        work(futures)
        return True
    return False
