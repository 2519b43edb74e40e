"""Shapley values: what each of several causes does, in the mean over all orders in which they can be put in place.

A cause's share is a weighted sum of the values of coalitions, so that it is linear in them: what is known of the values' errors holds for
it. Up to eight causes every order counts; beyond that some, each with its reverse. Along any order the steps add up to the whole, so that
the shares do as well, however many orders there are.

Sources: Shapley 1953; Castro, Gómez & Tejada 2009 (sampled orders); Mitchell et al. 2022 (with their reverses).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from foedus.arrays import Array

__all__ = ["MOST_IN_ALL_ORDERS", "Orders", "all_orders", "orders_for", "some_orders"]

MOST_IN_ALL_ORDERS = 8
_PAIRS = 10


@dataclass(frozen=True, eq=False)
class Orders:
    """Which coalitions are to be valued, and how shares come from their values.

    Attributes:
        coalitions: sets of causes; the empty one first, all of them last.
        weights: (cause, coalition); each row adds up to 0.
        sampled: (pair of orders, cause, coalition) whose mean is `weights`; None where all orders count.
    """

    coalitions: tuple[frozenset[int], ...]
    weights: Array
    sampled: Array | None = None

    def row(self, coalition: Iterable[int]) -> int:
        return self.coalitions.index(frozenset(coalition))

    def shares(self, values: Array) -> Array:
        """(cause,): the shares of (coalition,) values, which add up to the last less the first; what rounding leaves goes to the largest."""
        found = self.weights @ values
        largest = int(np.argmax(np.abs(found)))
        found[largest] += float(values[-1] - values[0]) - math.fsum(found)
        return np.asarray(found)

    def order_errors(self, values: Array) -> Array:
        """(cause,): the standard error that is due to having tried some orders only."""
        if self.sampled is None:
            return np.zeros(len(self.weights))
        each = self.sampled @ values
        return np.asarray(each.std(axis=0, ddof=1) / math.sqrt(len(each)))


def orders_for(causes: int, seed: int = 0) -> Orders:
    """All orders where there are few causes, else some."""
    return all_orders(causes) if causes <= MOST_IN_ALL_ORDERS else some_orders(causes, seed)


def all_orders(causes: int) -> Orders:
    """Every order of the causes."""
    coalitions = tuple(frozenset(one) for size in range(causes + 1) for one in combinations(range(causes), size))
    rows = {one: row for row, one in enumerate(coalitions)}
    weights = np.zeros((causes, len(coalitions)))
    for one, row in rows.items():
        for cause in set(range(causes)) - one:
            weight = 1 / (causes * math.comb(causes - 1, len(one)))
            weights[cause, rows[one | {cause}]] += weight
            weights[cause, row] -= weight
    return Orders(coalitions, weights)


def some_orders(causes: int, seed: int, pairs: int = _PAIRS) -> Orders:
    """Random orders, each with its reverse. Each cause alone, and all but one, are valued as well."""
    rng = np.random.default_rng(seed)
    tried = [tuple(int(one) for one in rng.permutation(causes)) for _ in range(pairs)]
    every = frozenset(range(causes))
    wanted = {frozenset(order[:size]) for one in tried for order in (one, one[::-1]) for size in range(causes + 1)}
    wanted |= {frozenset([cause]) for cause in every} | {every - {cause} for cause in every}
    coalitions = tuple(sorted(wanted, key=lambda one: (len(one), sorted(one))))
    rows = {one: row for row, one in enumerate(coalitions)}
    sampled = np.zeros((pairs, causes, len(coalitions)))
    for number, one in enumerate(tried):
        for order in (one, one[::-1]):
            for before, after in pairwise(range(causes + 1)):
                sampled[number, order[before], rows[frozenset(order[:after])]] += 0.5
                sampled[number, order[before], rows[frozenset(order[:before])]] -= 0.5
    return Orders(coalitions, sampled.mean(axis=0), sampled)
