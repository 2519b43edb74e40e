"""How often chance alone would show an agreement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["at_least", "false_discovery"]


def at_least(count: int, chances: Sequence[float]) -> float:
    """The chance that at least `count` of these independent events happen (the tail of the Poisson binomial law).

    Args:
        count: how many.
        chances: of the events, each in [0, 1].
    Returns:
        The chance, in [0, 1].
    """
    if count <= 0:
        return 1.0
    if count > len(chances):
        return 0.0
    # Fewer than `count` so far, by number; the last cell keeps all that have reached it, so that small tails lose no digits.
    reached = np.zeros(count + 1)
    reached[0] = 1.0
    for chance in chances:
        moved = reached[:-1] * chance
        reached[:-1] -= moved
        reached[1:] += moved
    return float(min(1.0, reached[-1]))


def false_discovery(chances: Sequence[float]) -> list[float]:
    """For each of many comparisons, the share of false ones to expect if it and all clearer ones are called found.

    Source: Benjamini & Hochberg 1995.
    """
    order = np.argsort(np.asarray(chances, dtype=float), kind="stable")
    found = [1.0] * len(chances)
    least = 1.0
    for rank in range(len(order), 0, -1):
        place = int(order[rank - 1])
        least = min(least, float(chances[place]) * len(order) / rank)
        found[place] = least
    return found
