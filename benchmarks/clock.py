"""Timing: repetitions in turn, so that a machine that slows down slows all alike; medians of their ratios."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Contestant:
    """Something to time: each call of `run` does `work` (future-steps, runs, …)."""

    name: str
    run: Callable[[], object]
    work: float
    clock: Callable[[], float] = time.process_time


@dataclass(frozen=True)
class Timing:
    """Seconds per unit of work, one for each repetition."""

    name: str
    seconds: tuple[float, ...]

    @property
    def rate(self):
        """Units of work per second, median."""
        return 1 / statistics.median(self.seconds)


def race(contestants, repetitions):
    """Time each contestant once per round, after a round that does not count: name to Timing."""
    seconds = {contestant.name: [] for contestant in contestants}
    for round_number in range(repetitions + 1):
        for contestant in contestants:
            before = contestant.clock()
            contestant.run()
            spent = contestant.clock() - before
            if round_number > 0:
                seconds[contestant.name].append(spent / contestant.work)
    return {name: Timing(name, tuple(values)) for name, values in seconds.items()}


def ratio(fast, slow):
    """How many times faster, as the median over rounds: (median, least, most)."""
    ratios = [b / a for a, b in zip(fast.seconds, slow.seconds, strict=True)]
    return statistics.median(ratios), min(ratios), max(ratios)
