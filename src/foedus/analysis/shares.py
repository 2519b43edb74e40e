"""Whose share of the variance is what parameters do only together, and how well each share is known.

Futures are run once more with the parameters of some kinds (claims, fits, assumptions) kept, those of the others taken from another future,
and luck of their own. What two such runs have in common is the variance of the mean answer given what was kept. What a regression explains
is taken off both, so that only what it misses is noisy; that is given to the kinds by its Shapley value: what each adds, in the mean over
every order of them. With two kinds each has its own part and half of what both do together.

Sources: Owen 2014; Song, Nelson & Staum 2016 (Shapley effects); Hampel 1974 (influence).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import SHARES
from foedus.analysis.slopes import Regression
from foedus.arrays import Array

__all__ = ["KINDS", "Mixing", "VariancePart", "given_to", "mixture_of", "shapley", "share_errors"]

KINDS = ("claims", "fitted", "assumed")
_LOOKED = 1000  # futures from which an error is told: it is a second moment, and need not be known well


@dataclass(frozen=True)
class Mixing:
    """Futures run once more with the parameters of some kinds kept, and those of the others from another future.

    Attributes:
        kinds: parameter -> the kind with which it was kept or changed.
        kept: of each part of the futures, the kinds that it keeps.
        part: (future,): the part that a future is of.
        other: (future,): the future of the run whose parameters stand where they are not kept.
    """

    kinds: Mapping[int, str]
    kept: tuple[frozenset[str], ...]
    part: NDArray[np.int64]
    other: NDArray[np.int64]

    def mixed(self, parameter: int, drawn: Array) -> Array:
        """(future,): its values once more. `drawn`: those of the run."""
        is_kept = np.array([self.kinds[parameter] in some for some in self.kept])[self.part]
        return np.where(is_kept, drawn[: len(self.part)], drawn[self.other])


def mixture_of(kinds: Mapping[int, str], count: int, among: int, seed: int) -> Mixing | None:
    """How futures are run once more so that interplay can be given to kinds; None where there is only one kind, whose all of it is.

    Args:
        kinds: uncertain parameter -> the kind with which it is kept or changed.
        count: of futures that are run once more; among: of those from which the other parameters are taken, by lot.
    """
    ordered = [kind for kind in KINDS if kind in set(kinds.values())]
    kept = tuple(frozenset(some) for size in range(1, len(ordered)) for some in itertools.combinations(ordered, size))
    if not kept:
        return None
    return Mixing(kinds, kept, np.arange(count) % len(kept), np.random.default_rng(seed).permutation(among)[:count])


@dataclass(frozen=True)
class VariancePart:
    """A part of a variance and its standard error."""

    value: float
    error: float


def given_to(
    mixture: Mixing, explained: Mapping[str, Array], values: Array, mixed: Array, whole: VariancePart
) -> dict[str, VariancePart] | None:
    """What a regression misses of the variance over the parameters, by the kind whose it is.

    Args:
        mixture: how the futures were run once more.
        explained: kind -> (future of the run,): what the regression says of the answer by the parameters of that kind.
        values: (future of the run,), the answer; NaN where it does not apply. mixed: (future,), the answer once more.
        whole: what it misses where all parameters are kept.
    Returns:
        Kind -> its part, adding up to `whole`; None where a part has too few futures.
    """
    count = len(mixed)
    own = values[:count] - sum(one[:count] for one in explained.values())
    closed: dict[frozenset[str], VariancePart] = {frozenset(): VariancePart(0.0, 0.0), frozenset(explained): whole}
    for place, kept in enumerate(mixture.kept):
        rows = np.flatnonzero(mixture.part == place)
        again = mixed[rows].copy()
        for kind, one in explained.items():
            again -= one[rows if kind in kept else mixture.other[rows]]
        both = ~np.isnan(own[rows]) & ~np.isnan(again)
        if both.sum() < SHARES:
            return None
        first, second = own[rows][both], again[both]
        products = (first - first.mean()) * (second - second.mean())
        closed[kept] = VariancePart(float(products.mean()), float(products.std()) / math.sqrt(len(products)))
    return shapley(tuple(explained), closed)


def shapley(kinds: Sequence[str], closed: Mapping[frozenset[str], VariancePart]) -> dict[str, VariancePart]:
    """What each kind adds to those before it, in the mean over every order.

    Args:
        closed: of every set of kinds, the variance of the mean answer given them; their errors are independent.
    """
    orders = list(itertools.permutations(kinds))
    found = {}
    for kind in kinds:
        weights: dict[frozenset[str], float] = {}
        for order in orders:
            before = frozenset(order[: order.index(kind)])
            for some, sign in ((before | {kind}, 1.0), (before, -1.0)):
                weights[some] = weights.get(some, 0.0) + sign / len(orders)
        found[kind] = VariancePart(
            math.fsum(weight * closed[some].value for some, weight in weights.items()),
            math.hypot(*(weight * closed[some].error for some, weight in weights.items())),
        )
    return found


def share_errors(fit: Regression, scores: Array, values: Array, kinds: Sequence[str]) -> dict[str, float]:
    """Standard errors of what a regression explains of the variance by the parameters of each kind, and ("") by all.

    Each future moves slopes, covariances and the variance a little; the spread of that over the futures is the error.

    Args:
        scores: (score, future), values: (future,), both as they were fitted; kinds: of each score.
    """
    names = (*KINDS, "")
    spread = float(values.var())
    if not len(fit.chosen) or not spread > 0:
        return dict.fromkeys(names, 0.0)
    some = scores[:, :_LOOKED][fit.chosen]
    some = some - some.mean(axis=1, keepdims=True)
    answer = values[:_LOOKED] - values[:_LOOKED].mean()
    inner = some @ some.T / some.shape[1] + 1e-9 * np.eye(len(some))
    along = some @ answer / some.shape[1]
    is_of = np.array([[not name or kinds[row] == name for row in fit.chosen] for name in names], dtype=np.float64)
    left = answer - fit.slopes @ some
    turned = np.linalg.solve(inner, (is_of * along).T)  # (chosen, kind)
    told = (is_of * fit.slopes) @ some  # (kind, future)
    shares = is_of @ fit.raw
    moved = left * (turned.T @ some) + told * answer - shares[:, None] * answer**2
    errors = moved.std(axis=1) / spread / math.sqrt(len(values))
    return dict(zip(names, errors.tolist(), strict=True))
