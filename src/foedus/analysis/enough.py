"""How many futures each estimator needs before what it says is more than the luck of a few: one table, and one refusal.

Below its number an estimator has no answer: a statistic is NaN, which is shown as missing, and a command that tells of nothing else refuses.
"""

from __future__ import annotations

import math

from foedus.errors import InputError, Problem

__all__ = [
    "AGAIN",
    "BOX",
    "DRIVERS",
    "FEW_ALIKE",
    "FLIP",
    "GROUNDS",
    "HALVES",
    "INTERVAL",
    "MEAN",
    "OPTIONS",
    "PLAN",
    "RIVALS",
    "SHARES",
    "STATE",
    "STEP",
    "TILT",
    "WORLDS",
    "quantile_needs",
    "refuse_few",
    "rounded_up",
    "would_do",
]

MEAN = 2
"""Answers whose spread gives a mean its error."""
INTERVAL = 20
"""Answers of which one is to be expected beyond either end of a 90 % interval."""
STATE = 20
"""Futures of one of two worlds: fewer tell nothing of its density."""
STEP = 20
"""Futures in which an answer is there at either length of the step."""
WORLDS = 20
"""Made-up worlds of a structure: with fewer a tenth is nothing."""
FLIP = 20
"""Futures from which it is told on which side of a threshold a chance lies."""
BOX = 25
"""Futures in a part of a box, and of a way in which a judgement fails."""
GROUNDS = 40
"""Futures of a regression on the parameters, and of a tail whose mean is told."""
SHARES = 40
"""Pairs of runs that a variance is split by: two for each group of the jackknife."""
DRIVERS = 50
"""Futures from which a parameter's share of the variance is told."""
PLAN = DRIVERS
"""Futures of which it is told what would narrow an answer."""
OPTIONS = 50
"""Futures in which options are compared."""
HALVES = 50
"""Futures in either half of a run that are of a kind, and that are not: boxes and ways are sought in one half and counted in the other."""
FEW_ALIKE = 100
"""Futures in all of which two scenarios answer alike, before that is more than the luck of what hardly ever happens."""
TILT = 100
"""Futures of equal weight that reweighted ones must be worth."""
AGAIN = 400
"""Futures of a run that is made once more with other luck."""
RIVALS = 1000
"""Futures of each rival structure, where the run has so many."""


def quantile_needs(level: float) -> int:
    """Answers from which a quantile is told: one is to be expected beyond it; the median of a single one is that one."""
    beyond = min(level, 1.0 - level)
    return 1 if beyond == 0.5 else math.ceil(1.0 / beyond - 1e-9)


def rounded_up(count: float) -> int:
    """To two digits, so that it reads as the estimate that it is."""
    step = int(10 ** max(0, math.floor(math.log10(max(count, 1.0))) - 1))
    return math.ceil(count / step) * step


def would_do(futures: int, found: float, needed: float) -> int:
    """Futures among which there are as many of a kind as are needed, but for luck: two standard deviations of their count above it.

    Args:
        found: of the kind, in so many futures.
    Returns:
        To two digits; 0 where none was found, so that it cannot be told.
    """
    return rounded_up(futures * (1.0 + math.sqrt(1.0 + needed)) ** 2 / found) if found > 0 else 0


def refuse_few(place: str, found: int, needed: int, message: str, cure: str = "Run more futures (-n)") -> None:
    """For what tells of nothing else.

    Args:
        place: the name of the case.
        found, needed: futures.
        message: what is too few, and for what.
        cure: without the number.
    Raises:
        InputError: fewer were found than are needed.
    """
    if found < needed:
        raise InputError(Problem(place, 0, 0, "too-few-futures", message, f"{cure}; {needed} are needed."))
